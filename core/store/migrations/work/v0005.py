"""Hours in which customers want no calls, as they were told on this desk."""

from alembic.operations import Operations

from core.store.migrations import run

STATEMENTS = ("CREATE TABLE quiet_asked ( customer_id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (customer_id) )",)


def upgrade(op: Operations) -> None:
    run(op, STATEMENTS)
