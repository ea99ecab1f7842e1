"""What departments are asked, standing commitments, and what came of calls days later.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _errands()
    _commitments()
    _later_events()


def _errands() -> None:
    op.create_table(
        "errand",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("outcome_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_errand")),
    )
    op.create_index("ix_errand_due", "errand", ["tenant_id", "due_at"])
    op.create_index("ix_errand_late", "errand", ["tenant_id", "late_at"])
    op.create_index("ix_errand_outcome", "errand", ["tenant_id", "outcome_id"])
    op.create_index("ix_errand_state", "errand", ["tenant_id", "state", "created_at"])


def _commitments() -> None:
    op.create_table(
        "commitment",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_commitment")),
    )
    op.create_index("ix_commitment_open", "commitment", ["tenant_id", "ended"])
    op.create_index("ix_commitment_customer", "commitment", ["tenant_id", "customer_id"])


def _later_events() -> None:
    op.create_table(
        "later_event",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome_id", sa.String(length=36), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_later_event")),
    )
    op.create_index("ix_later_event_outcome", "later_event", ["tenant_id", "outcome_id"])
    op.create_index("ix_later_event_at", "later_event", ["tenant_id", "at"])
