"""Trials that end and times at stores are kept, so that whoever looks after the customer is told of them.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreed_date",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("outcome_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "id", name=op.f("pk_agreed_date")),
    )
    op.create_index("ix_agreed_date_outcome", "agreed_date", ["tenant_id", "outcome_id"], unique=False)
    op.create_index("ix_agreed_date_told", "agreed_date", ["tenant_id", "told", "at"], unique=False)
