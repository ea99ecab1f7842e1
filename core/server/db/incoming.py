"""Events of other systems in the database: each once, with what became of it."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.domain import decoding
from core.domain.incoming import Aside, Taken
from core.server.db.engine import Unit
from core.server.db.schema import incoming_event
from core.wire.incoming import IncomingEvent

_columns = incoming_event.c


class KeptEvent(Struct, frozen=True, kw_only=True):
    event: IncomingEvent
    customer_id: str
    state: Taken
    why: Aside | None
    task_id: str
    received_at: datetime


def get(unit: Unit, event_id: str, *, lock: bool = False) -> KeptEvent | None:
    statement = select(incoming_event).where(_columns.tenant_id == unit.tenant, _columns.id == event_id)
    row = unit.conn.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else _kept(row)


def add(unit: Unit, kept: KeptEvent, *, by: str) -> bool:
    """False where one of that id has come meanwhile."""
    insert = postgresql.insert(incoming_event) if unit.postgres else sqlite.insert(incoming_event)
    row = {
        "tenant_id": unit.tenant, "id": kept.event.id, "kind": kept.event.kind, "customer_id": kept.customer_id,
        "state": kept.state.value, "why": kept.why.value if kept.why else "", "task_id": kept.task_id,
        "staff_number": by, "received_at": kept.received_at, "body": msgspec.json.encode(kept.event),
    }  # fmt: skip
    statement = insert.values(row).on_conflict_do_nothing().returning(_columns.id)
    return unit.conn.execute(statement).one_or_none() is not None


def settle(
    unit: Unit, event_id: str, state: Taken, *, task_id: str = "", customer_id: str = "", why: Aside | None = None
) -> None:
    """What became of one that was kept aside."""
    values = {"state": state.value, "task_id": task_id, "customer_id": customer_id, "why": why.value if why else ""}
    unit.conn.execute(
        update(incoming_event).where(_columns.tenant_id == unit.tenant, _columns.id == event_id).values(**values)
    )


def listed(unit: Unit, states: Collection[Taken], *, since: datetime, limit: int = 500) -> list[KeptEvent]:
    """Newest first."""
    statement = (
        select(incoming_event)
        .where(_columns.tenant_id == unit.tenant, _columns.state.in_(sorted(states)), _columns.received_at >= since)
        .order_by(_columns.received_at.desc(), _columns.id)
        .limit(limit)
    )
    return [_kept(row) for row in unit.conn.execute(statement)]


def counts(unit: Unit, *, since: datetime) -> dict[tuple[str, Taken], int]:
    """How many of each kind became what."""
    statement = (
        select(_columns.kind, _columns.state, func.count())
        .where(_columns.tenant_id == unit.tenant, _columns.received_at >= since)
        .group_by(_columns.kind, _columns.state)
    )
    return {(row[0], Taken(row[1])): row[2] for row in unit.conn.execute(statement)}


def _kept(row: Row[tuple[object, ...]]) -> KeptEvent:
    return KeptEvent(
        event=decoding.decode(row.body, IncomingEvent),
        customer_id=row.customer_id,
        state=Taken(row.state),
        why=Aside(row.why) if row.why else None,
        task_id=row.task_id,
        received_at=row.received_at,
    )
