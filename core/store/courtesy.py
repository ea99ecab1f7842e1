"""Who goes first: while the agent's own step is under way, the sync's thread works in small slices with pauses.

Threads of one interpreter take turns; a page of the pull that is being decoded and written costs the agent's save
twice its time. The pauses are bounded: the sync slows down beside somebody who never rests, and never stands still.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

QUIET_S = 0.08
"""after a step of the agent: by then the next customer is painted"""
LONGEST_S = 0.15
"""that a slice is kept waiting by one step after the other"""
HELD_S = 0.5
"""that a step may hold the others up from its key to its picture"""


class Courtesy:
    """`touch` from any thread, whenever the agent did something; `let_pass` on the thread that can wait."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._touched = -QUIET_S
        self._held_until = 0.0
        self._free = threading.Event()
        self._over = threading.Event()
        self._here = threading.local()

    def touch(self) -> None:
        self._touched = self._clock()

    def hold(self) -> None:
        """A step begins that somebody looks at until it is painted: nothing starts beside it until `release`."""
        self._free.clear()
        self._held_until = self._clock() + HELD_S
        self.touch()

    def release(self) -> None:
        self._held_until = 0.0
        self.touch()
        self._free.set()

    @property
    def at_work(self) -> bool:
        """The agent did something less than QUIET_S ago."""
        return self.rested_s < QUIET_S

    @property
    def rested_s(self) -> float:
        """Seconds since the agent last did something."""
        return self._clock() - self._touched

    def let_pass(self, longest_s: float = LONGEST_S) -> None:
        """Returns once the agent has been still for QUIET_S, at the latest after `longest_s`.

        Where a step is held, it is waited for as well, HELD_S at most in all.
        """
        until = self._clock() + longest_s
        latest = until + HELD_S
        while not self._over.is_set():
            now = self._clock()
            held = min(self._held_until, latest) - now
            if held > 0:
                self._free.wait(held)
                # What it came to is being painted.
                until = min(max(until, self._clock() + QUIET_S), latest)
                continue
            rest = min(self._touched + QUIET_S, until) - now
            if rest <= 0:
                return
            self._over.wait(rest)

    @contextmanager
    def patiently(self) -> Iterator[None]:
        """What this thread does in it has time: each of its looks into the files lets the agent's step pass."""
        self._here.patient = True
        try:
            yield
        finally:
            self._here.patient = False

    def give_way(self) -> None:
        """As `let_pass` on a thread that works patiently, nothing on any other; with no lock and no transaction held.

        A job that began just before the agent's key would else work on beside the painting.
        """
        if getattr(self._here, "patient", False):
            self.let_pass()

    def end(self) -> None:
        """Nobody waits any more: the program is leaving."""
        self._over.set()
        self._free.set()
