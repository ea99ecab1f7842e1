"""What runs at set hours: one row for each time that it was due, claimed before it runs."""

from sqlalchemy import Column, Index, Integer, String, Table

from core.server.db.schema.base import Moment, metadata, tenant

job_run = Table(
    "job_run",
    metadata,
    tenant(),
    Column("job", String(40), primary_key=True),
    # the hour that it was due at, whenever it ran
    Column("due", Moment, primary_key=True),
    # domain.job.RunState
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    # whoever runs it says so again before this moment; after it, another may take it up
    Column("held_until", Moment, nullable=False),
    Column("ended_at", Moment),
    # after a failure: when it is tried again; empty: not any more
    Column("again_at", Moment),
    # what it is at, in one line
    Column("step", String(200), nullable=False),
    Column("error", String(400), nullable=False),
    Index("ix_job_run_state", "tenant_id", "state"),
)
