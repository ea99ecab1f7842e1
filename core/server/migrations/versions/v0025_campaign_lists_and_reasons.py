"""Why each member was chosen, lists that campaigns choose from, and what the server notes of a campaign as it runs.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("standing", sa.LargeBinary()))
    op.create_table(
        "campaign_reason",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("campaign_id", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "campaign_id", "customer_id", name=op.f("pk_campaign_reason")),
    )
    op.create_table(
        "campaign_list",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_campaign_list")),
    )
    op.create_table(
        "campaign_list_entry",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("list_id", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "list_id", "customer_id", name=op.f("pk_campaign_list_entry")),
    )
    op.create_index("ix_campaign_list_entry_customer", "campaign_list_entry", ["tenant_id", "customer_id"])
