"""Work that takes seconds: how far it is, and whether anybody still wants it."""

from collections.abc import Callable


class Stopped(Exception):
    """The work was not wanted any more, and left nothing behind."""


class Effort:
    """One such work. It calls `step` as it goes along; whoever asked reads `done` and `of`, and may `stop` it."""

    __slots__ = ("_let_pass", "_stopped", "done", "of")

    def __init__(self, let_pass: Callable[[], None] = lambda: None) -> None:
        self._let_pass, self._stopped = let_pass, False
        self.done = self.of = 0
        """steps taken, and those that there are; 0 of 0 before it began"""

    def stop(self) -> None:
        """From any thread: the next step is the last."""
        self._stopped = True

    @property
    def stopped(self) -> bool:
        return self._stopped

    def step(self, done: int, of: int) -> None:
        """On the work's own thread, a few times a second at least. Raises Stopped where it is not wanted any more."""
        if self._stopped:
            raise Stopped
        self.done, self.of = done, of
        self._let_pass()
