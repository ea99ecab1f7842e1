"""Repair cases and promises: their events, how they stand, whose desks hold their customers, and hotline tickets."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

repair_case = Table(
    "repair_case",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    Column("owner", String(40), nullable=False),
    # of the owner: its lead sees the case
    Column("team_id", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("tier_rank", Integer, nullable=False),
    Column("first_contact_due", Moment, nullable=False),
    Column("contacted", Boolean, nullable=False),
    Column("missed", Boolean, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Index("ix_repair_case_customer", "tenant_id", "customer_id", "state"),
    Index("ix_repair_case_owner", "tenant_id", "owner", "state"),
    Index("ix_repair_case_due", "tenant_id", "state", "contacted", "missed", "first_contact_due"),
)

promise = Table(
    "promise",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    # empty where it belongs to none
    Column("case_id", String(36), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    # still to be done, in time or late
    Column("owed", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Index("ix_promise_customer", "tenant_id", "customer_id", "owed"),
    Index("ix_promise_owner", "tenant_id", "owner", "owed"),
    Index("ix_promise_case", "tenant_id", "case_id"),
    Index("ix_promise_due", "tenant_id", "state", "due_at"),
)


def _events(name: str, of: str) -> Table:
    return Table(
        name,
        metadata,
        tenant(),
        Column("id", String(36), primary_key=True),
        Column(of, String(36), nullable=False),
        Column("staff_number", String(40), nullable=False),
        Column("at", Moment, nullable=False),
        Column("received_at", Moment, nullable=False),
        # the event as JSON
        Column("body", LargeBinary, nullable=False),
        Index(f"ix_{name}_{of}", "tenant_id", of),
    )


case_event = _events("case_event", "case_id")
promise_event = _events("promise_event", "promise_id")

case_hold = Table(
    "case_hold",
    metadata,
    tenant(),
    # a case or a promise that is not over yet
    Column("subject_id", String(36), primary_key=True),
    Column("staff_number", String(40), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    Index("ix_case_hold_customer", "tenant_id", "customer_id", "staff_number"),
)

repair_revisit = Table(
    "repair_revisit",
    metadata,
    tenant(),
    # a case that ended, until the call that is to follow it is a task
    Column("case_id", String(36), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    # server.db.revisits.Revisit as JSON
    Column("body", LargeBinary, nullable=False),
)

hotline_ticket = Table(
    "hotline_ticket",
    metadata,
    tenant(),
    Column("id", String(60), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("task_id", String(80), nullable=False),
    # empty where it opened none
    Column("case_id", String(36), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("received_at", Moment, nullable=False),
    # wire.casework.HotlineTicket as JSON
    Column("body", LargeBinary, nullable=False),
)
