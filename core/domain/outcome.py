"""What came of a call. An outcome is never overwritten: a correction is a new one that points at it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.authority import UsedGrant
from core.domain.call import CallRecord
from core.domain.offered import OfferMade
from core.domain.order import Order


class Contact(StrEnum):
    """OUTCOME-03: whom the call reached."""

    OWNER = "owner"
    FAMILY = "family"
    THIRD_PARTY = "third_party"
    REJECTED = "rejected"
    UNANSWERED = "unanswered"
    OTHER_NUMBER = "other_number"
    IDENTITY_DOUBTED = "identity_doubted"
    NOT_OWNER = "not_owner"
    BAD_NUMBER = "bad_number"
    NONE = "none"
    """nothing was dialled: closed without a call"""


CONNECTED = frozenset(
    {
        Contact.OWNER,
        Contact.FAMILY,
        Contact.THIRD_PARTY,
        Contact.OTHER_NUMBER,
        Contact.IDENTITY_DOUBTED,
        Contact.NOT_OWNER,
    }
)
"""answered ÷ dialled counts these"""


class Verification(StrEnum):
    """SCRIPT-22: who is on the line."""

    NOT_ASKED = "not_asked"
    OWNER = "owner"
    FAMILY = "family"
    THIRD_PARTY = "third_party"
    FAILED = "failed"


class Intent(StrEnum):
    """OUTCOME-04."""

    AGREES = "agrees"
    WILL_VISIT_STORE = "will_visit_store"
    WOULD_PAY_BUT_DOUBTS = "would_pay_but_doubts"
    HESITANT = "hesitant"
    REFUSES = "refuses"


class CaseResult(StrEnum):
    """OUTCOME-05."""

    RETAINED = "retained"
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    MOVED = "moved"
    DISCONNECTED = "disconnected"
    HESITANT = "hesitant"


class PathStep(Struct, frozen=True, kw_only=True):
    """One step of the script as walked."""

    step: str
    answer: str = ""
    at: datetime
    said: int = -1
    """which of the step's words stood there, from 0; below 0: not on record"""


class Ticked(Struct, frozen=True, kw_only=True):
    item: str
    at: datetime


class Disconnect(Struct, frozen=True, kw_only=True):
    """OUTCOME-01: asked of everyone who leaves."""

    monthly_spend_fen: int | None = None
    reason: str = ""
    next_brand: str = ""
    suggestion: str = ""


class FalseData(Struct, frozen=True, kw_only=True):
    """OUTCOME-09: customer data found false, and the dealer that acquired the customer."""

    field: str
    dealer: str


class Answered(Struct, frozen=True, kw_only=True):
    """SCRIPT-18: one answer to one question of a survey; a question with several answers has several of these."""

    question: str
    answer: str
    """both codes of the script of that version"""


class Outcome(Struct, frozen=True, kw_only=True):
    id: UUID
    """made once on the client; the server's idempotency key for good"""
    corrects: UUID | None = None
    task_id: str | None
    lease_epoch: int | None = None
    customer_id: str
    agent: str
    scenario: str
    script_version: int
    call: CallRecord
    result: str
    """code of the scenario's dispositions"""
    contact: Contact
    success: bool = False
    reason: str = ""
    """code of the scenario's reasons (OUTCOME-02)"""
    intent: Intent | None = None
    case_result: CaseResult | None = None
    verification: Verification = Verification.NOT_ASKED
    opt_out: bool = False
    """OUTCOME-11: no further calls to any of the customer's numbers"""
    path: tuple[PathStep, ...] = ()
    ticked: tuple[Ticked, ...] = ()
    answered: tuple[Answered, ...] = ()
    note: str = ""
    note_edited: bool = False
    order: Order | None = None
    """of a plan or a service, a suspension say; those of accepted offers stand with them (`orders_of`)"""
    disconnect: Disconnect | None = None
    false_data: FalseData | None = None
    grants: tuple[UsedGrant, ...] = ()
    """VIP-07: what a lead granted for this case"""
    offers: tuple[OfferMade, ...] = ()
    """what was offered beyond plans, and what the customer said"""
    recorded_at: datetime
    """the client's clock; shown, not trusted"""
