"""What was saved of one customer is found without reading everybody's: each customer that is opened asks."""

from alembic.operations import Operations

from core.store.migrations import run

STATEMENTS = ("CREATE INDEX outcome_customer ON outcome (customer_id, recorded_at)",)


def upgrade(op: Operations) -> None:
    run(op, STATEMENTS)
