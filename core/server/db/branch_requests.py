"""Requests to branches in the database: one a plan and branch."""

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from core.domain import decoding
from core.domain.branch_request import BranchRequest, BranchState
from core.server.db.engine import Unit
from core.server.db.schema import branch_request
from core.server.db.upsert import upsert

_decode = decoding.decoder(BranchRequest).decode
_encode = msgspec.json.Encoder().encode


def get(unit: Unit, plan_code: str, branch: str) -> BranchRequest | None:
    """The request, held for this transaction."""
    statement = select(branch_request.c.body).where(
        branch_request.c.tenant_id == unit.tenant,
        branch_request.c.plan_code == plan_code,
        branch_request.c.branch == branch,
    )
    body = unit.conn.execute(statement.with_for_update()).scalar_one_or_none()
    return None if body is None else _decode(body)


def add(unit: Unit, value: BranchRequest) -> bool:
    """Keeps the first request of a plan and branch; False where there is one, that of somebody who asks right now
    included: it is waited for."""
    insert = (postgresql.insert if unit.postgres else sqlite.insert)(branch_request).values(_row(unit, value))
    kept: Any = insert.on_conflict_do_nothing(index_elements=["tenant_id", "plan_code", "branch"])
    return unit.conn.execute(kept.returning(branch_request.c.plan_code)).first() is not None


def put(unit: Unit, value: BranchRequest) -> None:
    upsert(unit, branch_request, [_row(unit, value)], keys=("tenant_id", "plan_code", "branch"))


def _row(unit: Unit, value: BranchRequest) -> dict[str, Any]:
    return {
        "tenant_id": unit.tenant,
        "plan_code": value.plan_code,
        "branch": value.branch,
        "state": value.state.value,
        "asked_by": value.asked_by[0] if value.asked_by else "",
        "asked_at": value.asked_at,
        "changed_at": value.changed_at,
        "body": _encode(value),
    }


def listed(unit: Unit, *, state: BranchState | None = None, limit: int = 500) -> list[BranchRequest]:
    """Oldest first; all states where none is named."""
    statement = select(branch_request.c.body).where(branch_request.c.tenant_id == unit.tenant)
    if state is not None:
        statement = statement.where(branch_request.c.state == state.value)
    ordered = statement.order_by(branch_request.c.asked_at, branch_request.c.plan_code).limit(limit)
    return [_decode(body) for body in unit.conn.execute(ordered).scalars()]
