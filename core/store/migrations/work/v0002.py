"""Requests for more authority, and what became of them."""

from alembic.operations import Operations

STATEMENTS = (
    (
        "CREATE TABLE authority ( id TEXT NOT NULL, case_key TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, "
        "body BLOB NOT NULL, PRIMARY KEY (id) )"
    ),
    "CREATE INDEX authority_case ON authority (case_key, at)",
    "CREATE INDEX authority_open ON authority (id) WHERE state = 'waiting'",
)


def upgrade(op: Operations) -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
