"""What came of a call days later (OUTCOME-07, 08; OFFER-06): an order another way, a friend who joined, a bonus that
arrived, money that came in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from msgspec import Struct

from core.domain.money import yuan_short
from core.domain.offered import Reply
from core.domain.order import Order
from core.domain.outcome import CONNECTED, Intent, Outcome
from core.domain.text import Text

LATER_EVENT: Final = "later_event"
"""kind of the content document that tells a desk what its call brought; its name is the event's id"""
LATER_MONEY: Final = "later_money"
"""the same of money that came in: a kind of its own, so that a desk of before keeps it unread"""


class LaterKind(StrEnum):
    ORDERED = "ordered"
    """the customer ordered at a store, online or by the hotline"""
    REFERRED = "referred"
    """somebody whom the customer sent has ordered"""
    JOINED = "joined"
    """OUTCOME-08: the participation was confirmed"""
    BONUS = "bonus"
    """OUTCOME-08: the bonus has arrived"""
    DEPOSITED = "deposited"
    """OFFER-06: the customer has paid in what was agreed for an offer"""
    RECOVERED = "recovered"
    """OFFER-06: what stood on a later bill for an offer has been collected"""


LATER_KINDS: dict[LaterKind, Text] = {
    LaterKind.ORDERED: Text("后来办理", "Ordered later"),
    LaterKind.REFERRED: Text("转介绍", "Referral"),
    LaterKind.JOINED: Text("参加已确认", "Participation confirmed"),
    LaterKind.BONUS: Text("赠送已到账", "Bonus arrived"),
    LaterKind.DEPOSITED: Text("预存已到账", "Deposit paid in"),
    LaterKind.RECOVERED: Text("费用已收回", "Money recovered"),
}
WITHIN: dict[LaterKind, timedelta] = {
    LaterKind.ORDERED: timedelta(days=7),
    LaterKind.REFERRED: timedelta(days=30),
    LaterKind.JOINED: timedelta(days=40),
    LaterKind.BONUS: timedelta(days=70),
    LaterKind.DEPOSITED: timedelta(days=40),
    LaterKind.RECOVERED: timedelta(days=100),
}
"""a call longer ago than that is not held to be the cause: usual windows, where the site says nothing else"""
MONEY = frozenset({LaterKind.DEPOSITED, LaterKind.RECOVERED})
_OF_A_SALE = MONEY | {LaterKind.JOINED, LaterKind.BONUS}
_WAVERED = frozenset({Intent.WILL_VISIT_STORE, Intent.WOULD_PAY_BUT_DOUBTS, Intent.HESITANT, Intent.AGREES})


class LaterEvent(Struct, frozen=True, kw_only=True):
    """As the source tells it; the same id again is the same event."""

    id: str
    kind: LaterKind
    customer_id: str
    """whose order or bonus it is; of a referral, who sent the other"""
    at: datetime
    what: str = ""
    """code of the plan, or id of the offer; empty: the source does not say"""
    name: Text | None = None
    channel: str = ""
    """where it came about: store, online, hotline"""
    fen: int = 0
    """of money: how much came in; 0 of anything else"""


class BoundEvent(Struct, frozen=True, kw_only=True):
    """An event with the call that is held to have caused it."""

    event: LaterEvent
    outcome_id: UUID
    scenario: str
    agent: str
    days: int
    """whole days after the call"""
    customer: str = ""
    """name as it is shown, masked"""


def cause(event: LaterEvent, calls: Iterable[Outcome], *, within: timedelta | None = None) -> Outcome | None:
    """The newest call before the event, within the window, that was about what it is of; None where there is none.

    A call in which it was ordered already is no cause of a later order: it has the order itself. Of a bonus, a
    participation and of money it is just that call.
    """
    window = WITHIN[event.kind] if within is None else within
    found = [one for one in calls if _may_cause(event, one, window)]
    return max(found, key=_when, default=None)


def _may_cause(event: LaterEvent, call: Outcome, window: timedelta) -> bool:
    if call.contact not in CONNECTED or not timedelta() <= event.at - _when(call) <= window:
        return False
    if event.kind in _OF_A_SALE:
        return _sold(call, event.what)
    if event.kind is LaterKind.REFERRED:
        return True
    if _sold(call, event.what):
        return False
    return _spoken_of(call, event.what) or call.intent in _WAVERED


def _sold(call: Outcome, what: str) -> bool:
    accepted = {made.offer for made in call.offers if made.reply is Reply.ACCEPTED}
    product = _named(call.order) if call.success else set()
    sold = accepted | product
    return what in sold if what else bool(sold)


def _spoken_of(call: Outcome, what: str) -> bool:
    product = _named(call.order)
    return bool(what) and what in {made.offer for made in call.offers} | product


def _named(order: Order | None) -> set[str]:
    """A source may say the code, or the name."""
    return {order.product, order.code} - {""} if order is not None else set()


def _when(call: Outcome) -> datetime:
    return call.call.ended_at or call.call.answered_at or call.recorded_at


def later_words(bound: BoundEvent) -> Text:
    """转介绍 · 全家享，通话后 3 天; of money how much before that."""
    event, name = bound.event, LATER_KINDS[bound.event.kind]
    what = event.name or (Text(event.what, event.what) if event.what else None)
    zh, en = (f"{name.zh} · {what.zh}", f"{name.en} · {what.en}") if what else (name.zh, name.en)
    if event.fen:
        zh, en = f"{zh} {yuan_short(event.fen)} 元", f"{en}, {yuan_short(event.fen)} yuan"
    if bound.days == 0:
        return Text(f"{zh}，通话当天", f"{en}, on the day of the call")
    return Text(f"{zh}，通话后 {bound.days} 天", f"{en}, {bound.days} d after the call")
