"""The next page is fetched while this one is taken in: the server composes as long as the store writes."""

import threading
from collections.abc import Callable
from queue import SimpleQueue

from core.wire.pull import PullPage


class Ahead:
    """One page at a time on a thread of its own, which never keeps the program from ending."""

    def __init__(self, fetch: Callable[[str], PullPage]) -> None:
        self._fetch = fetch
        self._asked: SimpleQueue[str | None] = SimpleQueue()
        self._answered: SimpleQueue[PullPage | Exception] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def ask(self, cursor: str) -> None:
        """Begin to fetch the page after `cursor`."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sync-ahead", daemon=True)
            self._thread.start()
        self._asked.put(cursor)

    def answer(self) -> PullPage:
        """The page asked for, once it is there; raises what fetching it raised."""
        found = self._answered.get()
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        """Ends the thread after what it is at; waits for nothing."""
        self._asked.put(None)

    def _run(self) -> None:
        while (cursor := self._asked.get()) is not None:
            try:
                self._answered.put(self._fetch(cursor))
            except Exception as error:
                # Handed over whole: the asker raises it where it would have come up.
                self._answered.put(error)
