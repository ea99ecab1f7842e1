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
    next: int
    """where the following page starts; 0: there is none"""


def read_part(desk: Desk, ask: Ask, plans: PlanDesk, start: int) -> BasePart:
    """Raises ServerUnreachable, Refused where the role may not see the base."""
    from core.offers.base import gathered, placed

    page, classes = ask.base(start), care_classes(desk)
    content, today = plans.content(), local_day(desk.moment().wall)
    lots = gathered(placed(one, content, today) for one in page.customers)
    codes = {lot.place.plan for lot in lots} | {lot.place.target for lot in lots}
    reached = page.start + len(page.customers)
    return BasePart(
        lots=lots,
        customers=len(page.customers),
        care=care_counts(desk, classes, page.customers) if classes else Counts(),
        names={plan.code: plan.name for plan in content.catalogue.plans if plan.code in codes},
        total=page.total,
        next=reached if page.customers and reached < page.total else 0,
    )
