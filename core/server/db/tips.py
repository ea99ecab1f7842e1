"""Tips that agents wrote, from their coming until somebody approved or refused them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, func, select, update

from core.domain import decoding
from core.domain.knowledge import Tip, TipState
from core.server.db.engine import Unit
from core.server.db.schema import tip

_decode = decoding.decoder(Tip).decode


@dataclass(frozen=True, slots=True)
class StoredTip:
    tip: Tip
    team: str
    state: TipState
    received_at: datetime
    decided_by: str
    reason: str


def add(unit: Unit, value: Tip, *, team: str) -> None:
    unit.conn.execute(
        tip.insert().values(
            tenant_id=unit.tenant, id=str(value.id), staff_number=value.agent, team_id=team, scenario=value.scenario,
            state=TipState.WAITING.value, received_at=unit.now, decided_at=None, decided_by="", reason="",
            body=msgspec.json.encode(value),
        )
    )  # fmt: skip


def get(unit: Unit, tip_id: str, *, lock: bool = False) -> StoredTip | None:
    statement = select(tip).where(tip.c.tenant_id == unit.tenant, tip.c.id == tip_id)
    row = unit.conn.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else _stored(row)


def listed(unit: Unit, *, state: TipState | None = None, team: str = "", limit: int = 500) -> list[StoredTip]:
    """Oldest first; `team` empty for all teams."""
    statement = select(tip).where(tip.c.tenant_id == unit.tenant)
    if state is not None:
        statement = statement.where(tip.c.state == state.value)
    if team:
        statement = statement.where(tip.c.team_id == team)
    rows = unit.conn.execute(statement.order_by(tip.c.received_at, tip.c.id).limit(limit))
    return [_stored(row) for row in rows]


def count(unit: Unit, state: TipState) -> int:
    mine = select(func.count()).select_from(tip).where(tip.c.tenant_id == unit.tenant, tip.c.state == state.value)
    return int(unit.conn.execute(mine).scalar_one())


def decide(unit: Unit, tip_id: str, *, state: TipState, by: str, reason: str) -> None:
    unit.conn.execute(
        update(tip)
        .where(tip.c.tenant_id == unit.tenant, tip.c.id == tip_id)
        .values(state=state.value, decided_at=unit.now, decided_by=by, reason=reason)
    )


def reword(unit: Unit, value: Tip) -> None:
    """Its words are these from now on."""
    unit.conn.execute(
        update(tip)
        .where(tip.c.tenant_id == unit.tenant, tip.c.id == str(value.id))
        .values(body=msgspec.json.encode(value))
    )


def _stored(row: Row[Any]) -> StoredTip:
    return StoredTip(
        tip=_decode(row.body),
        team=row.team_id,
        state=TipState(row.state),
        received_at=row.received_at,
        decided_by=row.decided_by,
        reason=row.reason,
    )
