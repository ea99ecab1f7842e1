"""Customers whose data are gone for good, and files with customers' data that commands have written."""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

past_customer = Table(
    "past_customer",
    metadata,
    tenant(),
    Column("customer_id", String(80), primary_key=True),
    # what past calls still count as: none of it says who it was
    Column("tier", String(20), nullable=False),
    Column("value", String(20), nullable=False),
    Column("area", String(80), nullable=False),
    Column("manager", String(40), nullable=False),
    Column("dealer", String(80), nullable=False),
    # server.db.past.Why
    Column("why", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)

written_file = Table(
    "written_file",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    # domain.data_periods.Kept
    Column("kind", String(20), nullable=False),
    Column("path", String(1000), nullable=False),
    # it is looked for on this machine alone
    Column("machine", String(120), nullable=False),
    # SHA-256: a file that somebody has changed since is theirs; empty of a backup, which is never deleted
    Column("digest", LargeBinary(32), nullable=False),
    Column("written_at", Moment, nullable=False),
    Index("ix_written_file_kind", "tenant_id", "kind", "written_at"),
)
