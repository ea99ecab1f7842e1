"""People, their sessions, and the settings of a site."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from core.server.db.schema.base import Moment, metadata, tenant

team = Table(
    "team",
    metadata,
    tenant(),
    Column("id", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
)

app_user = Table(
    "app_user",
    metadata,
    tenant(),
    Column("staff_number", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("level", String(20), nullable=False),
    Column("daily_target", Integer, nullable=False),
    # JSON list; empty means the whole centre
    Column("areas", Text, nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("disabled_at", Moment),
    Column("created_at", Moment, nullable=False),
    Index("ix_app_user_team", "tenant_id", "team_id"),
)

user_skill = Table(
    "user_skill",
    metadata,
    tenant(),
    Column("staff_number", String(40), primary_key=True),
    Column("scenario", String(80), primary_key=True),
)

organisation_link = Table(
    "organisation_link",
    metadata,
    tenant(),
    # whom a provider names by that claim: another provider's, or another claim, may name somebody else alike
    Column("issuer", String(255), primary_key=True),
    Column("claim", String(80), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("staff_number", String(40), nullable=False),
    Column("linked_at", Moment, nullable=False),
    Index("ix_organisation_link_staff", "tenant_id", "staff_number", unique=True),
)

session = Table(
    "session",
    metadata,
    tenant(),
    Column("id", String(40), primary_key=True),
    Column("staff_number", String(40), nullable=False),
    Column("device", String(200), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index("ix_session_staff", "tenant_id", "staff_number"),
)

refresh_token = Table(
    "refresh_token",
    metadata,
    tenant(),
    # SHA-256 of the token; the token itself is never kept
    Column("digest", LargeBinary(32), primary_key=True),
    Column("session_id", String(40), nullable=False),
    Column("parent", LargeBinary(32)),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked", Boolean, nullable=False),
    Index("ix_refresh_token_session", "tenant_id", "session_id"),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    tenant(),
    Column("id", String(32), primary_key=True),
    # for what it counts: a staff number or an address
    Column("of", String(10), nullable=False),
    # SHA-256 of it
    Column("key", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_sign_in_failure_key", "tenant_id", "of", "key", "at"),
    Index("ix_sign_in_failure_at", "tenant_id", "at"),
)

setting = Table(
    "setting",
    metadata,
    tenant(),
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
