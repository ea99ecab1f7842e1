"""Orders that have ended are told to their desks for ninety days: those of before fall due then too.

Revision ID: 0007
Revises: 0006
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TOLD = timedelta(days=90)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    order = sa.table(
        "placed_order",
        sa.column("tenant_id", sa.String()),
        sa.column("id", sa.String()),
        sa.column("changed_at", moment),
        sa.column("due_at", moment),
    )
    conn = op.get_bind()
    ended = conn.execute(sa.select(order.c.tenant_id, order.c.id, order.c.changed_at).where(order.c.due_at.is_(None)))
    for tenant_id, id_, changed_at in ended.all():
        conn.execute(
            sa.update(order).where(order.c.tenant_id == tenant_id, order.c.id == id_).values(due_at=changed_at + TOLD)
        )
