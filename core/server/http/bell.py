"""Waking those who wait for news: a request that waits holds no thread and asks the database nothing meanwhile."""

import asyncio
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager


class Listener:
    """One request that waits, on its event loop."""

    def __init__(self, topics: frozenset[str] | None) -> None:
        self._topics = topics
        self._loop, self._rung = asyncio.get_running_loop(), asyncio.Event()

    def hears(self, topics: Collection[str]) -> bool:
        return self._topics is None or not self._topics.isdisjoint(topics)

    def wake(self) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._rung.set)

    async def heard(self, within_s: float) -> bool:
        """Whether the bell rang since the last time, or rings within that time."""
        try:
            async with asyncio.timeout(within_s):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class Bell:
    """Rung after a change was committed; whoever listens then looks for themselves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: set[Listener] = set()
        self.silent = False
        """the server ends: nobody is to wait any more"""

    @contextmanager
    def listening(self, topics: frozenset[str] | None) -> Iterator[Listener]:
        """Begin before looking, so that nothing is missed in between. No topics (None): all."""
        listener = Listener(topics)
        with self._lock:
            self._listeners.add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def ring(self, *topics: str) -> None:
        """Wake those who listen for any of the topics."""
        with self._lock:
            for listener in self._listeners:
                if listener.hears(topics):
                    listener.wake()

    def fall_silent(self) -> None:
        """Send everyone home who waits."""
        self.silent = True
        with self._lock:
            for listener in self._listeners:
                listener.wake()


def of_team(team: str) -> str:
    return f"team:{team}"


def of_agent(staff_number: str) -> str:
    return f"agent:{staff_number}"
