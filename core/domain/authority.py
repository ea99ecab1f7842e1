"""Asking the team lead for more than one may grant oneself, for one case, and what became of it (VIP-07).

Money is fen. A request is made once, answered once, and used for the case that it was made for.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.masking import holds_long_number
from core.domain.offer_kind import OfferKind
from core.domain.task import Tier
from core.domain.text import Text

OPEN_FOR = timedelta(hours=24)
"""how long a request may wait for an answer; after that the customer is asked anew"""
CALL_BACK_WITHIN = timedelta(days=7)
"""a callback within that time keeps a request open until it is due; for a later one the customer is asked anew"""
WORDS_MOST = 120
"""characters of the agent's reason, and of the lead's words"""
MOST_FEN = 10_000_000
_OF_GRANT = "granted:"


class RequestState(StrEnum):
    WAITING = "waiting"
    GRANTED = "granted"
    GRANTED_LESS = "granted_less"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def is_grant(self) -> bool:
        return self in (RequestState.GRANTED, RequestState.GRANTED_LESS)


ANSWERS = frozenset({RequestState.GRANTED, RequestState.GRANTED_LESS, RequestState.REFUSED})
"""what a lead may make of a request"""


class AuthorityRequest(Struct, frozen=True, kw_only=True):
    """What an agent asks for, while the customer is on the line or right after."""

    id: UUID
    """made once on the client; the server's idempotency key for good"""
    agent: str
    case: str
    """the call that it is for: a task's id, or the key of a call without a task"""
    task_id: str | None
    customer_id: str
    customer: str
    """the name, masked"""
    tier: Tier = Tier.NONE
    monthly_spend_fen: int | None = None
    """six months' average bill; None where unknown"""
    kind: OfferKind
    offer: Text
    """the offer's own name, or its kind's"""
    offer_id: str = ""
    """empty where it is of a kind, and no offer of the list"""
    cost_fen: int
    """what this offer would cost the operator"""
    before_fen: int = 0
    """what was granted before in the same case"""
    own_fen: int = 0
    """of `before_fen`, what the agent granted alone; an earlier desk does not tell it apart"""
    budget_left_fen: int | None = None
    """what the customer's retention budget holds before the case; None where the desk does not know"""
    reason: str
    """in the agent's words"""
    at: datetime
    call_at: datetime | None = None
    """when the customer was promised to be called back with the answer; the server takes it from the call's record"""


class Withdrawal(Struct, frozen=True, kw_only=True):
    """The agent does not need an answer any more."""

    id: UUID
    request: UUID
    agent: str
    at: datetime


class AuthorityCase(Struct, frozen=True, kw_only=True):
    """A request and where it stands, as the server tells both sides."""

    request: AuthorityRequest
    agent_name: str
    state: RequestState = RequestState.WAITING
    received_at: datetime
    expires_at: datetime
    granted_fen: int = 0
    """what was granted of `cost_fen`; 0 where nothing was"""
    words: str = ""
    """the lead's, to the agent"""
    answered_by: str = ""
    answered_by_name: str = ""
    answered_at: datetime | None = None
    used_by: UUID | None = None
    """the outcome that it went into: it cannot go into another"""


class UsedGrant(Struct, frozen=True, kw_only=True):
    """In an outcome: what a lead granted for this case."""

    request: UUID
    fen: int
    by: str
    """staff number of who granted it"""
    by_name: str


def granted_offer_id(request: UUID) -> str:
    """Under which what was granted of a bare kind stands among the offers of its case."""
    return f"{_OF_GRANT}{request}"


def is_granted_offer(offer_id: str) -> bool:
    """Whether what stands under this id is what was granted of a bare kind."""
    return offer_id.startswith(_OF_GRANT)


def offer_granted(request: AuthorityRequest) -> str:
    """Id of the offer that an answer to the request is a grant for."""
    return request.offer_id or granted_offer_id(request.id)


class RequestFlaw(StrEnum):
    NO_REASON = "no_reason"
    LONG_REASON = "long_reason"
    NUMBER = "number"
    AMOUNT = "amount"


REQUEST_FLAW_WORDS: dict[RequestFlaw, Text] = {
    RequestFlaw.NO_REASON: Text("请写一句理由，班长才好决定。", "Give a line of reason, so that the lead can decide."),
    RequestFlaw.LONG_REASON: Text(f"理由最多 {WORDS_MOST} 个字。", f"A reason has at most {WORDS_MOST} characters."),
    RequestFlaw.NUMBER: Text(
        "理由里有 7 位或更长的数字，可能是客户的号码，请删掉。",
        "The reason holds a number of 7 digits or more, perhaps the customer's: take it out.",
    ),
    RequestFlaw.AMOUNT: Text("金额不对，请填大于 0 的元数。", "The amount is not right: give yuan above 0."),
}


def reason_flaw(reason: str) -> RequestFlaw | None:
    """What is wrong with a reason as written; None where it may be sent."""
    if not reason.strip():
        return RequestFlaw.NO_REASON
    if len(reason) > WORDS_MOST:
        return RequestFlaw.LONG_REASON
    return RequestFlaw.NUMBER if holds_long_number(reason) else None


def request_flaw(request: AuthorityRequest) -> RequestFlaw | None:
    """The same rules at the desk and at the server."""
    if not 0 < request.cost_fen <= MOST_FEN or not 0 <= request.before_fen <= MOST_FEN:
        return RequestFlaw.AMOUNT
    return reason_flaw(request.reason)
