"""The snapshot of customers that a responsibility package is about: written once, never changed (DATA-02)."""

from sqlalchemy import BigInteger, Column, Date, Index, String, Table

from core.server.db.schema.base import metadata, tenant

package_snapshot = Table(
    "package_snapshot",
    metadata,
    tenant(),
    Column("package", String(80), primary_key=True),
    Column("customer_id", String(80), primary_key=True),
    Column("taken_on", Date, nullable=False),
    Column("team_id", String(40), nullable=False),
    # the customer's own manager then, or empty (ROLE-04)
    Column("staff_number", String(40), nullable=False),
    Column("value", String(20), nullable=False),
    # paid a month before the package began, in fen
    Column("base_fen", BigInteger, nullable=False),
    Index("ix_package_snapshot_team", "tenant_id", "package", "team_id"),
)
