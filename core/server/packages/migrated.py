"""KPI-06: migrations of a snapshot's customers: plans that the CRM has accepted, and those ordered later elsewhere."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.later_event import LaterKind
from core.domain.order_state import OrderState
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import later_event, placed_order


class _Order(msgspec.Struct):
    offer: str = ""


_order = decoding.decoder(_Order).decode


def migrated(unit: Unit, customer_ids: Sequence[str], start: datetime, end: datetime) -> Counter[str]:
    """By customer, from `start` until before `end`; an offer beyond plans is no migration."""
    found: Counter[str] = Counter()
    for ids in chunks(customer_ids):
        orders = select(placed_order.c.customer_id, placed_order.c.body).where(
            placed_order.c.tenant_id == unit.tenant,
            placed_order.c.customer_id.in_(ids),
            placed_order.c.state == OrderState.ACCEPTED.value,
            placed_order.c.created_at >= start,
            placed_order.c.created_at < end,
        )
        found.update(row.customer_id for row in unit.conn.execute(orders) if not _order(row.body).offer)
        later = select(later_event.c.customer_id).where(
            later_event.c.tenant_id == unit.tenant,
            later_event.c.customer_id.in_(ids),
            later_event.c.kind == LaterKind.ORDERED.value,
            later_event.c.at >= start,
            later_event.c.at < end,
        )
        found.update(unit.conn.execute(later).scalars())
    return found
