"""Steps that bring an older file up, one module a version: `mirror/v0002.py` has `upgrade(op)`.

Alembic gives the operations; the file's `user_version` says where it stands. All steps run in one transaction, which
the caller commits together with the new version: a kill in the middle leaves the old file whole.
"""

from collections.abc import Iterable
from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection


def run(operations: Operations, statements: Iterable[str]) -> None:
    """One after the other, as they are written down: a step never follows what the schema says today."""
    connection = operations.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)


def migrate(connection: Connection, name: str, version: int, target: int) -> None:
    """Runs the steps after `version` up to `target` of the file `name` (mirror or work)."""
    operations = Operations(MigrationContext.configure(connection, opts={"transactional_ddl": True}))
    for step in range(version + 1, target + 1):
        import_module(f"{__name__}.{name}.v{step:04d}").upgrade(operations)
