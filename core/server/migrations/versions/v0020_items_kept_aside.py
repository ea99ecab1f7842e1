"""Why an item was kept aside, and what stands in its place.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Until now only what came twice with other content was kept.
    op.add_column("conflict", sa.Column("code", sa.String(length=40), nullable=False, server_default="other_bytes"))
    op.add_column("conflict", sa.Column("repaired_by", sa.String(length=36), nullable=False, server_default=""))
