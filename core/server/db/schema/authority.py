"""What agents asked their team leads to grant, and who answers for a lead who is away."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

authority_request = Table(
    "authority_request",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    # grows with each change of any request: what is above a desk's cursor is news to it
    Column("seq", BigInteger, nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("agent_name", String(80), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("granted_fen", BigInteger, nullable=False),
    Column("words", String(400), nullable=False),
    Column("answered_by", String(60), nullable=False),
    Column("answered_by_name", String(80), nullable=False),
    Column("answered_at", Moment),
    # the outcome that the grant went into
    Column("used_by", String(36), nullable=False),
    # domain.authority.AuthorityRequest as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_authority_request_staff", "tenant_id", "staff_number", "seq"),
    Index("ix_authority_request_team", "tenant_id", "team_id", "seq"),
    Index("ix_authority_request_state", "tenant_id", "state", "expires_at"),
)

authority_deputy = Table(
    "authority_deputy",
    metadata,
    tenant(),
    Column("team_id", String(40), primary_key=True),
    Column("staff_number", String(40), primary_key=True),
    Column("until", Moment, nullable=False),
)
