"""Events of other systems, contacts that leave otherwise than by a call, and runs at set hours.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _incoming()
    _outgoing()
    _runs()


def _incoming() -> None:
    op.create_table(
        "incoming_event",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=30), nullable=False),
        sa.Column("task_id", sa.String(length=80), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_incoming_event")),
    )
    op.create_index("ix_incoming_event_state", "incoming_event", ["tenant_id", "state", "received_at"])
    op.create_index("ix_incoming_event_customer", "incoming_event", ["tenant_id", "customer_id"])


def _outgoing() -> None:
    op.create_table(
        "outgoing_contact",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("campaign_id", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_outgoing_contact")),
    )
    op.create_index("ix_outgoing_contact_due", "outgoing_contact", ["tenant_id", "due_at"])
    op.create_index("ix_outgoing_contact_campaign", "outgoing_contact", ["tenant_id", "campaign_id", "state"])
    op.create_index("ix_outgoing_contact_customer", "outgoing_contact", ["tenant_id", "customer_id"])


def _runs() -> None:
    op.create_table(
        "job_run",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("again_at", sa.DateTime(timezone=True)),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.Column("error", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "job", "due", name=op.f("pk_job_run")),
    )
    op.create_index("ix_job_run_state", "job_run", ["tenant_id", "state"])
