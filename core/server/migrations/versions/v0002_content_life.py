"""Versions of content, publications, tips. What was published before stands as the first publication.

Revision ID: 0002
Revises: 0001
"""

import hashlib
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _content()
    _tips()
    _first_publication()


def _content() -> None:
    op.create_table(
        "content_version",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "name", "digest", name=op.f("pk_content_version")),
    )
    op.create_table(
        "publication",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "number", name=op.f("pk_publication")),
    )
    op.create_table(
        "publication_piece",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "number", "kind", "name", name=op.f("pk_publication_piece")),
    )
    op.create_index(
        "ix_publication_piece_version", "publication_piece", ["tenant_id", "kind", "name", "version"], unique=False
    )


def _tips() -> None:
    op.create_table(
        "tip",
        sa.Column("tenant_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("staff_number", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("scenario", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tip")),
    )
    op.create_index("ix_tip_state", "tip", ["tenant_id", "state", "received_at"], unique=False)


def _first_publication() -> None:
    """What each tenant's desks have now: a rollback can lead back to it."""
    conn = op.get_bind()
    rows = conn.execute(sa.text("SELECT tenant_id, kind, name, version, body FROM content")).all()
    piece = sa.text(
        "INSERT INTO publication_piece (tenant_id, number, kind, name, version, digest)"
        " VALUES (:tenant, 1, :kind, :name, :version, :digest)"
    )
    version = sa.text(
        "INSERT INTO content_version (tenant_id, kind, name, digest, version, body)"
        " VALUES (:tenant, :kind, :name, :digest, :version, :body)"
    )
    for tenant, kind, name, number, body in rows:
        digest = hashlib.sha256(bytes(body)).digest()
        values = {"tenant": tenant, "kind": kind, "name": name, "version": number, "digest": digest}
        conn.execute(version, values | {"body": bytes(body)})
        conn.execute(piece, values)
    now = datetime.now(UTC)
    at = now.replace(tzinfo=None) if conn.dialect.name == "sqlite" else now
    first = sa.text(
        'INSERT INTO publication (tenant_id, number, source, "by", at, "of")'
        " VALUES (:tenant, 1, 'shipped', '', :at, NULL)"
    ).bindparams(sa.bindparam("at", type_=sa.DateTime(timezone=True)))
    last = sa.text("INSERT INTO counter (tenant_id, name, value) VALUES (:tenant, 'publication', 1)")
    for tenant in sorted({row[0] for row in rows}):
        conn.execute(first, {"tenant": tenant, "at": at})
        conn.execute(last, {"tenant": tenant})
