"""What agents are doing, in the database: every change for good, and of each agent the newest."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select, update

from core.domain.presence import AgentState, StateChange
from core.server.db.engine import Unit
from core.server.db.schema import agent_presence, agent_state, session
from core.server.db.upsert import upsert


@dataclass(frozen=True, slots=True)
class Presence:
    """Of one agent, as last told."""

    state: AgentState | None = None
    since: datetime | None = None
    heard_at: datetime | None = None
    away_until: datetime | None = None
    """nothing is dispatched to them until then"""


def add(unit: Unit, change: StateChange) -> None:
    """Keeps the change; the newest by its own time is what they are doing. Work done ends being away."""
    moment = min(change.at, unit.now)
    unit.conn.execute(
        agent_state.insert().values(
            tenant_id=unit.tenant, id=str(change.id), staff_number=change.agent, state=change.state.value,
            at=change.at, received_at=unit.now,
        )
    )  # fmt: skip
    row = _row(unit, change.agent)
    if row is not None and row.since is not None and row.since > moment:
        return
    values: dict[str, object] = {"state": change.state.value, "since": moment}
    if row is not None and row.away_since is not None and moment > row.away_since and _works(change.state):
        values |= {"away_since": None, "away_until": None}
    _put(unit, change.agent, values)


def _works(state: AgentState) -> bool:
    return state is not AgentState.OFF


def hear(unit: Unit, heard: Mapping[str, datetime]) -> None:
    """When each of these desks last asked for anything; an older time changes nothing."""
    known = {row.staff_number: row.heard_at for row in _rows(unit, heard.keys())}
    for staff_number, at in sorted(heard.items()):
        before = known.get(staff_number)
        if before is None or before < at:
            _put(unit, staff_number, {"heard_at": at})


def set_away(unit: Unit, staff_number: str, until: datetime) -> None:
    """They are not here: dispatch passes them over until then, or until they work again."""
    _put(unit, staff_number, {"away_since": unit.now, "away_until": until})


def away(unit: Unit) -> frozenset[str]:
    """Staff numbers of those who get nothing now."""
    statement = select(agent_presence.c.staff_number).where(
        agent_presence.c.tenant_id == unit.tenant, agent_presence.c.away_until > unit.now
    )
    return frozenset(unit.conn.execute(statement).scalars())


def of(unit: Unit, staff: Collection[str]) -> dict[str, Presence]:
    """As last told; without those of whom nothing is known."""
    return {
        row.staff_number: Presence(
            state=AgentState(row.state) if row.state else None,
            since=row.since,
            heard_at=row.heard_at,
            away_until=row.away_until if row.away_until is not None and row.away_until > unit.now else None,
        )
        for row in _rows(unit, staff)
    }


def signed_in(unit: Unit, staff: Collection[str]) -> frozenset[str]:
    """Those with a session that was not ended."""
    statement = select(session.c.staff_number).where(
        session.c.tenant_id == unit.tenant, session.c.staff_number.in_(sorted(staff)), session.c.ended_at.is_(None)
    )
    return frozenset(unit.conn.execute(statement.distinct()).scalars())


def history(unit: Unit, staff_number: str, start: datetime, end: datetime) -> list[StateChange]:
    """What one agent did in [start, end), oldest first."""
    statement = (
        select(agent_state)
        .where(agent_state.c.tenant_id == unit.tenant, agent_state.c.staff_number == staff_number)
        .where(agent_state.c.at >= start, agent_state.c.at < end)
        .order_by(agent_state.c.at, agent_state.c.id)
    )
    return [
        StateChange(id=UUID(row.id), agent=row.staff_number, state=AgentState(row.state), at=row.at)
        for row in unit.conn.execute(statement)
    ]


def _row(unit: Unit, staff_number: str) -> Row[tuple[object, ...]] | None:
    return next(iter(_rows(unit, [staff_number])), None)


def _rows(unit: Unit, staff: Collection[str]) -> list[Row[tuple[object, ...]]]:
    statement = select(agent_presence).where(
        agent_presence.c.tenant_id == unit.tenant, agent_presence.c.staff_number.in_(sorted(staff))
    )
    return list(unit.conn.execute(statement).all())


def _put(unit: Unit, staff_number: str, values: dict[str, object]) -> None:
    key = {"tenant_id": unit.tenant, "staff_number": staff_number}
    empty = {"state": "", "since": None, "heard_at": None, "away_since": None, "away_until": None}
    upsert(unit, agent_presence, [key | empty], keys=tuple(key), keep=tuple(empty))
    where = (agent_presence.c.tenant_id == unit.tenant, agent_presence.c.staff_number == staff_number)
    unit.conn.execute(update(agent_presence).where(*where).values(**values))
