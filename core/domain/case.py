"""A repair case (VIP-08): what was damaged, by when the customer is owed a first word, and all that happened since.

A case is the fold of its events (`core.domain.case_fold`): nobody overwrites what another person wrote, and a desk
that was offline adds to it as any other. Money is fen, moments are aware UTC.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.task import TIER_RANK, Tier
from core.domain.text import Text

CASE: str = "case"
"""kind of the documents by which a desk is told of its cases: `CaseTold`"""
WORDS_MOST = 400
"""characters of a note, a finding, a cause"""
SERVER = "server"
"""who wrote what nobody at a desk did"""


class Damage(StrEnum):
    """VIP-08: what has to be repaired."""

    PERCEPTION = "perception"
    KEY_SERVICE = "key_service"


class OpenedBy(StrEnum):
    TASK = "task"
    COMPLAINT = "complaint"
    SPECIALIST = "specialist"


class Satisfaction(StrEnum):
    """FOLLOW-03: how the customer took it. What was accepted grudgingly comes back as a warning."""

    SATISFIED = "satisfied"
    GRUDGING = "grudging"
    DISSATISFIED = "dissatisfied"


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


DAMAGE_NAMES: dict[Damage, Text] = {
    Damage.PERCEPTION: Text("感知受损", "Perception"),
    Damage.KEY_SERVICE: Text("关键服务受损", "Key service"),
}
SATISFACTION_NAMES: dict[Satisfaction, Text] = {
    Satisfaction.SATISFIED: Text("满意", "Satisfied"),
    Satisfaction.GRUDGING: Text("勉强接受", "Accepted grudgingly"),
    Satisfaction.DISSATISFIED: Text("不满意", "Not satisfied"),
}
DAMAGE_RANK = {Damage.KEY_SERVICE: 0, Damage.PERCEPTION: 1}


class Happening(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What an event says."""


class Began(Happening, frozen=True, kw_only=True, tag="began"):
    customer_id: str
    customer: str
    """the name, masked"""
    tier: Tier
    damage: Damage
    opened_by: OpenedBy
    title: Text
    template: str = ""
    """of the checks in their order; empty where none fits"""
    task_id: str | None = None
    owner: str
    """staff number of the one contact who follows through (VIP-06)"""
    owner_name: str
    first_contact_due: datetime
    expects: str = ""
    """VIP-05: what the customer would take for an answer, in the agent's words"""


class Contacted(Happening, frozen=True, kw_only=True, tag="contacted"):
    """Somebody spoke with the customer."""

    outcome: UUID | None = None


class ContactMissed(Happening, frozen=True, kw_only=True, tag="contact_missed"):
    """The server's clock passed the first contact's time with no word to the customer."""

    due: datetime


class Noted(Happening, frozen=True, kw_only=True, tag="noted"):
    words: str


class Supposed(Happening, frozen=True, kw_only=True, tag="supposed"):
    """A hypothesis."""

    words: str


class Checked(Happening, frozen=True, kw_only=True, tag="checked"):
    step: str
    """code of the template's step; empty for a check of one's own"""
    name: Text
    finding: str


class Allowed(Happening, frozen=True, kw_only=True, tag="allowed"):
    """VIP-07: what the customer was granted, and within whose authority."""

    what: Text
    fen: int
    by: str
    by_name: str


class CauseFound(Happening, frozen=True, kw_only=True, tag="cause"):
    words: str


class Joined(Happening, frozen=True, kw_only=True, tag="joined"):
    """TASK-12, ROLE-02: somebody helps, of this team or of another area."""

    staff_number: str
    name: str


class Parted(Happening, frozen=True, kw_only=True, tag="parted"):
    staff_number: str


class Passed(Happening, frozen=True, kw_only=True, tag="passed"):
    """The case has another owner now."""

    to: str
    to_name: str
    summary: Text


class Ended(Happening, frozen=True, kw_only=True, tag="ended"):
    satisfaction: Satisfaction
    words: str = ""


class Reopened(Happening, frozen=True, kw_only=True, tag="reopened"):
    words: str = ""


What = (
    Began | Contacted | ContactMissed | Noted | Supposed | Checked | Allowed | CauseFound | Joined | Parted | Passed
    | Ended | Reopened
)  # fmt: skip


class CaseEvent(Struct, frozen=True, kw_only=True):
    id: UUID
    """made once where it was written; the server's idempotency key for good"""
    case: UUID
    by: str
    """staff number, or `SERVER`"""
    by_name: str = ""
    at: datetime
    received_at: datetime | None = None
    """when the server had it, where that was a good while after it is said to have happened"""
    what: What


class Member(Struct, frozen=True, kw_only=True):
    staff_number: str
    name: str


class Case(Struct, frozen=True, kw_only=True):
    """How a case stands."""

    id: UUID
    began: Began
    opened_at: datetime
    owner: Member
    team: tuple[Member, ...] = ()
    """who else works on it, in the order in which they joined"""
    contacted_at: datetime | None = None
    contact_missed: bool = False
    """the first contact came too late, or has not come"""
    suspicions: tuple[str, ...] = ()
    checks: tuple[Checked, ...] = ()
    """each step once, as it was found last"""
    allowed: tuple[Allowed, ...] = ()
    cause: str = ""
    state: CaseState = CaseState.OPEN
    satisfaction: Satisfaction | None = None
    closed_at: datetime | None = None
    last_at: datetime
    log: tuple[CaseEvent, ...] = ()
    """oldest first"""

    @property
    def is_open(self) -> bool:
        return self.state is CaseState.OPEN

    @property
    def awaits_contact(self) -> bool:
        return self.is_open and self.contacted_at is None

    def found(self, step: str) -> Checked | None:
        """What came of a step of the template."""
        return next((one for one in self.checks if one.step == step), None) if step else None

    def works_on(self, staff_number: str) -> bool:
        """Owner, or one of the case's team."""
        return staff_number in (self.owner.staff_number, *(one.staff_number for one in self.team))


class CaseTold(Struct, frozen=True, kw_only=True):
    """A case as the server hands it to desks."""

    case: UUID
    events: tuple[CaseEvent, ...]


class HandOver(Struct, frozen=True, kw_only=True):
    """VIP-11: all that is open with one person goes to another, in one step."""

    id: UUID
    by: str
    leaves: str
    """staff number of who gives up the cases"""
    to: str
    at: datetime
    words: str = ""
    """a line to the one who takes over"""


def work_order(case: Case) -> tuple[bool, int, int, datetime]:
    """VIP-05: those owed a first word come first, then by tier, damage and age."""
    owed = case.awaits_contact
    due = case.began.first_contact_due if owed else case.opened_at
    return (not owed, TIER_RANK[case.began.tier], DAMAGE_RANK[case.began.damage], due)
