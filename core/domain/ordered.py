"""What of a saved call leaves as orders, and how the call's sale stands by them."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from core.domain.offered import Reply
from core.domain.order import Order
from core.domain.order_state import OPEN_ORDERS, OrderState, OrderTold
from core.domain.outcome import Outcome
from core.domain.text import Text

TOLD_DAYS = 90
"""days for which a desk is told at least of an order that has ended"""
UNTOLD = timedelta(days=TOLD_DAYS)
"""an order of which nothing was told by then will not be told of: it is older than orders that are followed"""

_WEIGHT = (
    OrderState.ACCEPTED,
    OrderState.SUBMITTED,
    OrderState.CONFIRMED,
    OrderState.PENDING,
    OrderState.WITHDRAWN,
    OrderState.LAPSED,
    OrderState.DECLINED,
    OrderState.FAILED,
)


class Ordered(Struct, frozen=True, kw_only=True):
    """One order of a saved call, as far as the desk knows."""

    what: Text
    state: OrderState | None
    """pending as long as nothing was told; None: nothing will be"""
    told: OrderTold | None = None


def orders_of(outcome: Outcome) -> dict[str, Order]:
    """The orders by the offer beyond plans that each is of; under an empty id the plan's or the service's.

    A suspension is no success, and yet somebody must suspend the line."""
    found = {"": outcome.order} if outcome.order is not None else {}
    for made in outcome.offers:
        if made.reply is Reply.ACCEPTED and made.order is not None and made.offer:
            found.setdefault(made.offer, made.order)
    return found


def weight(state: OrderState) -> int:
    """Of several orders the one that weighs most says how the sale stands: ended in nothing, under way, accepted."""
    return _WEIGHT.index(state)


def decisive(orders: Iterable[Ordered]) -> OrderState | None:
    """How the sale stands: accepted once all are; None where it has no order of which anything can be told."""
    return max((one.state for one in orders if one.state is not None), key=weight, default=None)


def counts(orders: Iterable[Ordered]) -> bool:
    """Whether a sale with these orders is a success: each that can be told of was accepted."""
    return decisive(orders) in (None, OrderState.ACCEPTED)


def awaited(orders: Iterable[Ordered]) -> bool:
    """Whether it may still become one."""
    return decisive(orders) in OPEN_ORDERS
