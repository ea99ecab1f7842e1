"""A phone account manager's customers have rows of their own; they are made when the desk is next entered."""

from alembic.operations import Operations

from core.store.migrations import run


def upgrade(op: Operations) -> None:
    columns = "customer_id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (customer_id)"
    run(op, [f"CREATE TABLE IF NOT EXISTS portfolio ({columns})"])
