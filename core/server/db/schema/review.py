"""What reviews are made of: where each call counts, what changed since its pack was made, and the packs themselves."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

review_call = Table(
    "review_call",
    metadata,
    tenant(),
    Column("outcome_id", String(36), primary_key=True),
    # of a chain of corrections the record that was saved in the call
    Column("root_id", String(36), nullable=False),
    Column("customer_id", String(80), nullable=False),
    # who called, whoever recorded it anew, and the team that they were in
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    # when the call counts, and that day in China, in days since 1970
    Column("at", Moment, nullable=False),
    Column("day", Integer, nullable=False),
    Column("dialled", Boolean, nullable=False),
    Column("clock_wrong", Boolean, nullable=False),
    Index("ix_review_call_day", "tenant_id", "team_id", "day"),
    Index("ix_review_call_customer", "tenant_id", "customer_id", "at"),
    Index("ix_review_call_root", "tenant_id", "root_id"),
)

review_touch = Table(
    "review_touch",
    metadata,
    tenant(),
    # a row a change, never updated: those who save do not wait for each other
    Column("id", String(36), primary_key=True),
    # empty: that of the staff number
    Column("team_id", String(40), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("day", Integer, nullable=False),
)

review_pack = Table(
    "review_pack",
    metadata,
    tenant(),
    Column("team_id", String(40), primary_key=True),
    # a day or a month: 2026-11-22, 2026-08
    Column("period", String(10), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
)

review_part = Table(
    "review_part",
    metadata,
    tenant(),
    Column("team_id", String(40), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("name", String(20), primary_key=True),
    # SHA-256 of the body, hexadecimal
    Column("digest", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_review_part_digest", "tenant_id", "digest"),
)

departure = Table(
    "departure",
    metadata,
    tenant(),
    Column("customer_id", String(80), primary_key=True),
    Column("left_on", Date, nullable=False),
)
