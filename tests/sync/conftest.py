"""A store, a small server, and a sync between them that a test can wait for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from news_kept import News
from rough_server import SmallStayline, serving
from store_kit import NOW

from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.sync.session import remember
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
