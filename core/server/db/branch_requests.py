"""Requests to branches in the database: one a plan and branch."""

import msgspec
from sqlalchemy import select

from core.domain.branch_request import BranchRequest, BranchState
from core.server.db.engine import Unit
from core.server.db.schema import branch_request
from core.server.db.upsert import upsert

_decode = msgspec.json.Decoder(BranchRequest).decode
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


def put(unit: Unit, value: BranchRequest) -> None:
    row = {
        "tenant_id": unit.tenant,
        "plan_code": value.plan_code,
        "branch": value.branch,
        "state": value.state.value,
        "asked_by": value.asked_by[0] if value.asked_by else "",
        "asked_at": value.asked_at,
        "changed_at": value.changed_at,
        "body": _encode(value),
    }
    upsert(unit, branch_request, [row], keys=("tenant_id", "plan_code", "branch"))


def listed(unit: Unit, *, state: BranchState | None = None, limit: int = 500) -> list[BranchRequest]:
    """Oldest first; all states where none is named."""
    statement = select(branch_request.c.body).where(branch_request.c.tenant_id == unit.tenant)
    if state is not None:
        statement = statement.where(branch_request.c.state == state.value)
    ordered = statement.order_by(branch_request.c.asked_at, branch_request.c.plan_code).limit(limit)
    return [_decode(body) for body in unit.conn.execute(ordered).scalars()]
