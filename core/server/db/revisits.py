"""Calls that are to follow a repair, as rows: each stays until it is a task, or nobody wants it any more."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from core.domain import decoding
from core.domain.task import OPEN_STATES
from core.domain.text import Text
from core.server.db.engine import Unit
from core.server.db.schema import repair_revisit, task
from core.server.db.upsert import upsert

_encode = msgspec.json.Encoder().encode


class Revisit(msgspec.Struct, frozen=True, kw_only=True):
    case: UUID
    customer_id: str
    agent: str
    """staff number of who led the repair"""
    scenario: str
    reason: Text
    at: datetime
    """when to call"""
    task_id: str


_decode = decoding.decoder(Revisit).decode


def put(unit: Unit, value: Revisit) -> None:
    """The newest end of a case counts."""
    row = {
        "tenant_id": unit.tenant,
        "case_id": str(value.case),
        "customer_id": value.customer_id,
        "body": _encode(value),
    }
    upsert(unit, repair_revisit, [row], keys=("tenant_id", "case_id"))


def get(unit: Unit, case_id: UUID) -> Revisit | None:
    statement = select(repair_revisit.c.body).where(
        repair_revisit.c.tenant_id == unit.tenant, repair_revisit.c.case_id == str(case_id)
    )
    body = unit.conn.execute(statement).scalar_one_or_none()
    return None if body is None else _decode(body)


def drop(unit: Unit, case_id: UUID) -> None:
    unit.conn.execute(
        delete(repair_revisit).where(
            repair_revisit.c.tenant_id == unit.tenant, repair_revisit.c.case_id == str(case_id)
        )
    )


def possible(unit: Unit) -> list[Revisit]:
    """Those whose customer has no open task, by customer: locks are taken in that order."""
    busy = select(task.c.id).where(
        task.c.tenant_id == unit.tenant,
        task.c.customer_id == repair_revisit.c.customer_id,
        task.c.state.in_(OPEN_STATES),
    )
    statement = select(repair_revisit.c.body).where(repair_revisit.c.tenant_id == unit.tenant, ~busy.exists())
    ordered = statement.order_by(repair_revisit.c.customer_id, repair_revisit.c.case_id)
    return [_decode(body) for body in unit.conn.execute(ordered).scalars()]
