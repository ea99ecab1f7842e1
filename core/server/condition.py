"""Whether the database can take what agents record: asked by writing, before serving and for `/health`."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db import settings
from core.server.db.engine import BUSY_TIMEOUT_S, Database
from core.server.db.trouble import NEXT, WORDS, Trouble, trouble_of

LEAST_FREE_BYTES = 32 * 1024 * 1024
"""below this a SQLite database counts as full: a batch of outcomes and the journal would not fit for long"""
FRESH_S = 5.0
"""so long an answer stands: whoever asks for the health often does not make the disk work for it"""
_KEY = "last_probe"


def trouble_now(database: Database) -> Trouble | None:
    """What keeps the database from being written, by writing a setting; None where it takes it.

    Somebody else's long transaction is no trouble: the database is being written.
    """
    try:
        if database.engine.dialect.name == "sqlite":
            _probe_file(database)
        else:
            _probe_server(database)
    except (SQLAlchemyError, sqlite3.Error) as error:
        found = trouble_of(error)
        return None if found is Trouble.BUSY else found
    return None if _has_room(database) else Trouble.DISK_FULL


def refuse_unwritable(database: Database, *, where: str) -> None:
    """Raises InputError that says what is the matter with the database at `where` and what to do."""
    found = trouble_now(database)
    if found is None:
        return
    raise InputError(
        title=WORDS[found],
        message=Text(f"{where}，没有开始服务", f"{where}; nothing is served"),
        next_step=NEXT[found],
    )


class Condition:
    """The database's trouble as of a moment ago. Safe to share between threads."""

    def __init__(self, database: Database, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database, self._monotonic = database, monotonic
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._found: Trouble | None = None

    def trouble(self) -> Trouble | None:
        with self._lock:
            now = self._monotonic()
            if self._asked_at is None or now - self._asked_at >= FRESH_S:
                self._found = trouble_now(self._database)
                self._asked_at = now
            return self._found


def _probe_server(database: Database) -> None:
    with database.write() as unit:
        settings.write(unit, _KEY, unit.now.isoformat())


def _probe_file(database: Database) -> None:
    # Not through `write`: it would wait for a whole import to end.
    borrowed = database.engine.raw_connection()
    try:
        raw = borrowed.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA busy_timeout=0").close()
        try:
            raw.execute("BEGIN IMMEDIATE").close()
            raw.execute(
                "INSERT OR REPLACE INTO setting (tenant_id, key, value) VALUES (?, ?, ?)",
                (database.tenant, _KEY, database.clock().isoformat()),
            ).close()
            raw.execute("COMMIT").close()
        finally:
            if raw.in_transaction:
                raw.execute("ROLLBACK").close()
            raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}").close()
    finally:
        borrowed.close()


def _has_room(database: Database) -> bool:
    name = database.engine.url.database
    if database.engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return True
    return shutil.disk_usage(Path(name).absolute().parent).free >= LEAST_FREE_BYTES
