"""An import is on record from its first row on; `finished_at` tells which ones came to their end.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_run", sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))
    # Until now a run was written down when it had ended, with its beginning as the only moment.
    op.execute("UPDATE import_run SET finished_at = started_at")
