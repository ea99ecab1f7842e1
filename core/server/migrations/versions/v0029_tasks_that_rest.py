"""Tasks whose customer may not be called for a while are passed over without asking anew each time.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))
