"""Orders that leave for the CRM, and requests to branches.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _orders()
    _branch_requests()


def _orders() -> None:
    op.create_table(
        "placed_order",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("outcome_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_placed_order")),
    )
    op.create_index("ix_placed_order_due", "placed_order", ["tenant_id", "due_at"], unique=False)
    op.create_index("ix_placed_order_outcome", "placed_order", ["tenant_id", "outcome_id"], unique=False)
    op.create_index("ix_placed_order_state", "placed_order", ["tenant_id", "state", "created_at"], unique=False)


def _branch_requests() -> None:
    op.create_table(
        "branch_request",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("plan_code", sa.String(length=80), nullable=False),
        sa.Column("branch", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "plan_code", "branch", name=op.f("pk_branch_request")),
    )
    op.create_index("ix_branch_request_state", "branch_request", ["tenant_id", "state", "asked_at"], unique=False)
