"""Whether anything was committed since one last looked, by this process or any other: cheap enough for twice a second.

A notification for each commit would make PostgreSQL's writers wait for one another, and SQLite has none between
processes. Both count what is committed anyway.
"""

from contextlib import suppress
from typing import Protocol

from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import SQLAlchemyError

from core.server.db.engine import Database


class Pulse(Protocol):
    def beats(self) -> bool:
        """Whether somebody wrote since the last time; raises what the database raises."""

    def close(self) -> None: ...


def pulse_of(database: Database) -> Pulse:
    return _Snapshots(database) if database.engine.dialect.name == "postgresql" else _DataVersion(database)


class _DataVersion:
    """SQLite's count of others' commits. It holds for one connection, which stays open for it and never writes."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._connection: PoolProxiedConnection | None = None
        self._seen: int | None = None

    def beats(self) -> bool:
        if self._connection is None:
            self._connection = self._engine.raw_connection()
        cursor = self._connection.cursor()
        try:
            cursor.execute("PRAGMA data_version")
            row = cursor.fetchone()
        finally:
            cursor.close()
        before, self._seen = self._seen, row[0] if row else None
        return self._seen != before

    def close(self) -> None:
        connection, self._connection, self._seen = self._connection, None, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()


class _Snapshots:
    """Which of PostgreSQL's transactions are over: it moves with the end of each that wrote, also of an older one."""

    def __init__(self, database: Database) -> None:
        self._database, self._seen = database, ""

    def beats(self) -> bool:
        with self._database.read() as unit:
            now: str = unit.conn.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()
        before, self._seen = self._seen, now
        return now != before

    def close(self) -> None:
        self._seen = ""
