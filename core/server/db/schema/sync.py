"""What desks pull: the feed of changes and the published content."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Sequence, String, Table

from core.server.db.schema.base import metadata, tenant

feed = Table(
    "feed",
    metadata,
    tenant(),
    # a staff number, or `*` for everyone
    Column("audience", String(40), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("deleted", Boolean, nullable=False),
    # transaction on PostgreSQL, 0 on SQLite
    Column("xid", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Index("ix_feed_order", "tenant_id", "audience", "xid", "seq"),
    Index("ix_feed_key", "tenant_id", "kind", "key"),
)

counter = Table(
    "counter",
    metadata,
    tenant(),
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

feed_seq = Sequence("feed_seq", metadata=metadata, data_type=BigInteger)

content = Table(
    "content",
    metadata,
    tenant(),
    Column("kind", String(40), primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("version", Integer, nullable=False),
    # wire.pull.ContentDocument as JSON
    Column("body", LargeBinary, nullable=False),
)
