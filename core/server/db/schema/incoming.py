"""What other systems tell of as it happens: each once, with what became of it."""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

incoming_event = Table(
    "incoming_event",
    metadata,
    tenant(),
    # the sender's own
    Column("id", String(60), primary_key=True),
    # id of the kind as content says it, or one that no content knows
    Column("kind", String(40), nullable=False),
    # empty where nobody is known by what the sender said
    Column("customer_id", String(80), nullable=False),
    # domain.incoming.Taken
    Column("state", String(20), nullable=False),
    # domain.incoming.Aside; empty where it became a task
    Column("why", String(30), nullable=False),
    Column("task_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("received_at", Moment, nullable=False),
    # wire.incoming.IncomingEvent as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_incoming_event_state", "tenant_id", "state", "received_at"),
    Index("ix_incoming_event_customer", "tenant_id", "customer_id"),
)
