"""Opening the database: SQLite in a file, or PostgreSQL by URL; read and write transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from core.domain.clock import Clock, utc_now
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.turns import Turns

BUSY_TIMEOUT_S = 30
_READ_ONLY = "stayline_read_only"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    # What is deleted is overwritten, also where the library was not built to.
    "secure_delete=ON",
    "cache_size=-65536",
    # Documents span many pages: read in place, a pull costs a third less.
    "mmap_size=1073741824",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One transaction: its connection, whose data, and the moment that counts for all of it."""

    conn: Connection
    tenant: str
    now: datetime

    @property
    def postgres(self) -> bool:
        return self.conn.dialect.name == "postgresql"


class Database:
    """One tenant's view of a database. Safe to share between threads."""

    def __init__(self, engine: Engine, *, tenant: str = "main", clock: Clock = utc_now) -> None:
        self.engine, self.tenant, self.clock = engine, tenant, clock
        self._turns = Turns() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A snapshot: all its statements see the same moment, which the feed's cursor relies on."""
        with self.engine.connect() as plain:
            conn = plain.execution_options(**{_READ_ONLY: True})
            if conn.dialect.name == "postgresql":
                conn = conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with conn.begin():
                yield Unit(conn, self.tenant, self.clock())

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A transaction that writes; on SQLite BEGIN IMMEDIATE, one after the other in the order of asking."""
        turn = self._turns.turn(patience_s=BUSY_TIMEOUT_S) if self._turns else nullcontext()
        with turn, self.engine.begin() as conn:
            yield Unit(conn, self.tenant, self.clock())

    def close(self) -> None:
        self.engine.dispose()


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'stayline.db'}"


def open_engine(url: str) -> Engine:
    """The engine for `url` (`sqlite:///…` or `postgresql://…`); raises InputError for others."""
    backend = url.split(":", 1)[0].split("+", 1)[0]
    if backend == "sqlite":
        return _open_sqlite(url)
    if backend in ("postgresql", "postgres"):
        return _open_postgres(url)
    raise InputError(
        title=Text("数据库地址不可用", "Database address cannot be used"),
        message=Text("只支持 SQLite 与 PostgreSQL。", "Only SQLite and PostgreSQL are supported."),
        next_step=Text(
            "请用 sqlite:///路径 或 postgresql://主机/库。", "Give sqlite:///path or postgresql://host/database."
        ),
    )


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=40,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
        # The driver's own transactions would begin late and turn read-then-write into lost updates.
        raw.isolation_level = None
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        read_only = conn.get_execution_options().get(_READ_ONLY, False)
        conn.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _open_postgres(url: str) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_size=8, max_overflow=40, pool_pre_ping=True, hide_parameters=True)
