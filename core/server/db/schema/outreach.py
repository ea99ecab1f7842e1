"""What campaigns send otherwise than by an agent's call: the row is the outbox."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

outgoing_contact = Table(
    "outgoing_contact",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("campaign_id", String(80), nullable=False),
    Column("customer_id", String(80), nullable=False),
    # domain.campaign.Route
    Column("route", String(30), nullable=False),
    # domain.outreach.ContactState
    Column("state", String(20), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("moved_at", Moment, nullable=False),
    # when the worker looks at it next; empty: never again
    Column("due_at", Moment),
    Column("tries", Integer, nullable=False),
    # domain.outreach.OutgoingContact as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_outgoing_contact_due", "tenant_id", "due_at"),
    Index("ix_outgoing_contact_campaign", "tenant_id", "campaign_id", "state"),
    Index("ix_outgoing_contact_customer", "tenant_id", "customer_id"),
)
