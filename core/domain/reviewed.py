"""A call as a review opens it: what stands, how it came about, and what was recorded before it was corrected."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from core.domain.offered import OfferMade
from core.domain.order import Order
from core.domain.outcome import Answered, CaseResult, Contact, Disconnect, Intent, PathStep, Ticked, Verification
from core.domain.text import Text


class Earlier(Struct, frozen=True, kw_only=True):
    """What a later record corrected."""

    id: UUID
    agent: str
    """staff number of who recorded it"""
    recorded_at: datetime
    result: str
    contact: Contact
    success: bool
    reason: str = ""
    note: str = ""


class Promised(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was to follow the call."""

    kind: str
    """domain.follow_up.FollowUpKind"""
    state: str
    due_at: datetime | None = None
    text: str = ""


class CameLater(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """OUTCOME-07: what the call is held to have brought days later."""

    kind: str
    """domain.later_event.LaterKind, or one that a later program knows"""
    what: str = ""
    name: Text | None = None
    channel: str = ""
    at: datetime
    days: int
    """whole days after the call"""
    fen: int = 0
    """of money: how much came in"""


class CallDetail(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call that stands."""

    id: UUID
    customer_id: str
    """empty for those who may not see persons, as the next two and the note"""
    name: str = ""
    number_masked: str = ""
    note: str = ""
    note_edited: bool = False
    script_version: int = 0
    path: tuple[PathStep, ...] = ()
    ticked: tuple[Ticked, ...] = ()
    answered: tuple[Answered, ...] = ()
    verification: Verification = Verification.NOT_ASKED
    intent: Intent | None = None
    case_result: CaseResult | None = None
    disconnect: Disconnect | None = None
    order: Order | None = None
    offers: tuple[OfferMade, ...] = ()
    dialled_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    recorded_at: datetime
    """the desk's clock"""
    received_at: datetime
    recorded_by: str = ""
    """staff number, where the record that stands is another's than the agent's who called: a lead's correction"""
    earlier: tuple[Earlier, ...] = ()
    """oldest first"""
    follow_ups: tuple[Promised, ...] = ()
    later: tuple[CameLater, ...] = ()
    """oldest first"""


def nameless_call(detail: CallDetail) -> CallDetail:
    """Without anything that tells of the person: for those who may see figures but no customers."""
    return CallDetail(
        id=detail.id,
        customer_id="",
        script_version=detail.script_version,
        path=detail.path,
        ticked=detail.ticked,
        answered=detail.answered,
        verification=detail.verification,
        intent=detail.intent,
        case_result=detail.case_result,
        order=detail.order,
        offers=detail.offers,
        dialled_at=detail.dialled_at,
        answered_at=detail.answered_at,
        ended_at=detail.ended_at,
        recorded_at=detail.recorded_at,
        received_at=detail.received_at,
        recorded_by=detail.recorded_by,
        later=detail.later,
    )
