"""What came of calls days later, in the database: each event of a source once, with the call that caused it."""

from datetime import datetime

import msgspec
from sqlalchemy import delete, select

from core.domain import decoding
from core.domain.later_event import BoundEvent, LaterEvent, LaterKind
from core.domain.outcome import Outcome
from core.server.db import customers
from core.server.db.engine import Unit
from core.server.db.reviewed import touch_days, touch_outcomes
from core.server.db.schema import later_event, outcome
from core.server.db.upsert import upsert

_encode = msgspec.json.Encoder().encode
_decode = decoding.decoder(LaterEvent).decode
_decode_outcome = decoding.decoder(Outcome).decode


_ASIDE = "aside"
"""kind of a row that holds an event which is not understood: its body is whatever came"""


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """An event that was put aside."""

    key: str
    came_at: datetime
    body: bytes


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    event: LaterEvent
    outcome_id: str
    """empty: no call was found that caused it"""
    agent: str


def known(unit: Unit, event_id: str) -> bool:
    statement = select(later_event.c.id).where(later_event.c.tenant_id == unit.tenant, later_event.c.id == event_id)
    return unit.conn.execute(statement).first() is not None


def unbound_of(unit: Unit, customer_id: str) -> list[LaterEvent]:
    """The customer's that no call was found for, oldest first."""
    statement = select(later_event.c.body).where(
        later_event.c.tenant_id == unit.tenant,
        later_event.c.customer_id == customer_id,
        later_event.c.outcome_id == "",
    )
    return [_decode(body) for body in unit.conn.execute(statement.order_by(later_event.c.at)).scalars()]


def add(unit: Unit, event: LaterEvent, bound: BoundEvent | None, *, team_id: str) -> None:
    """One that is there already takes the call that was found for it."""
    row = {
        "tenant_id": unit.tenant,
        "id": event.id,
        "kind": event.kind.value,
        "customer_id": event.customer_id,
        "at": event.at,
        "outcome_id": str(bound.outcome_id) if bound else "",
        "staff_number": bound.agent if bound else "",
        "team_id": team_id,
        "body": _encode(event),
    }
    found = ("outcome_id", "staff_number", "team_id") if bound else ()
    upsert(unit, later_event, [row], keys=("tenant_id", "id"), keep=tuple(name for name in row if name not in found))
    if bound is not None:
        touch_outcomes(unit, [str(bound.outcome_id)])
    if event.kind is LaterKind.ORDERED and (head := customers.head(unit, event.customer_id)) and head.manager:
        # Without a call it counts with the customer's manager; with one, not any more.
        touch_days(unit, [(head.manager, event.at)])


def calls_of(unit: Unit, customer_id: str, since: datetime) -> list[Outcome]:
    """The customer's outcomes as they stand after their corrections, recorded since then."""
    statement = (
        select(outcome.c.body)
        .where(
            outcome.c.tenant_id == unit.tenant,
            outcome.c.customer_id == customer_id,
            outcome.c.corrected_by == "",
            outcome.c.recorded_at >= since,
        )
        .order_by(outcome.c.recorded_at)
    )
    return [_decode_outcome(body) for body in unit.conn.execute(statement).scalars()]


def listed(unit: Unit, *, limit: int = 500) -> list[Kept]:
    """The newest first."""
    statement = (
        select(later_event.c.body, later_event.c.outcome_id, later_event.c.staff_number)
        .where(later_event.c.tenant_id == unit.tenant, later_event.c.kind != _ASIDE)
        .order_by(later_event.c.at.desc(), later_event.c.id)
        .limit(limit)
    )
    return [Kept(event=_decode(row[0]), outcome_id=row[1], agent=row[2]) for row in unit.conn.execute(statement)]


def put_aside(unit: Unit, key: str, body: bytes) -> bool:
    """Keep an event that is not understood, to be looked at; whether it is new."""
    if known(unit, _row_of(key)):
        return False
    row = {
        "tenant_id": unit.tenant,
        "id": _row_of(key),
        "kind": _ASIDE,
        "customer_id": "",
        "at": unit.now,
        "outcome_id": "",
        "staff_number": "",
        "team_id": "",
        "body": body,
    }
    upsert(unit, later_event, [row], keys=("tenant_id", "id"), keep=tuple(row))
    return True


def aside(unit: Unit) -> list[Aside]:
    """The newest first."""
    statement = (
        select(later_event.c.id, later_event.c.at, later_event.c.body)
        .where(later_event.c.tenant_id == unit.tenant, later_event.c.kind == _ASIDE)
        .order_by(later_event.c.at.desc(), later_event.c.id)
    )
    return [
        Aside(key=row[0].removeprefix(f"{_ASIDE}:"), came_at=row[1], body=row[2])
        for row in unit.conn.execute(statement)
    ]


def drop_aside(unit: Unit, key: str) -> None:
    unit.conn.execute(
        delete(later_event).where(later_event.c.tenant_id == unit.tenant, later_event.c.id == _row_of(key))
    )


def _row_of(key: str) -> str:
    return f"{_ASIDE}:{key}"
