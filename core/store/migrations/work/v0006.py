"""What the server has taken, for a server that is brought back from a backup."""

from alembic.operations import Operations

from core.store.migrations import run

STATEMENTS = (
    (
        "CREATE TABLE sent ( seq INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, "
        "at INTEGER NOT NULL, PRIMARY KEY (seq), UNIQUE (id) )"
    ),
    "CREATE INDEX sent_at ON sent (at)",
)


def upgrade(op: Operations) -> None:
    run(op, STATEMENTS)
