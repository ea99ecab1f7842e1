"""Tasks found by their list: what came of a campaign, and what its stop takes back, is asked without reading them all.

Revision ID: 0027
Revises: 0026
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_task_list", "task", ["tenant_id", "list_id", "state"])
