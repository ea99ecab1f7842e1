"""Requests for more authority: kept with a number that grows at each change, so that a desk asks for what is newer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, and_, delete, or_, select, update

from core.domain import decoding
from core.domain.authority import OPEN_FOR, AuthorityCase, AuthorityRequest, RequestState
from core.server.db import counters
from core.server.db.engine import Unit
from core.server.db.schema import authority_deputy, authority_request, counter
from core.server.db.upsert import upsert

_COUNTER = "authority"
SHOWN_FOR = timedelta(days=30)
"""own requests, to a desk that asks for the first time"""
_decode = decoding.decoder(AuthorityRequest).decode
_table = authority_request


@dataclass(frozen=True, slots=True)
class StoredCase:
    case: AuthorityCase
    team: str


def add(unit: Unit, request: AuthorityRequest, *, agent_name: str, team: str) -> None:
    unit.conn.execute(
        _table.insert().values(
            tenant_id=unit.tenant, id=str(request.id), seq=_next(unit), staff_number=request.agent,
            agent_name=agent_name, team_id=team, customer_id=request.customer_id, state=RequestState.WAITING.value,
            received_at=unit.now, expires_at=unit.now + OPEN_FOR, granted_fen=0, words="", answered_by="",
            answered_by_name="", answered_at=None, used_by="", body=msgspec.json.encode(request),
        )
    )  # fmt: skip


def get(unit: Unit, request_id: str, *, lock: bool = False) -> StoredCase | None:
    statement = select(_table).where(_table.c.tenant_id == unit.tenant, _table.c.id == request_id)
    row = unit.conn.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else _stored(row)


def change(unit: Unit, request_id: str, **values: Any) -> None:
    """New values of the columns, and a new number with them."""
    unit.conn.execute(
        update(_table)
        .where(_table.c.tenant_id == unit.tenant, _table.c.id == request_id)
        .values(seq=_next(unit), **values)
    )


def waiting_for(unit: Unit, staff_number: str, customer_id: str) -> list[StoredCase]:
    """That agent's requests for the customer that nobody answered yet."""
    rows = unit.conn.execute(
        select(_table)
        .where(
            _table.c.tenant_id == unit.tenant,
            _table.c.staff_number == staff_number,
            _table.c.customer_id == customer_id,
            _table.c.state == RequestState.WAITING.value,
        )
        .order_by(_table.c.id)
        .with_for_update()
    )
    return [_stored(row) for row in rows]


def call_back_at(unit: Unit, case: AuthorityCase, at: datetime) -> None:
    """The customer is called back then with the answer: until then it may come."""
    request = msgspec.structs.replace(case.request, call_at=at)
    expires_at = max(case.expires_at, at)
    change(unit, str(request.id), expires_at=expires_at, body=msgspec.json.encode(request))


def granted_fen(unit: Unit, request: AuthorityRequest) -> int:
    """What the agent's other requests of the same case were granted together, used or not."""
    rows = unit.conn.execute(
        select(_table.c.granted_fen, _table.c.body).where(
            _table.c.tenant_id == unit.tenant,
            _table.c.staff_number == request.agent,
            _table.c.customer_id == request.customer_id,
            _table.c.granted_fen > 0,
            _table.c.id != str(request.id),
        )
    )
    return sum(row.granted_fen for row in rows if _decode(row.body).case == request.case)


def waiting_past(unit: Unit) -> list[str]:
    """Ids of those that waited longer than they may."""
    statement = select(_table.c.id).where(
        _table.c.tenant_id == unit.tenant,
        _table.c.state == RequestState.WAITING.value,
        _table.c.expires_at <= unit.now,
    )
    return list(unit.conn.execute(statement).scalars())


def newer(
    unit: Unit, after: int, *, staff_number: str, teams: Collection[str] | None, limit: int = 500
) -> tuple[list[AuthorityCase], int]:
    """What changed after that number: one's own, and of the teams (None: of all); with the number to go on from.

    To a desk that begins (`after` 0) of the teams only what waits, of one's own only what is not old.
    """
    top = last(unit)
    if after > top:
        # A database that was restored counts from an earlier number.
        after = 0
    own = _table.c.staff_number == staff_number
    theirs = _table.c.team_id.in_(teams) if teams is not None else _table.c.id != ""
    if after == 0:
        own = and_(own, _table.c.received_at > unit.now - SHOWN_FOR)
        theirs = and_(theirs, _table.c.state == RequestState.WAITING.value)
    rows = unit.conn.execute(
        select(_table)
        .where(_table.c.tenant_id == unit.tenant, _table.c.seq > after, or_(own, theirs))
        .order_by(_table.c.seq)
        .limit(limit)
    ).all()
    return [_stored(row).case for row in rows], rows[-1].seq if len(rows) == limit else top


def last(unit: Unit) -> int:
    """The number of the latest change."""
    statement = select(counter.c.value).where(counter.c.tenant_id == unit.tenant, counter.c.name == _COUNTER)
    return unit.conn.execute(statement).scalar_one_or_none() or 0


def deputised(unit: Unit, staff_number: str) -> frozenset[str]:
    """Teams that somebody answers for now beside their own."""
    statement = select(authority_deputy.c.team_id).where(
        authority_deputy.c.tenant_id == unit.tenant,
        authority_deputy.c.staff_number == staff_number,
        authority_deputy.c.until > unit.now,
    )
    return frozenset(unit.conn.execute(statement).scalars())


def put_deputy(unit: Unit, team: str, staff_number: str, until: datetime) -> None:
    """What waits for the team is news to them: a desk that runs asks for what is newer alone."""
    values = {"tenant_id": unit.tenant, "team_id": team, "staff_number": staff_number, "until": until}
    upsert(unit, authority_deputy, [values], keys=("tenant_id", "team_id", "staff_number"))
    waiting = select(_table.c.id).where(
        _table.c.tenant_id == unit.tenant, _table.c.team_id == team, _table.c.state == RequestState.WAITING.value
    )
    # All of them are held before the first takes a number: an answer holds its request, then takes one.
    for request_id in unit.conn.execute(waiting.order_by(_table.c.seq).with_for_update()).scalars().all():
        change(unit, request_id)


def deputies(unit: Unit) -> list[tuple[str, str, datetime]]:
    """Team, staff number and end of those that stand in now."""
    rows = unit.conn.execute(
        select(authority_deputy.c.team_id, authority_deputy.c.staff_number, authority_deputy.c.until)
        .where(authority_deputy.c.tenant_id == unit.tenant, authority_deputy.c.until > unit.now)
        .order_by(authority_deputy.c.team_id, authority_deputy.c.staff_number)
    )
    return [(row.team_id, row.staff_number, row.until) for row in rows]


def drop_deputy(unit: Unit, team: str, staff_number: str) -> bool:
    """False where they were none."""
    gone = unit.conn.execute(
        delete(authority_deputy).where(
            authority_deputy.c.tenant_id == unit.tenant,
            authority_deputy.c.team_id == team,
            authority_deputy.c.staff_number == staff_number,
        )
    )
    return gone.rowcount > 0


def _next(unit: Unit) -> int:
    """Taking it makes other changes wait for this one: no desk's cursor passes a number that is still to come."""
    return counters.next_number(unit, _COUNTER)


def _stored(row: Row[Any]) -> StoredCase:
    case = AuthorityCase(
        request=_decode(row.body),
        agent_name=row.agent_name,
        state=RequestState(row.state),
        received_at=row.received_at,
        expires_at=row.expires_at,
        granted_fen=row.granted_fen,
        words=row.words,
        answered_by=row.answered_by,
        answered_by_name=row.answered_by_name,
        answered_at=row.answered_at,
        used_by=UUID(row.used_by) if row.used_by else None,
    )
    return StoredCase(case, row.team_id)
