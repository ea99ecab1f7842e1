"""What agents are doing and are to reach, and which desk a recalled task does not go back to.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _tenant() -> sa.Column[str]:
    return sa.Column("tenant_id", sa.String(length=40), nullable=False)


def _staff() -> sa.Column[str]:
    return sa.Column("staff_number", sa.String(length=40), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "agent_state",
        _tenant(),
        sa.Column("id", sa.String(length=36), nullable=False),
        _staff(),
        sa.Column("state", sa.String(length=20), nullable=False),
        _moment("at"),
        _moment("received_at"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agent_state")),
    )
    op.create_index("ix_agent_state_staff", "agent_state", ["tenant_id", "staff_number", "at"], unique=False)
    op.create_table(
        "agent_presence",
        _tenant(),
        _staff(),
        sa.Column("state", sa.String(length=20), nullable=False),
        *(_moment(name, nullable=True) for name in ("since", "heard_at", "away_since", "away_until")),
        sa.PrimaryKeyConstraint("tenant_id", "staff_number", name=op.f("pk_agent_presence")),
    )
    op.create_table(
        "agent_target",
        _tenant(),
        _staff(),
        sa.Column("scenario", sa.String(length=80), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("successes", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(length=60), nullable=False),
        _moment("set_at"),
        sa.PrimaryKeyConstraint("tenant_id", "staff_number", "scenario", name=op.f("pk_agent_target")),
    )
    op.create_table(
        "task_recall",
        _tenant(),
        sa.Column("task_id", sa.String(length=80), nullable=False),
        _staff(),
        sa.Column("recalled_by", sa.String(length=60), nullable=False),
        _moment("at"),
        _moment("until"),
        sa.PrimaryKeyConstraint("tenant_id", "task_id", "staff_number", name=op.f("pk_task_recall")),
    )
