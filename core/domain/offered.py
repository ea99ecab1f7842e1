"""What was offered in a call beyond plans, and what the customer said to it. Money is fen."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.order import Order
from core.domain.text import Text


class Reply(StrEnum):
    """What the customer said."""

    MADE = "made"
    """told of it, and neither accepted nor refused"""
    ACCEPTED = "accepted"
    REFUSED = "refused"


REPLY_NAMES: dict[Reply, Text] = {
    Reply.MADE: Text("提过", "Mentioned"),
    Reply.ACCEPTED: Text("接受", "Accepted"),
    Reply.REFUSED: Text("谢绝", "Declined"),
}


class OfferMade(Struct, frozen=True, kw_only=True):
    """One offer of a call, as its outcome keeps it."""

    offer: str
    """id of the offer; its file may be gone later, what is kept here stays"""
    version: int
    kind: str
    """an `OfferKind`, or one that a later program knows"""
    name: Text
    reply: Reply
    benefit: str = ""
    """what it is of: of one benefit nothing is granted twice at a time"""
    cost_fen: int = 0
    """what it costs the operator, where accepted"""
    price_fen: int = 0
    """what the customer pays for it, where accepted"""
    next_bill: bool = False
    """paid with the next month's bill (OFFER-04)"""
    until: date | None = None
    """the last day that an accepted one runs"""
    rests_until: date | None = None
    """not to be offered again before the day after, where refused"""
    card: str = ""
    """number of the reinstall card that was given"""
    read_back: bool = False
    """price, term and start were read back, and the customer agreed (OUTCOME-12)"""
    granted_by: str = ""
    """who granted what the agent may not grant"""
    order: Order | None = None
    """what leaves for the CRM, where it was accepted and needs the customer's confirmation"""


class PastOffer(Struct, kw_only=True, omit_defaults=True):
    """One offer of an earlier call, as the customer's document tells it."""

    at: datetime
    offer: str
    name: Text
    kind: str
    """an `OfferKind`, or one that a later program knows"""
    reply: Reply
    benefit: str = ""
    cost_fen: int = 0
    until: date | None = None
    rests_until: date | None = None
    card: str = ""
    redeemed_on: date | None = None
    outcome_id: str = ""


def past_offer(made: OfferMade, *, at: datetime, outcome_id: str) -> PastOffer:
    """The same as history."""
    return PastOffer(
        at=at,
        offer=made.offer,
        name=made.name,
        kind=str(made.kind),
        reply=made.reply,
        benefit=made.benefit,
        cost_fen=made.cost_fen if made.reply is Reply.ACCEPTED else 0,
        until=made.until,
        rests_until=made.rests_until,
        card=made.card,
        outcome_id=outcome_id,
    )
