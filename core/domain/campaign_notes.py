"""What the server notes of a campaign as it runs, and of each member why they were chosen."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from core.domain.task import InUse
from core.domain.text import Text

_CHOOSING_LONGEST = timedelta(minutes=30)
"""after that whoever was choosing is taken for dead"""


class Standing(Struct, frozen=True, kw_only=True):
    """Beside a campaign's terms; changed by the server alone."""

    confirmed: bool = False
    """its owner goes on although more customers match than a rule's bound"""
    chosen_on: date | None = None
    """the day in China on which members were chosen last; none before the first time"""
    chosen_from: str = ""
    """the snapshot of that day"""
    choosing_since: datetime | None = None
    """while members are chosen: nobody else begins meanwhile"""
    rested_by: str = ""
    """the snapshot by which those at rest were asked again; none since they were chosen: empty"""
    lists_brought: int = 0
    """how often a list that it chooses from has been brought in anew since it was drafted"""
    lists_chosen: int = 0
    """of those, how many were there as members were chosen last"""
    looked_at: datetime | None = None
    """when those held were last asked whether they still are"""
    why: Text | None = None
    """what keeps it from choosing, such as a source that is late"""


def being_chosen(standing: Standing, now: datetime) -> bool:
    """Whether somebody chooses members of it at this moment."""
    since = standing.choosing_since
    return since is not None and now - since < _CHOOSING_LONGEST


class Why(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a customer was chosen, as the task will say it."""

    reason: Text
    figure: Text | None = None
    in_use: tuple[InUse, ...] = ()
    code: str = ""
    """the warning's, for the customer's history (ID-12)"""
