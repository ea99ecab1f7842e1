"""Reinstall cards that agents gave, and which came back.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reinstall_card",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=14), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("outcome_id", sa.String(length=36), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("redeemed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redeemed_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "number", name=op.f("pk_reinstall_card")),
    )
    op.create_index("ix_reinstall_card_given", "reinstall_card", ["tenant_id", "given_at"], unique=False)
    op.create_index("ix_reinstall_card_outcome", "reinstall_card", ["tenant_id", "outcome_id"], unique=False)
