"""Customers: a slim searchable row, and the document's sections as encoded JSON."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

customer = Table(
    "customer",
    metadata,
    tenant(),
    Column("id", String(80), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("pinyin", String(240), nullable=False),
    Column("initials", String(40), nullable=False),
    Column("main_number", String(32), nullable=False),
    Column("tier", String(20), nullable=False),
    Column("value", String(20), nullable=False),
    Column("manager", String(40), nullable=False),
    Column("area", String(80), nullable=False),
    Column("grid", String(80), nullable=False),
    Column("branch", String(80), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("ix_customer_name", "tenant_id", "name"),
    Index("ix_customer_initials", "tenant_id", "initials"),
    Index("ix_customer_pinyin", "tenant_id", "pinyin"),
    Index("ix_customer_branch", "tenant_id", "branch"),
    Index("ix_customer_manager", "tenant_id", "manager"),
)

customer_section = Table(
    "customer_section",
    metadata,
    tenant(),
    Column("customer_id", String(80), primary_key=True),
    Column("section", String(20), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    # SHA-256 of the bytes as last loaded, so that a repeated import leaves what agents added since
    Column("loaded_digest", LargeBinary(32)),
)

contact_number = Table(
    "contact_number",
    metadata,
    tenant(),
    Column("customer_id", String(80), primary_key=True),
    Column("number", String(32), primary_key=True),
    Column("main", Boolean, nullable=False),
    Column("bad", Boolean, nullable=False),
    Column("source", String(120), nullable=False),
    Index("ix_contact_number_number", "tenant_id", "number"),
)

opt_out = Table(
    "opt_out",
    metadata,
    tenant(),
    Column("customer_id", String(80), primary_key=True),
    Column("outcome_id", String(36), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("released_at", Moment),
    Column("released_by", String(40), nullable=False),
)

access_grant = Table(
    "access_grant",
    metadata,
    tenant(),
    Column("customer_id", String(80), primary_key=True),
    Column("staff_number", String(40), primary_key=True),
    Column("until", Moment, nullable=False),
    Index("ix_access_grant_until", "tenant_id", "until"),
)

indicator_catalogue = Table(
    "indicator_catalogue",
    metadata,
    tenant(),
    Column("source", String(200), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
