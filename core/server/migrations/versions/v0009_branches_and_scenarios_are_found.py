"""Whether anybody belongs to a branch, and the outcomes of a scenario, are found without reading all rows.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_customer_branch", "customer", ["tenant_id", "branch"])
    op.create_index("ix_outcome_scenario", "outcome", ["tenant_id", "scenario", "team_id"])
