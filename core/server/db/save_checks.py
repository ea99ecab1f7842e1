"""Claimed saves that are asked after, as rows (FOLLOW-02)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, select, update

from core.domain.quality.save_check import CheckState, SaveCheck
from core.domain.task import OPEN_STATES
from core.server.db.engine import Unit
from core.server.db.schema import customer_section, save_check, task
from core.server.db.upsert import upsert


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A save that is to be asked after, and when."""

    check: SaveCheck
    ask_from: datetime
    ask_until: datetime


def add(unit: Unit, planned: Sequence[Planned]) -> None:
    """One that is there already stays as it is."""
    rows = [
        {
            "tenant_id": unit.tenant, "save_id": str(one.check.save), "customer_id": one.check.customer_id,
            "staff_number": one.check.agent, "team_id": one.check.team, "scenario": one.check.scenario,
            "saved_at": one.check.saved_at, "state": one.check.state.value, "ask_from": one.ask_from,
            "ask_until": one.ask_until, "task_id": one.check.task_id, "answered_at": one.check.answered_at,
            "answered_by": one.check.answered_by, "answer_id": str(one.check.answer or ""),
        }
        for one in planned
    ]  # fmt: skip
    upsert(unit, save_check, rows, keys=("tenant_id", "save_id"), keep=tuple(rows[0]) if rows else ())


def get(unit: Unit, save_id: str) -> SaveCheck | None:
    statement = select(save_check).where(save_check.c.tenant_id == unit.tenant, save_check.c.save_id == save_id)
    row = unit.conn.execute(statement).one_or_none()
    return None if row is None else _check(row)


def of_task(unit: Unit, task_id: str) -> SaveCheck | None:
    """The save that a task asks after."""
    statement = select(save_check).where(save_check.c.tenant_id == unit.tenant, save_check.c.task_id == task_id)
    row = unit.conn.execute(statement).first()
    return None if row is None else _check(row)


def of_customer(unit: Unit, customer_id: str) -> list[SaveCheck]:
    """Latest first."""
    statement = select(save_check).where(save_check.c.tenant_id == unit.tenant, save_check.c.customer_id == customer_id)
    return [_check(row) for row in unit.conn.execute(statement.order_by(save_check.c.saved_at.desc()))]


def due(unit: Unit, limit: int) -> list[SaveCheck]:
    """Those that wait and may be asked after now, oldest first. A customer who has an open task, or is not known any
    more, is none of them: nobody behind waits for them."""
    busy = select(task.c.id).where(
        task.c.tenant_id == unit.tenant,
        task.c.customer_id == save_check.c.customer_id,
        task.c.state.in_(OPEN_STATES),
    )
    known = select(customer_section.c.customer_id).where(
        customer_section.c.tenant_id == unit.tenant,
        customer_section.c.customer_id == save_check.c.customer_id,
        customer_section.c.section == "identity",
    )
    statement = select(save_check).where(
        save_check.c.tenant_id == unit.tenant,
        save_check.c.state == CheckState.WAITING.value,
        save_check.c.ask_from <= unit.now,
        save_check.c.ask_until > unit.now,
        ~busy.exists(),
        known.exists(),
    )
    return [_check(row) for row in unit.conn.execute(statement.order_by(save_check.c.ask_from).limit(limit))]


def in_state(unit: Unit, state: CheckState, *conditions: Any) -> list[SaveCheck]:
    statement = select(save_check).where(
        save_check.c.tenant_id == unit.tenant, save_check.c.state == state.value, *conditions
    )
    return [_check(row) for row in unit.conn.execute(statement.order_by(save_check.c.saved_at))]


def change(unit: Unit, save_id: UUID, **values: Any) -> None:
    unit.conn.execute(
        update(save_check)
        .where(save_check.c.tenant_id == unit.tenant, save_check.c.save_id == str(save_id))
        .values(**values)
    )


def _check(row: Row[Any]) -> SaveCheck:
    return SaveCheck(
        save=UUID(row.save_id), agent=row.staff_number, team=row.team_id, scenario=row.scenario,
        customer_id=row.customer_id, saved_at=row.saved_at, state=CheckState(row.state), task_id=row.task_id,
        answered_at=row.answered_at, answered_by=row.answered_by,
        answer=UUID(row.answer_id) if row.answer_id else None,
    )  # fmt: skip
