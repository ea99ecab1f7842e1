"""What agents are doing, what they are to reach, and which desk a recalled task does not go back to."""

from sqlalchemy import Column, Index, Integer, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

agent_state = Table(
    "agent_state",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("staff_number", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index("ix_agent_state_staff", "tenant_id", "staff_number", "at"),
)

agent_presence = Table(
    "agent_presence",
    metadata,
    tenant(),
    Column("staff_number", String(40), primary_key=True),
    # the newest state; empty while none has come
    Column("state", String(20), nullable=False),
    Column("since", Moment),
    Column("heard_at", Moment),
    # the lead said that they are away: nothing is dispatched to them until then, or until they work again
    Column("away_since", Moment),
    Column("away_until", Moment),
)

agent_target = Table(
    "agent_target",
    metadata,
    tenant(),
    Column("staff_number", String(40), primary_key=True),
    Column("scenario", String(80), primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("successes", Integer, nullable=False),
    Column("set_by", String(60), nullable=False),
    Column("set_at", Moment, nullable=False),
)

task_recall = Table(
    "task_recall",
    metadata,
    tenant(),
    Column("task_id", String(80), primary_key=True),
    Column("staff_number", String(40), primary_key=True),
    Column("recalled_by", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    # dispatch passes this desk over until then
    Column("until", Moment, nullable=False),
)
