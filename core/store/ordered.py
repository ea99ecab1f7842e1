"""Orders as the server last told of them: content of the mirror, a document an order, under its `order_name`."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from core.domain import decoding
from core.domain.order_state import ORDER_STATE, OrderState, OrderTold, order_name
from core.domain.ordered import UNTOLD, Ordered, orders_of
from core.domain.outcome import Outcome
from core.domain.text import Text
from core.store.pieces import contents

_decode = decoding.decoder(OrderTold).decode


class Sale(NamedTuple):
    """A saved outcome with the record of its call."""

    outcome: Outcome
    first: UUID
    first_at: datetime


def told(connection: Connection) -> list[OrderTold]:
    """This agent's orders, those changed last first."""
    return sorted((_decode(body) for body in contents(connection, ORDER_STATE)), key=lambda one: one.at, reverse=True)


def of_sales(connection: Connection, sales: Sequence[Sale], as_of: datetime) -> list[tuple[Ordered, ...]]:
    """What was ordered in each, the plan first; `as_of` is now.

    Pending as long as the server has said nothing, but not for ever: a sale of a time when orders were not followed,
    or whose order ended so long ago that no desk is told any more, stands as it was recorded.
    """
    names = [order_name(sale.first, offer) for sale in sales for offer in orders_of(sale.outcome)]
    rows = connection.exec_driver_sql(
        "SELECT name, body FROM content WHERE kind = ? AND name IN (SELECT value FROM json_each(?))",
        (ORDER_STATE, msgspec.json.encode(names).decode()),
    )
    found = {row[0]: _decode(row[1]) for row in rows}
    return [_ordered(sale, found, as_of) for sale in sales]


def _ordered(sale: Sale, found: dict[str, OrderTold], as_of: datetime) -> tuple[Ordered, ...]:
    untold = OrderState.PENDING if as_of - sale.first_at < UNTOLD else None
    names = {made.offer: made.name for made in sale.outcome.offers}
    orders = []
    for offer, order in orders_of(sale.outcome).items():
        one = found.get(order_name(sale.first, offer))
        what = names.get(offer) or order.name or Text(order.product, order.product)
        orders.append(Ordered(what=what, state=one.state if one else untold, told=one))
    return tuple(orders)
