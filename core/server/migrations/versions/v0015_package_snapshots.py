"""The snapshots of customers that responsibility packages are about.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "package_snapshot",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("package", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=False),
        sa.Column("base_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "package", "customer_id", name=op.f("pk_package_snapshot")),
    )
    op.create_index("ix_package_snapshot_team", "package_snapshot", ["tenant_id", "package", "team_id"], unique=False)
