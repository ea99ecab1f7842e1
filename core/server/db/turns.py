"""Whose turn it is to write: those who wait in one process go in the order in which they came."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class Turns:
    """One at a time, first come, first served. Safe from any thread.

    SQLite's own waiting looks again every tenth of a second, so that whoever writes all the time is always there
    first: under load one desk waited for half a minute and failed while others went on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._queue: deque[Event] = deque()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        with self._lock:
            return len(self._queue)

    @contextmanager
    def turn(self, *, patience_s: float) -> Iterator[None]:
        """Waits for the turn; goes on without it after `patience_s`, and the database decides."""
        has = self._taken_over(patience_s)
        try:
            yield
        finally:
            if has:
                self._pass_on()

    def _taken_over(self, patience_s: float) -> bool:
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            mine = Event()
            self._queue.append(mine)
        if mine.wait(patience_s):
            return True
        with self._lock:
            # It may have been handed over in the very last moment.
            if mine.is_set():
                return True
            self._queue.remove(mine)
            return False

    def _pass_on(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._taken = False
