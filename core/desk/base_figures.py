"""The base page by page: fetched, weighed plan by plan, and what care is due in it. For a worker: numpy is imported."""

from typing import TYPE_CHECKING

from msgspec import Struct

from core.desk.caring import Counts, care_classes, care_counts
from core.desk.desk import Desk
from core.desk.plans import PlanDesk
from core.domain.clock import local_day
from core.domain.text import Text
from core.sync.ask import Ask

if TYPE_CHECKING:
    from core.offers.base import Lot


class BasePlace(Struct, frozen=True, kw_only=True):
    """How far the base has been read."""

    start: int = 0
    """customers so far"""
    after: str = ""
    """the server's bookmark; empty: it gives none, or nothing has been read"""
    total: int = 0
    """in the whole base; 0: not told yet"""


class BasePart(Struct, frozen=True, kw_only=True, eq=False):
    """A page of the base, reduced to what is counted."""

    lots: "list[Lot]"
    customers: int
    """in this page"""
    care: Counts
    names: dict[str, Text]
    """plan code → name, of those that occur"""
    total: int
    """customers in the whole base"""
    next: BasePlace | None
    """where the following page starts; None: there is none"""


def read_part(desk: Desk, ask: Ask, plans: PlanDesk, place: BasePlace) -> BasePart:
    """Raises ServerUnreachable, Refused where the role may not see the base."""
    from core.offers.base import gathered, placed

    page, classes = ask.base(place.start, place.after), care_classes(desk)
    content, today = plans.content(), local_day(desk.moment().wall)
    lots = gathered(placed(page.customers, content, today))
    codes = {lot.place.plan for lot in lots} | {lot.place.target for lot in lots}
    reached, total = page.start + len(page.customers), page.total or place.total
    return BasePart(
        lots=lots,
        customers=len(page.customers),
        care=care_counts(desk, classes, page) if classes else Counts(),
        names={plan.code: plan.name for plan in content.catalogue.plans if plan.code in codes},
        total=total,
        next=BasePlace(start=reached, after=page.next, total=total) if page.customers and reached < total else None,
    )
