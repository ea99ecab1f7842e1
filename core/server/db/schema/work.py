"""Tasks and who held them when."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, text

from core.domain.task import OPEN_STATES
from core.server.db.schema.base import Moment, metadata, tenant

_OPEN = "state IN (" + ", ".join(f"'{state}'" for state in sorted(OPEN_STATES)) + ")"

task = Table(
    "task",
    metadata,
    tenant(),
    Column("id", String(80), primary_key=True),
    Column("customer_id", String(80), nullable=False),
    Column("type", String(40), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("tier_rank", Integer, nullable=False),
    Column("block", String(20), nullable=False),
    Column("area", String(80), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("expires_at", Moment),
    Column("callback_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("assigned_to", String(40), nullable=False),
    # who answers for a task that waits after a callback, so that their team comes first
    Column("team_id", String(40), nullable=False),
    Column("lease_epoch", Integer, nullable=False),
    Column("lease_expires_at", Moment),
    Column("list_id", String(80), nullable=False),
    # nobody may call the customer before; asked anew from then on
    Column("rests_until", Moment),
    # domain.task.Task as JSON, always in step with the columns
    Column("body", LargeBinary, nullable=False),
    Index("ix_task_state", "tenant_id", "state", "tier_rank", "priority"),
    Index("ix_task_assigned", "tenant_id", "assigned_to", "state"),
    Index("ix_task_customer", "tenant_id", "customer_id"),
    Index("ix_task_list", "tenant_id", "list_id", "state"),
    Index(
        "uq_task_open_customer",
        "tenant_id",
        "customer_id",
        unique=True,
        sqlite_where=text(_OPEN),
        postgresql_where=text(_OPEN),
    ),
)

lease = Table(
    "lease",
    metadata,
    tenant(),
    Column("task_id", String(80), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_lease_staff", "tenant_id", "staff_number", "customer_id"),
    Index("ix_lease_customer", "tenant_id", "customer_id", "at"),
    Index("ix_lease_at", "tenant_id", "at"),
)
