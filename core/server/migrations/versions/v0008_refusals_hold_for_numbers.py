"""A refusal of calls holds for the customer's numbers under whatever id: those of before are kept by number too.

Revision ID: 0008
Revises: 0007
"""

from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NAMESPACE = UUID("6f0d2b0e-4a53-5c0e-9f4e-1a7c5d1b2e90")
_CARRIED = ("tenant_id", "outcome_id", "staff_number", "at", "released_at", "released_by")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    kinds = {"at": moment, "released_at": moment}
    opt_out = sa.table(
        "opt_out", *(sa.column(name, kinds.get(name, sa.String())) for name in ("customer_id", *_CARRIED))
    )
    number = sa.table(
        "contact_number", *(sa.column(name, sa.String()) for name in ("tenant_id", "customer_id", "number")),
        sa.column("bad", sa.Boolean()),
    )  # fmt: skip
    same = (number.c.tenant_id == opt_out.c.tenant_id) & (number.c.customer_id == opt_out.c.customer_id)
    conn = op.get_bind()
    held = {tuple(row) for row in conn.execute(sa.select(opt_out.c.tenant_id, opt_out.c.customer_id))}
    refused = (
        sa.select(*(opt_out.c[name] for name in _CARRIED), number.c.number)
        .join_from(opt_out, number, same)
        .where(opt_out.c.released_at.is_(None), number.c.bad.is_(False))
        .order_by(opt_out.c.at, opt_out.c.customer_id)
    )
    fresh: dict[tuple[str, str], dict[str, Any]] = {}
    for row in conn.execute(refused).mappings():
        by_number = str(uuid5(_NAMESPACE, f"customer:number:{row['number']}"))
        key = (row["tenant_id"], by_number)
        if key not in held:
            fresh.setdefault(key, {"customer_id": by_number, **{name: row[name] for name in _CARRIED}})
    if fresh:
        conn.execute(sa.insert(opt_out), list(fresh.values()))
