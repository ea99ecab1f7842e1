"""A thread beside the API that whoever asks for the server's health hears of when it is gone."""

import threading


class WatchedThread:
    """Whether a thread that is to run while the server does still lives. Safe to ask from any thread."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def started(self, thread: threading.Thread) -> None:
        self._thread = thread

    def ended(self) -> None:
        """It was asked to."""
        self._thread = None

    @property
    def died(self) -> bool:
        """It ended and nobody asked it to: its work lies until the server is started again."""
        thread = self._thread
        return thread is not None and not thread.is_alive()
