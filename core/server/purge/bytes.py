"""Gone from the bytes too: what was deleted leaves traces in pages, in the journal, in dead rows, until they are
written anew."""

import sqlite3
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError, OperationalError

from core.server.db import schema
from core.server.db.engine import Database

_log = structlog.get_logger("stayline.purge")
_LOCK_S = 20
_LOCKED = "55P03"
"""PostgreSQL's lock_not_available"""
_WAIT_MS = 5_000
"""for readers to let go of the journal"""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was written anew."""

    pages: bool
    """the tables with their indexes hold what is there and nothing else"""
    journal: bool
    """nor does the journal, as far as the program can see to it"""


def clean(database: Database) -> Cleaned:
    """Writes the database anew; others go on reading, and who writes waits. Raises SQLAlchemy's or SQLite's errors.

    It needs room on the disk once more over."""
    return _postgres(database) if database.engine.dialect.name == "postgresql" else _sqlite(database)


def _sqlite(database: Database) -> Cleaned:
    raw = database.engine.raw_connection()
    try:
        conn = raw.driver_connection
        assert isinstance(conn, sqlite3.Connection)
        # A page that is freed from here on holds nothing, also where the library does not see to it by itself.
        conn.execute("PRAGMA secure_delete=ON").close()
        conn.execute("VACUUM").close()
        return Cleaned(pages=True, journal=_truncated(conn))
    except sqlite3.OperationalError as error:
        # As from any other statement: a full disk, or somebody who writes for longer than one waits.
        raise OperationalError("VACUUM", None, error) from error
    finally:
        raw.close()


def _truncated(conn: sqlite3.Connection) -> bool:
    """Whether the journal is empty; a reader that stays in it is waited for a little."""
    before = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute(f"PRAGMA busy_timeout={_WAIT_MS}").close()
    try:
        busy, _in_journal, _done = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        conn.execute(f"PRAGMA busy_timeout={before}").close()


def _postgres(database: Database) -> Cleaned:
    """Every table of the schema that may have held customers is written to a new file; a plain VACUUM would leave
    what stood between the rows that it moves together."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.exec_driver_sql(f"SET lock_timeout = '{_LOCK_S}s'")
        try:
            left = sum(not _written_anew(conn, table) for table in schema.metadata.sorted_tables)
        finally:
            conn.exec_driver_sql("RESET lock_timeout")
        try:
            # Segments of the journal that lie behind a checkpoint go, or are written over.
            conn.exec_driver_sql("SELECT pg_switch_wal()")
            conn.exec_driver_sql("CHECKPOINT")
        except DBAPIError as error:
            _log.info("no right to checkpoint", error=type(error.orig).__name__)
            return Cleaned(pages=not left, journal=False)
    return Cleaned(pages=not left, journal=not left)


def _written_anew(conn: Connection, table: Table) -> bool:
    """False where somebody has held the table for too long: who calls must not wait behind it."""
    quoted = conn.dialect.identifier_preparer.format_table(table)
    try:
        conn.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {quoted}")
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _LOCKED:
            raise
        _log.warning("table in use", table=table.name)
        return False
    return True
