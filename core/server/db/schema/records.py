"""What agents did, kept for good, and the audit of it."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

item = Table(
    "item",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("code", String(40), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("received_at", Moment, nullable=False),
)

conflict = Table(
    "conflict",
    metadata,
    tenant(),
    Column("item_id", String(36), primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("staff_number", String(40), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("code", String(40), nullable=False, server_default="other_bytes"),
    Column("repaired_by", String(36), nullable=False, server_default=""),
)

outcome = Table(
    "outcome",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("corrects", String(36), nullable=False),
    Column("corrected_by", String(36), nullable=False),
    Column("task_id", String(80), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("team_id", String(40), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("result", String(80), nullable=False),
    Column("reason", String(80), nullable=False),
    Column("contact", String(20), nullable=False),
    Column("success", Boolean, nullable=False),
    Column("opt_out", Boolean, nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_outcome_staff", "tenant_id", "staff_number", "received_at"),
    Index("ix_outcome_task", "tenant_id", "task_id"),
    Index("ix_outcome_customer", "tenant_id", "customer_id"),
    Index("ix_outcome_received", "tenant_id", "received_at"),
    Index("ix_outcome_scenario", "tenant_id", "scenario", "team_id"),
)

follow_up = Table(
    "follow_up",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("outcome_id", String(36), nullable=False),
    Column("task_id", String(80), nullable=False),
    Column("customer_id", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", Moment),
    Column("falls_back_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_follow_up_kind", "tenant_id", "kind", "state", "falls_back_at"),
    Index("ix_follow_up_task", "tenant_id", "task_id"),
    Index("ix_follow_up_outcome", "tenant_id", "outcome_id"),
)


def _event(name: str, *extra: Column[object] | Index) -> Table:
    return Table(
        name,
        metadata,
        tenant(),
        Column("id", String(36), primary_key=True),
        Column("customer_id", String(80), nullable=False),
        Column("task_id", String(80), nullable=False),
        Column("staff_number", String(40), nullable=False),
        Column("at", Moment, nullable=False),
        *extra,
        Index(f"ix_{name}_customer", "tenant_id", "customer_id", "at"),
    )


dial = _event("dial", Column("number", String(32), nullable=False))
reveal = _event("reveal", Column("number", String(32), nullable=False), Index("ix_reveal_at", "tenant_id", "at"))
skip = _event("skip", Column("reason", String(80), nullable=False), Column("until", Moment))

import_run = Table(
    "import_run",
    metadata,
    tenant(),
    Column("id", String(36), primary_key=True),
    Column("file_name", String(255), nullable=False),
    Column("scenario", String(80), nullable=False),
    Column("started_at", Moment, nullable=False),
    # none while it runs, and for good where it was cut short
    Column("finished_at", Moment),
    Column("rows", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    tenant(),
    Column("writer", String(60), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("action", String(40), nullable=False),
    Column("object", String(120), nullable=False),
    # purgeable: the chain holds its digest, not the payload
    Column("payload", LargeBinary),
    Column("payload_digest", LargeBinary(32), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    tenant(),
    Column("writer", String(60), primary_key=True),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
    Column("digest", LargeBinary(32), nullable=False),
)

# beside the heads, which their writers hold: up to where the register has each chain
audit_seal = Table(
    "audit_seal",
    metadata,
    tenant(),
    Column("writer", String(60), primary_key=True),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
)
