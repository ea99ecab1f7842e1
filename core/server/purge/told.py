"""What desks were told of a customer's orders, cases, errands and scores is taken back from all of them."""

from collections.abc import Iterator

from sqlalchemy import Table, delete, select

from core.domain import decoding
from core.domain.case import CASE
from core.domain.commitment import COMMITMENT
from core.domain.errand import ERRAND
from core.domain.later_event import LATER_EVENT, LATER_MONEY
from core.domain.order_state import ORDER_STATE, PlacedOrder, order_name
from core.domain.promise import PROMISE
from core.domain.quality.kinds import SAMPLED, SCORED
from core.server.db import schema
from core.server.db.engine import Unit
from core.server.db.feed import Entry, holders, publish
from core.server.db.published import content_key
from core.wire.pull import Kind

_NAMED_BY_ID: tuple[tuple[str, Table], ...] = (
    (CASE, schema.repair_case),
    (PROMISE, schema.promise),
    (ERRAND, schema.errand),
    (COMMITMENT, schema.commitment),
    (LATER_EVENT, schema.later_event),
    (LATER_MONEY, schema.later_event),
    (SAMPLED, schema.quality_call),
)
_decode_order = decoding.decoder(PlacedOrder).decode


def forget(unit: Unit, customer_id: str) -> None:
    """Every desk that has it forgets it at its next pull, and it is not kept here."""
    pieces = sorted(set(_pieces(unit, customer_id)))
    table, gone = schema.content, []
    for kind, name in pieces:
        unit.conn.execute(
            delete(table).where(table.c.tenant_id == unit.tenant, table.c.kind == kind, table.c.name == name)
        )
        key = content_key(kind, name)
        gone += [Entry(one, Kind.CONTENT, key, deleted=True) for one in sorted(holders(unit, Kind.CONTENT, key))]
    publish(unit, gone)


def _pieces(unit: Unit, customer_id: str) -> Iterator[tuple[str, str]]:
    for kind, table in _NAMED_BY_ID:
        mine = (table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id)
        yield from ((kind, key) for key in unit.conn.execute(select(table.c.id).where(*mine)).scalars())
    yield from _orders(unit, customer_id)
    dated, call, score = schema.agreed_date, schema.quality_call, schema.quality_score
    own = select(dated.c.kind, dated.c.id).where(dated.c.tenant_id == unit.tenant, dated.c.customer_id == customer_id)
    yield from ((row.kind, row.id) for row in unit.conn.execute(own))
    calls = select(call.c.id).where(call.c.tenant_id == unit.tenant, call.c.customer_id == customer_id)
    scored = select(score.c.id).where(score.c.tenant_id == unit.tenant, score.c.call_id.in_(calls))
    yield from ((SCORED, key) for key in unit.conn.execute(scored).scalars())


def _orders(unit: Unit, customer_id: str) -> Iterator[tuple[str, str]]:
    table = schema.placed_order
    statement = select(table.c.body).where(table.c.tenant_id == unit.tenant, table.c.customer_id == customer_id)
    for body in unit.conn.execute(statement).scalars():
        order = _decode_order(body)
        yield ORDER_STATE, order_name(order.first_outcome, order.offer)
