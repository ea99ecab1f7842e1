"""Rules that planners saved, each version for good, and which of them is in use since when."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

rule_version = Table(
    "rule_version",
    metadata,
    tenant(),
    Column("rule_id", String(80), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    # domain.warning_rule.WarningRule as JSON
    Column("body", LargeBinary, nullable=False),
    Column("saved_by", String(60), nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("note", String(400), nullable=False),
)

rule_use = Table(
    "rule_use",
    metadata,
    tenant(),
    Column("rule_id", String(80), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # 0: taken out of use
    Column("version", Integer, nullable=False),
    Column("used_by", String(60), nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("note", String(400), nullable=False),
)
