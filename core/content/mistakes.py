"""Reading on after a mistake: a planner is told everything that is wrong with a folder at once, not a file a run."""

from collections.abc import Callable
from typing import TypeVar

from core.domain.errors import ContentError

T = TypeVar("T")


class Mistakes:
    """Gathers what files are refused for, and refuses them all together at the end."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, str], ContentError] = {}

    def of(self, read: Callable[[], T]) -> T | None:
        """What was read; None where it was refused, which is remembered."""
        try:
            return read()
        except ContentError as error:
            self.add(error)
            return None

    def add(self, error: ContentError) -> None:
        # A part that several scenarios share is wrong once.
        for one in error.every:
            self._found.setdefault((one.file, one.line, one.reason), one)

    @property
    def found(self) -> tuple[ContentError, ...]:
        """What was refused so far, in the order in which it was met."""
        return tuple(self._found.values())

    def refuse(self) -> None:
        """Raises ContentError where there is any: the first, with the others beside it."""
        if self._found:
            first, *others = self._found.values()
            raise ContentError(file=first.file, line=first.line, reason=first.reason, others=others)
