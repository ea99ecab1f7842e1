"""What a syncer told, kept for a test that waits for some of it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from core.store.types import Applied
from core.sync.status import SyncStatus

T = TypeVar("T")


class Kept(Generic[T]):
    """What a listener was told, with a way to wait for something of it."""

    def __init__(self) -> None:
        self.all: list[T] = []
        self._changed = threading.Condition()

    def __call__(self, news: T) -> None:
        with self._changed:
            self.all.append(news)
            self._changed.notify_all()

    def until(self, seen: Callable[[T], bool], *, within_s: float = 15) -> T:
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


class News(Kept[SyncStatus | Applied]):
    """What a syncer told."""

    def status(self, seen: Callable[[SyncStatus], bool], *, within_s: float = 15) -> SyncStatus:
        one = self.until(lambda news: isinstance(news, SyncStatus) and seen(news), within_s=within_s)
        assert isinstance(one, SyncStatus)
        return one
