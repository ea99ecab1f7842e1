"""What departments are asked to do, standing commitments, and what came of calls days later."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

errand = Table(
    "errand",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    # the newest record that it stands in; empty where no call brought it
    Column("outcome_id", String(36), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("department", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # when the worker is to look at it again; of one that has ended, until when its desk is told of it; then none
    Column("due_at", Moment),
    # when it is late; none once that was noticed, or it has ended
    Column("late_at", Moment),
    Column("tries", Integer, nullable=False),
    # domain.errand.PlacedErrand as JSON, always in step with the columns
    Column("body", LargeBinary, nullable=False),
    Index("ix_errand_due", "tenant_id", "due_at"),
    Index("ix_errand_late", "tenant_id", "late_at"),
    Index("ix_errand_outcome", "tenant_id", "outcome_id"),
    Index("ix_errand_state", "tenant_id", "state", "created_at"),
)

commitment = Table(
    "commitment",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("ended", Boolean, nullable=False),
    # domain.commitment.CommitmentTold as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_commitment_open", "tenant_id", "ended"),
    Index("ix_commitment_customer", "tenant_id", "customer_id"),
)

agreed_date = Table(
    "agreed_date",
    metadata,
    tenant(),
    # the content kind by which a desk is told of it: a trial that ends, a time at a store
    Column("kind", String(20), primary_key=True),
    Column("id", String(36), primary_key=True),
    # the first record of the call that brought it; empty where no call did
    Column("outcome_id", String(36), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    # its last moment
    Column("at", Moment, nullable=False),
    # whether a desk is still told of it
    Column("told", Boolean, nullable=False),
    # domain.trial_told.TrialTold or domain.store.StoreTime as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_agreed_date_outcome", "tenant_id", "outcome_id"),
    Index("ix_agreed_date_told", "tenant_id", "told", "at"),
)

later_event = Table(
    "later_event",
    metadata,
    tenant(),
    # the source's own id of it
    Column("id", String(120), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    # the call that is held to have caused it; empty: none was found
    Column("outcome_id", String(36), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    # domain.later_event.LaterEvent as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_later_event_outcome", "tenant_id", "outcome_id"),
    Index("ix_later_event_customer", "tenant_id", "customer_id", "outcome_id"),
    Index("ix_later_event_at", "tenant_id", "at"),
)
