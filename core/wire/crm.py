"""What the server and a CRM or SMS gateway say to each other over HTTP; a site's own system speaks this, or is adapted.

    PUT {crm}/orders/{id}         OrderOut → OrderAnswer    the same id again changes nothing
    GET {crm}/orders/{id}         → OrderAnswer             404: not known
    PUT {sms}/confirmations/{id}  Ask → Replied             the same id again sends nothing
    GET {sms}/confirmations/{id}  → Replied                 404: not known

A PUT that is answered 400, 409, 410, 413, 415 or 422 is tried again more and more rarely, and holds up no other.
`id` is the order's UUID, also sent as `Idempotency-Key`. A token, where there is one, goes as `Authorization: Bearer`.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.charge import Charge
from core.domain.order import ChosenStep, Trial


class Verdict(StrEnum):
    RECEIVED = "received"
    """known, not decided yet"""
    ACCEPTED = "accepted"
    REFUSED = "refused"


class OrderOut(Struct, frozen=True, kw_only=True):
    """An order as it leaves: what was sold, and the record of how it was agreed to (OUTCOME-12)."""

    id: UUID
    customer_id: str
    product: str
    price_fen: int
    term_months: int
    locked: bool
    starts_on: date
    agent: str
    """staff number"""
    read_back: bool
    consent: bool
    confirmed_at: datetime
    """when the customer's second confirmation came in"""
    offer: str = ""
    """id of the offer beyond plans; empty: `product` is a plan or a service"""
    until: date | None = None
    """the last day of an offer that runs for a time"""
    next_bill: bool = False
    """paid with the next month's bill"""
    monthly: bool = False
    """the price is a month's"""
    charge: Charge = Charge.MONTH
    """how often the price is paid"""
    code: str = ""
    """of the plan in the catalogue, or id of the offer; empty: a service that neither holds, by its name alone"""
    version: int = 0
    """of that catalogue, or of the offer; 0: not known"""
    trial: Trial | None = None
    """to be tried until that day; the customer may go back to that plan, by an order of its own"""
    ends_trial: bool = False
    """the customer goes back: this is the plan of before the trial"""
    chosen: tuple[ChosenStep, ...] = ()
    """what a plan that the customer put together consists of"""


class OrderAnswer(Struct, frozen=True, kw_only=True):
    verdict: Verdict
    effective_from: date | None = None
    reason_zh: str = ""
    reason_en: str = ""
    reference: str = ""


class Reply(StrEnum):
    NONE = "none"
    YES = "yes"
    NO = "no"


class Ask(Struct, frozen=True, kw_only=True):
    """The text to send; digits alone in `number`."""

    number: str
    text: str


class Replied(Struct, frozen=True, kw_only=True):
    reply: Reply
