"""Who goes first: while the agent's own step is under way, the sync's thread works in small slices with pauses.

Threads of one interpreter take turns; a page of the pull that is being decoded and written costs the agent's save
twice its time. The pauses are bounded: the sync slows down beside somebody who never rests, and never stands still.
"""

import threading
from collections.abc import Callable
from time import monotonic

QUIET_S = 0.08
"""after a step of the agent: by then the next customer is painted"""
LONGEST_S = 0.15
"""that a slice is kept waiting"""


class Courtesy:
    """`touch` from any thread, whenever the agent did something; `let_pass` on the thread that can wait."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._touched = -QUIET_S
        self._over = threading.Event()

    def touch(self) -> None:
        self._touched = self._clock()

    @property
    def at_work(self) -> bool:
        """The agent did something less than QUIET_S ago."""
        return self.rested_s < QUIET_S

    @property
    def rested_s(self) -> float:
        """Seconds since the agent last did something."""
        return self._clock() - self._touched

    def let_pass(self, longest_s: float = LONGEST_S) -> None:
        """Returns once the agent has been still for QUIET_S, at the latest after `longest_s`."""
        until = self._clock() + longest_s
        while not self._over.is_set():
            now = self._clock()
            rest = min(self._touched + QUIET_S, until) - now
            if rest <= 0:
                return
            self._over.wait(rest)

    def end(self) -> None:
        """Nobody waits any more: the program is leaving."""
        self._over.set()
