"""Each version of each piece of content, which of them stood together in a publication, and the tips of agents."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

content_version = Table(
    "content_version",
    metadata,
    tenant(),
    Column("kind", String(40), primary_key=True),
    Column("name", String(120), primary_key=True),
    # SHA-256 of the body: a later program may write the same version with more fields
    Column("digest", LargeBinary(32), primary_key=True),
    Column("version", Integer, nullable=False),
    # wire.pull.ContentDocument as JSON
    Column("body", LargeBinary, nullable=False),
)

publication = Table(
    "publication",
    metadata,
    tenant(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", String(20), nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    # the publication that a rollback went back to
    Column("of", Integer),
)

publication_piece = Table(
    "publication_piece",
    metadata,
    tenant(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(40), primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Index("ix_publication_piece_version", "tenant_id", "kind", "name", "version"),
)

tip = Table(
    "tip",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", String(60), nullable=False),
    Column("reason", String(400), nullable=False),
    # domain.knowledge.Tip as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_tip_state", "tenant_id", "state", "received_at"),
)
