"""What the agent is doing, between its happening and its being kept: in memory, so that no step of a call waits for it.

The sync keeps it with its next round; what a crash takes along is the last seconds of it, and never an outcome.
"""

from collections import deque
from collections.abc import Sequence
from threading import Lock

from core.domain.presence import StateChange


class States:
    """Noted from any thread; taken by whoever holds `keeping`."""

    def __init__(self) -> None:
        self._noted: deque[StateChange] = deque()
        self.keeping = Lock()
        """held from `take` until what was taken is on the disk: who comes to keep them meanwhile waits, for the desk
        may not be closed over them, nor may a later one be written before"""

    def note(self, change: StateChange) -> None:
        self._noted.append(change)

    def take(self) -> list[StateChange]:
        """All that was noted, oldest first; it is the caller's to keep."""
        taken = []
        while self._noted:
            taken.append(self._noted.popleft())
        return taken

    def put_back(self, changes: Sequence[StateChange]) -> None:
        """They could not be kept: they come first the next time."""
        self._noted.extendleft(reversed(changes))
