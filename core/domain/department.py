"""A department that works for customers whom agents called: what it takes, and in how many hours it answers."""

from typing import Final

from msgspec import Struct

from core.domain.errand import ErrandKind
from core.domain.text import Text

DEPARTMENT: Final = "department"
"""kind under which each is published; its name is its code"""
USUAL_HOURS = 48
"""where a department is not known, or says nothing of a kind"""


class Takes(Struct, frozen=True, kw_only=True):
    kind: ErrandKind
    hours: int
    """from the asking until it is to have ended; of a visit, from the agreed time"""


class Department(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    name: Text
    does: Text
    """in a few words: what it looks after"""
    takes: tuple[Takes, ...]
    inside: bool = False
    """the centre's own: what is passed on to it goes to the team's leads and leaves by no port"""

    def hours(self, kind: ErrandKind) -> int | None:
        """None where it does not take that kind."""
        return next((one.hours for one in self.takes if one.kind is kind), None)
