"""Orders on their way to the CRM, and requests to branches to open a plan to calls."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

placed_order = Table(
    "placed_order",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    # the newest record of the sale
    Column("outcome_id", String(36), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # when the worker is to look at it again; of one that has ended, until when its desk is told of it; then none
    Column("due_at", Moment),
    # how often the other side was asked in this state, for the pauses between
    Column("tries", Integer, nullable=False),
    # domain.order_state.PlacedOrder as JSON, always in step with the columns
    Column("body", LargeBinary, nullable=False),
    Index("ix_placed_order_due", "tenant_id", "due_at"),
    Index("ix_placed_order_outcome", "tenant_id", "outcome_id"),
    Index("ix_placed_order_state", "tenant_id", "state", "created_at"),
)

branch_request = Table(
    "branch_request",
    metadata,
    tenant(),
    # the same plan asked of the same branch is one request
    Column("plan_code", String(80), primary_key=True),
    Column("branch", String(80), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("asked_by", String(40), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # domain.branch_request.BranchRequest as JSON
    Column("body", LargeBinary, nullable=False),
    Index("ix_branch_request_state", "tenant_id", "state", "asked_at"),
)
