"""A broadband plan with its figures for one line, as windows and scripts have it. No numpy."""

from msgspec import Struct

from core.domain.plan import BroadbandPlan, Plan
from core.offers.eligibility import Refusal


class LineMonth(Struct, frozen=True, kw_only=True):
    month: str
    hours: int
    fen: int
    """what is paid in that month: a prepaid term stands whole where it begins"""


class LineChoice(Struct, frozen=True, kw_only=True):
    """A broadband plan with its figures for this line."""

    plan: BroadbandPlan
    refusals: tuple[Refusal, ...] = ()
    current: bool = False
    year_fen: int | None = None
    """of the last twelve months by their hours; None: not known without hours"""
    less_fen: int | None = None
    """a year, against the present line; negative: dearer; None: nothing may be claimed"""
    slower: bool = False
    """than the present line"""
    bundle: Plan | None = None
    """of a line that comes with a home bundle alone: the bundle to take for it"""
    months: tuple[LineMonth, ...] = ()
    """oldest first; empty where no twelve months of hours are supplied"""
