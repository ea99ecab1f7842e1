"""The version of each file: made at once where new, migrated step by step where behind, refused where ahead."""

from importlib import import_module
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine

from core.store.errors import foreign, newer


class FileSchema(Struct, frozen=True, kw_only=True):
    name: str
    """mirror or work; also the package of its migrations"""
    version: int
    """in user_version"""
    application_id: int
    """marks the file as ours, beside its kind"""

    def check_ours(self, connection: Any) -> None:
        """Raises StoreForeign for another program's file, another kind of file, or a newer version."""
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and mark != self.application_id:
            raise foreign()
        if version > self.version:
            raise newer()


MIRROR = FileSchema(name="mirror", version=5, application_id=0x53544D52)
WORK = FileSchema(name="work", version=6, application_id=0x5354574B)


def bring_up(engine: Engine, schema: FileSchema) -> None:
    """Leaves the file at the schema's version, in one transaction whatever happens."""
    with engine.connect() as connection:
        version = _version(connection)
        if version == schema.version:
            return
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if version == 0 and tables == 0:
            _make(connection, schema)
        else:
            from core.store.migrations import migrate

            migrate(connection, schema.name, version, schema.version)
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.application_id}")
        connection.exec_driver_sql(f"PRAGMA user_version = {schema.version}")
        connection.commit()


def _make(connection: Connection, schema: FileSchema) -> None:
    # The tables as values cost a start its time, and are needed once in the life of a store.
    tables = import_module(f"core.store.{schema.name}_schema")
    tables.metadata.create_all(connection, checkfirst=False)
    for statement in tables.BESIDE_TABLES:
        connection.exec_driver_sql(statement)


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
