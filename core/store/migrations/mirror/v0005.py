"""The pages of a pull wait for the last one: until then the desk shows what it had before."""

from alembic.operations import Operations

from core.store.migrations import run


def upgrade(op: Operations) -> None:
    run(op, ["CREATE TABLE IF NOT EXISTS staged (n INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (n))"])
