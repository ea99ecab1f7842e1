"""Care that an event sets off, begun by a planner: GET /v1/care/areas, POST /v1/care/{code} a page at a time."""

from msgspec import Struct

from core.domain.care_class import CareChannel
from core.domain.text import Text

AT_ONCE = 200
"""customers in one request: nobody who saves waits for a whole town"""


class CareArea(Struct, frozen=True, kw_only=True):
    area: str
    customers: int


class CareAreas(Struct, frozen=True, kw_only=True):
    """Where customers live."""

    areas: tuple[CareArea, ...]


class BeginCare(Struct, frozen=True, kw_only=True):
    """For an area, or for the customers that are named."""

    area: str = ""
    after: str = ""
    """of an area: the bookmark of the page before"""
    customers: tuple[str, ...] = ()
    """ids or numbers, `AT_ONCE` at most"""
    ways: tuple[CareChannel, ...] = ()
    """by these alone; empty: as the class prefers"""
    look: bool = True
    """only count: nothing is planned"""


class LeftOut(Struct, frozen=True, kw_only=True):
    why: str
    words: Text
    customers: int


class CareBegun(Struct, frozen=True, kw_only=True):
    """What comes, or came, of these customers."""

    texted: int = 0
    written: int = 0
    """by letter"""
    called: int = 0
    """tasks"""
    left: tuple[LeftOut, ...] = ()
    next: str = ""
    """bookmark of what follows in the area; empty: nothing does"""
