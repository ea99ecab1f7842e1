"""What came of calls later is looked for by customer whenever a call comes.

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_later_event_customer", "later_event", ["tenant_id", "customer_id", "outcome_id"], unique=False)
