"""Errands in the database: columns and body in step, which are due or late, and who may work on one now."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import select, update

from core.domain import decoding
from core.domain.errand import HANDED_OVER, OPEN_ERRANDS, ErrandKind, ErrandState, PlacedErrand
from core.server.db import claims
from core.server.db.engine import Unit
from core.server.db.schema import errand
from core.server.db.upsert import upsert

_decode = decoding.decoder(PlacedErrand).decode
_encode = msgspec.json.Encoder().encode
_OPEN = tuple(sorted(OPEN_ERRANDS))


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An errand to be worked on, as it was read."""

    placed: PlacedErrand
    tries: int

    @property
    def key(self) -> str:
        return str(self.placed.id)


def row(unit: Unit, value: PlacedErrand, *, team_id: str, due_at: datetime | None) -> dict[str, Any]:
    """The columns of an errand."""
    asked = value.errand
    return {
        "tenant_id": unit.tenant,
        "id": str(asked.id),
        "outcome_id": str(asked.outcome_id or ""),
        "customer_id": asked.customer_id,
        "staff_number": asked.agent,
        "team_id": team_id,
        "department": asked.department,
        "kind": asked.kind.value,
        "state": value.state.value,
        "created_at": value.steps[0].at if value.steps else unit.now,
        "changed_at": value.steps[-1].at if value.steps else unit.now,
        "due_at": due_at,
        "late_at": _late_at(value),
        "tries": 0,
        "body": _encode(value),
    }


def add(unit: Unit, values: Sequence[PlacedErrand], *, team_id: str, due_at: datetime | None) -> None:
    """The same errand again changes nothing."""
    if values:
        rows = [row(unit, value, team_id=team_id, due_at=due_at) for value in values]
        upsert(unit, errand, rows, keys=("tenant_id", "id"), keep=tuple(rows[0]))


def get(unit: Unit, errand_id: str, *, lock: bool = False) -> PlacedErrand | None:
    statement = select(errand.c.body).where(errand.c.tenant_id == unit.tenant, errand.c.id == errand_id)
    body = unit.conn.execute(statement.with_for_update() if lock else statement).scalar_one_or_none()
    return None if body is None else _decode(body)


def of_outcome(unit: Unit, outcome_id: str) -> list[PlacedErrand]:
    """Those whose newest record that is, held for this transaction."""
    statement = (
        select(errand.c.body)
        .where(errand.c.tenant_id == unit.tenant, errand.c.outcome_id == outcome_id)
        .order_by(errand.c.id)
    )
    return [_decode(body) for body in unit.conn.execute(statement.with_for_update()).scalars()]


def open_of_agent(unit: Unit, staff_number: str) -> list[PlacedErrand]:
    """What one agent has asked for and departments have not ended, by customer: locks are taken in that order."""
    statement = (
        select(errand.c.body)
        .where(errand.c.tenant_id == unit.tenant, errand.c.staff_number == staff_number, errand.c.state.in_(_OPEN))
        .order_by(errand.c.customer_id, errand.c.id)
    )
    return [_decode(body) for body in unit.conn.execute(statement).scalars()]


def open_inside(unit: Unit, departments: Collection[str]) -> list[str]:
    """Ids of open ones of these departments."""
    statement = select(errand.c.id).where(
        errand.c.tenant_id == unit.tenant, errand.c.state.in_(_OPEN), errand.c.department.in_(sorted(departments))
    )
    return list(unit.conn.execute(statement.order_by(errand.c.customer_id, errand.c.id)).scalars())


def give(unit: Unit, value: PlacedErrand, staff_number: str, *, team_id: str) -> PlacedErrand:
    """Somebody else is its agent from now on; the errand as it is then."""
    given = msgspec.structs.replace(value, errand=msgspec.structs.replace(value.errand, agent=staff_number))
    unit.conn.execute(
        update(errand)
        .where(errand.c.tenant_id == unit.tenant, errand.c.id == str(value.id))
        .values(staff_number=staff_number, team_id=team_id, changed_at=unit.now, body=_encode(given))
    )
    return given


def team_of(unit: Unit, errand_id: str) -> str:
    """The team that the agent was in when it was asked."""
    statement = select(errand.c.team_id).where(errand.c.tenant_id == unit.tenant, errand.c.id == errand_id)
    return unit.conn.execute(statement).scalar_one_or_none() or ""


def put(unit: Unit, value: PlacedErrand, *, due_at: datetime | None) -> None:
    """The errand as it is now; its tries begin anew."""
    _write(unit, value, due_at=due_at, tries=0)


def edit(unit: Unit, value: PlacedErrand) -> None:
    """What is known of it; its claim and when it is looked at again stay as they are."""
    _write(unit, value)


def _write(unit: Unit, value: PlacedErrand, **more: Any) -> None:
    changed = {
        "outcome_id": str(value.errand.outcome_id or ""),
        "state": value.state.value,
        "changed_at": unit.now,
        "late_at": _late_at(value),
        "body": _encode(value),
    }
    unit.conn.execute(
        update(errand).where(errand.c.tenant_id == unit.tenant, errand.c.id == str(value.id)).values(**changed, **more)
    )


def _late_at(value: PlacedErrand) -> datetime | None:
    return value.answer_by if value.state in OPEN_ERRANDS and value.overdue_at is None else None


def due(unit: Unit, limit: int) -> list[Due]:
    """Open ones that are to be looked at by now, and withdrawn ones of which a department is still to hear."""
    rows = claims.due(unit, errand, (*_OPEN, ErrandState.WITHDRAWN), limit)
    found = [Due(placed=_decode(row.body), tries=row.tries) for row in rows]
    return [one for one in found if one.placed.state in OPEN_ERRANDS or one.placed.heard < one.placed.revision]


def claim(unit: Unit, one: Due, *, pause: timedelta) -> bool:
    """Take the errand for this worker until `pause` is over; False where another has it already."""
    return claims.claim(unit, errand, one.key, one.placed.state, tries=one.tries, pause=pause)


def rest(unit: Unit, one: Due, *, until: datetime) -> None:
    """Nothing has come of the claim yet: it falls due again then, unless it was moved meanwhile."""
    claims.rest(unit, errand, one.key, one.placed.state, tries=one.tries, until=until)


def late(unit: Unit, limit: int) -> list[PlacedErrand]:
    """Open ones whose time is over by the server's clock and that are not marked yet, the latest first."""
    statement = (
        select(errand.c.body)
        .where(errand.c.tenant_id == unit.tenant, errand.c.late_at <= unit.now)
        .order_by(errand.c.late_at)
        .limit(limit)
    )
    return [_decode(body) for body in unit.conn.execute(statement).scalars()]


def told_long_enough(unit: Unit, limit: int) -> list[str]:
    """Ids of those that ended so long ago that no desk need be told of them any more."""
    statement = (
        select(errand.c.id, errand.c.body)
        .where(
            errand.c.tenant_id == unit.tenant,
            errand.c.due_at <= unit.now,
            errand.c.state.not_in([state.value for state in _OPEN]),
        )
        .order_by(errand.c.due_at)
        .limit(limit)
    )
    rows = unit.conn.execute(statement).all()
    return [row[0] for row in rows if (one := _decode(row[1])).heard >= one.revision or not one.leaving]


def told_no_more(unit: Unit, errand_id: str) -> None:
    unit.conn.execute(
        update(errand).where(errand.c.tenant_id == unit.tenant, errand.c.id == errand_id).values(due_at=None)
    )


def listed(
    unit: Unit,
    *,
    states: Collection[ErrandState] = (*_OPEN,),
    department: str = "",
    team: str = "",
    kind: ErrandKind | None = None,
    limit: int = 500,
) -> list[PlacedErrand]:
    """Those in these states, the oldest first; empty `department` or `team`: all."""
    statement = select(errand.c.body).where(
        errand.c.tenant_id == unit.tenant, errand.c.state.in_([state.value for state in states])
    )
    if department:
        statement = statement.where(errand.c.department == department)
    if team:
        statement = statement.where(errand.c.team_id == team)
    if kind is not None:
        statement = statement.where(errand.c.kind == kind.value)
    ordered = statement.order_by(errand.c.created_at, errand.c.id).limit(limit)
    return [_decode(body) for body in unit.conn.execute(ordered).scalars()]


def handed_over(value: PlacedErrand) -> bool:
    """Whether the department may have it."""
    return value.leaving or value.state in HANDED_OVER
