"""Care that was noted on this desk."""

from alembic.operations import Operations

from core.store.migrations import run

STATEMENTS = (
    (
        "CREATE TABLE care ( id TEXT NOT NULL, customer_id TEXT NOT NULL, code TEXT NOT NULL, channel TEXT NOT NULL, "
        "at INTEGER NOT NULL, PRIMARY KEY (id) )"
    ),
    "CREATE INDEX care_customer ON care (customer_id, at)",
    "CREATE INDEX care_at ON care (at)",
)


def upgrade(op: Operations) -> None:
    run(op, STATEMENTS)
