"""Orders in the database: columns and body in step, which are due, and who may work on one now."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import and_, func, select, update

from core.domain import decoding
from core.domain.order_state import OPEN_ORDERS, OrderState, PlacedOrder
from core.server.db import claims
from core.server.db.engine import Unit
from core.server.db.reviewed import touch_outcomes
from core.server.db.schema import customer, placed_order
from core.server.db.upsert import upsert

_decode = decoding.decoder(PlacedOrder).decode
_encode = msgspec.json.Encoder().encode


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An order to be worked on, as it was read."""

    order: PlacedOrder
    tries: int
    due_at: datetime

    @property
    def key(self) -> str:
        return str(self.order.id)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Orders with the moment of their last change."""

    orders: list[tuple[PlacedOrder, datetime]]
    count: int
    """how many there are, those beyond the limit too"""


def add(unit: Unit, value: PlacedOrder, *, team_id: str, due_at: datetime | None) -> None:
    """The same order again changes nothing."""
    row = {
        "tenant_id": unit.tenant,
        "id": str(value.id),
        "outcome_id": str(value.outcome_id),
        "customer_id": value.customer_id,
        "staff_number": value.agent,
        "team_id": team_id,
        "state": value.state.value,
        "created_at": unit.now,
        "changed_at": unit.now,
        "due_at": due_at,
        "tries": 0,
        "body": _encode(value),
    }
    upsert(unit, placed_order, [row], keys=("tenant_id", "id"), keep=tuple(row))


def get(unit: Unit, order_id: str, *, lock: bool = False) -> PlacedOrder | None:
    statement = select(placed_order.c.body).where(
        placed_order.c.tenant_id == unit.tenant, placed_order.c.id == order_id
    )
    body = unit.conn.execute(statement.with_for_update() if lock else statement).scalar_one_or_none()
    return None if body is None else _decode(body)


def of_outcome(unit: Unit, outcome_id: str, *, lock: bool = False) -> list[PlacedOrder]:
    """The orders whose newest record that is."""
    statement = (
        select(placed_order.c.body)
        .where(placed_order.c.tenant_id == unit.tenant, placed_order.c.outcome_id == outcome_id)
        .order_by(placed_order.c.id)
    )
    bodies = unit.conn.execute(statement.with_for_update() if lock else statement).scalars()
    return [_decode(body) for body in bodies]


def open_followed_by(unit: Unit, staff_number: str) -> list[PlacedOrder]:
    """Those on their way that this person follows, by customer: locks are taken in that order."""
    statement = (
        select(placed_order.c.body)
        .where(
            placed_order.c.tenant_id == unit.tenant, placed_order.c.state.in_([state.value for state in OPEN_ORDERS])
        )
        .order_by(placed_order.c.customer_id, placed_order.c.id)
    )
    found = (_decode(body) for body in unit.conn.execute(statement).scalars())
    return [one for one in found if one.follower == staff_number]


def open_beside_manager(unit: Unit, managers: Collection[str]) -> list[tuple[str, str]]:
    """Customer and follower of those on their way that one of these people follows although another of them is the
    customer's named manager; by customer."""
    statement = (
        select(placed_order.c.body, customer.c.manager)
        .join(
            customer,
            and_(customer.c.tenant_id == placed_order.c.tenant_id, customer.c.id == placed_order.c.customer_id),
        )
        .where(
            placed_order.c.tenant_id == unit.tenant,
            placed_order.c.state.in_([state.value for state in OPEN_ORDERS]),
            customer.c.manager.in_(sorted(managers)),
        )
        .order_by(placed_order.c.customer_id)
    )
    found = ((_decode(row.body), row.manager) for row in unit.conn.execute(statement))
    named = ((one.customer_id, one.follower, manager) for one, manager in found)
    return [(key, follower) for key, follower, manager in named if follower != manager and follower in managers]


def offers_in(unit: Unit, states: Collection[OrderState]) -> set[tuple[str, str]]:
    """Outcome and offer of each accepted offer whose order is in one of these states."""
    statement = select(placed_order.c.body).where(
        placed_order.c.tenant_id == unit.tenant, placed_order.c.state.in_([state.value for state in states])
    )
    found = (_decode(body) for body in unit.conn.execute(statement).scalars())
    return {(str(one.outcome_id), one.offer) for one in found if one.offer}


def team_of(unit: Unit, order_id: str) -> str:
    """The team that the agent was in when the order was made."""
    statement = select(placed_order.c.team_id).where(
        placed_order.c.tenant_id == unit.tenant, placed_order.c.id == order_id
    )
    return unit.conn.execute(statement).scalar_one_or_none() or ""


def put(unit: Unit, value: PlacedOrder, *, due_at: datetime | None) -> None:
    """The order as it is now; a new state begins its tries anew."""
    unit.conn.execute(
        update(placed_order)
        .where(placed_order.c.tenant_id == unit.tenant, placed_order.c.id == str(value.id))
        .values(
            outcome_id=str(value.outcome_id), state=value.state.value, changed_at=unit.now, due_at=due_at, tries=0,
            body=_encode(value),
        )
    )  # fmt: skip
    touch_outcomes(unit, [str(value.outcome_id)])


def edit(unit: Unit, value: PlacedOrder) -> None:
    """What is known of the order; its state, its claim and when it is looked at again stay as they are."""
    unit.conn.execute(
        update(placed_order)
        .where(placed_order.c.tenant_id == unit.tenant, placed_order.c.id == str(value.id))
        .values(outcome_id=str(value.outcome_id), changed_at=unit.now, body=_encode(value))
    )


def due(unit: Unit, states: Sequence[OrderState], limit: int) -> list[Due]:
    """Those that are to be looked at by now, the longest waiting first."""
    rows = claims.due(unit, placed_order, states, limit)
    return [Due(order=_decode(row.body), tries=row.tries, due_at=row.due_at) for row in rows]


def told_long_enough(unit: Unit, limit: int) -> list[str]:
    """Ids of those that ended so long ago that no desk need be told of them any more, the longest ago first."""
    statement = (
        select(placed_order.c.id)
        .where(
            placed_order.c.tenant_id == unit.tenant,
            placed_order.c.due_at <= unit.now,
            placed_order.c.state.not_in([state.value for state in OPEN_ORDERS]),
        )
        .order_by(placed_order.c.due_at)
        .limit(limit)
    )
    return list(unit.conn.execute(statement).scalars())


def told_no_more(unit: Unit, order_id: str) -> None:
    unit.conn.execute(
        update(placed_order)
        .where(placed_order.c.tenant_id == unit.tenant, placed_order.c.id == order_id)
        .values(due_at=None)
    )


def claim(unit: Unit, one: Due, *, pause: timedelta) -> bool:
    """Take the order for this worker until `pause` is over; False where another has it already."""
    return claims.claim(unit, placed_order, one.key, one.order.state, tries=one.tries, pause=pause)


def rest(unit: Unit, one: Due, *, until: datetime) -> None:
    """Nothing has come of the claim yet: the order falls due again then, unless it was moved meanwhile."""
    claims.rest(unit, placed_order, one.key, one.order.state, tries=one.tries, until=until)


def listed(
    unit: Unit, states: Sequence[OrderState], *, customer_id: str = "", agent: str = "", limit: int = 500
) -> Listed:
    """Orders in these states, those made last first; of one customer alone, or of who sold or follows them."""
    wanted = [placed_order.c.tenant_id == unit.tenant, placed_order.c.state.in_([state.value for state in states])]
    if customer_id:
        wanted.append(placed_order.c.customer_id == customer_id)
    newest = (placed_order.c.created_at.desc(), placed_order.c.id)
    statement = select(placed_order.c.body, placed_order.c.changed_at).where(*wanted).order_by(*newest)
    if agent:
        # Who follows an order stands in its body.
        rows = ((_decode(row[0]), row[1]) for row in unit.conn.execute(statement))
        mine = [(order, changed) for order, changed in rows if agent in (order.agent, order.follower)]
        return Listed(orders=mine[:limit], count=len(mine))
    found = [(_decode(row[0]), row[1]) for row in unit.conn.execute(statement.limit(limit))]
    count = unit.conn.execute(select(func.count()).select_from(placed_order).where(*wanted)).scalar_one()
    return Listed(orders=found, count=count)
