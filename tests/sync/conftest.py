"""A store, a small server, and a sync between them that a test can wait for."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rough_server import SmallStayline, serving
from store_kit import NOW

from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import Applied
from core.sync.session import remember
from core.sync.status import SyncStatus
from core.sync.syncer import Syncer
from core.sync.transport import Transport

KEY = StoreKey("5a" * 32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store", KEY)
    yield opened
    opened.close()


@pytest.fixture
def small() -> SmallStayline:
    return SmallStayline()


@pytest.fixture
def url(small: SmallStayline) -> Iterator[str]:
    with serving(small) as address:
        yield address


class News:
    """What a syncer told, with a way to wait for something of it."""

    def __init__(self) -> None:
        self.all: list[SyncStatus | Applied] = []
        self._changed = threading.Condition()

    def __call__(self, news: SyncStatus | Applied) -> None:
        with self._changed:
            self.all.append(news)
            self._changed.notify_all()

    def until(self, seen: Callable[[SyncStatus | Applied], bool], *, within_s: float = 15) -> SyncStatus | Applied:
        """The first news for which `seen` holds, past ones included; forgets all before it."""

        def found() -> int | None:
            return next((i for i, one in enumerate(self.all) if seen(one)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, within_s), self.all
            index = found()
            assert index is not None
            one = self.all[index]
            del self.all[: index + 1]
            return one

    def status(self, seen: Callable[[SyncStatus], bool], *, within_s: float = 15) -> SyncStatus:
        one = self.until(lambda news: isinstance(news, SyncStatus) and seen(news), within_s=within_s)
        assert isinstance(one, SyncStatus)
        return one


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def signed_in(store: Store, small: SmallStayline) -> Store:
    """The store of an agent who has a session with the small server."""
    remember(store, small.session(), NOW)
    return store


@pytest.fixture
def syncer(signed_in: Store, url: str, news: News) -> Iterator[Syncer]:
    """Not yet started; polls so rarely that only wakes count."""
    made = Syncer(signed_in, Transport(url, read_s=3), news, poll_s=600)
    yield made
    made.stop()
