"""Connections to the two encrypted files: a raw key that is checked, WAL, FULL, and explicit transactions.

`isolation_level=None` and a `begin` listener say which kind of transaction begins; with the driver's own ways
read-then-update increments were lost in silence or failed as locked.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from core.store.errors import locked
from core.store.key import StoreKey

_WAIT_S = 30
_READER_CACHE_KIB = 48 * 1024
_WRITER_CACHE_KIB = 16 * 1024


def raw_connection(path: Path, key: StoreKey) -> Any:
    """A driver's connection with its key set; raises StoreLocked where the library has no cipher."""
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=_WAIT_S, cached_statements=256
    )
    connection.execute(f"PRAGMA key = \"x'{key.hex}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        connection.close()
        raise locked()
    return connection


def _settled(connection: Any, cache_kib: int) -> Any:
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten: a key that is found later opens what is there, and nothing that was.
    connection.execute("PRAGMA secure_delete = ON").fetchone()
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    return connection


def empty_journal(connection: Any) -> bool:
    """Whether the file's journal holds nothing any more; a reader in it is not waited for."""
    connection.execute("PRAGMA busy_timeout = 0").fetchone()
    try:
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_S * 1000}").fetchone()


def writer(path: Path, key: StoreKey) -> Engine:
    """One connection that writes one file; each transaction is BEGIN IMMEDIATE, others wait for their turn."""
    return _engine(
        lambda: _settled(raw_connection(path, key), _WRITER_CACHE_KIB),
        begin="BEGIN IMMEDIATE",
        pool_size=1,
        max_overflow=0,
    )


def reader(mirror: Path, work: Path, key: StoreKey) -> Engine:
    """Connections that read the mirror with `work` attached; each transaction is one look at both."""

    def connect() -> Any:
        connection = _settled(raw_connection(mirror, key), _READER_CACHE_KIB)
        connection.execute(f"ATTACH DATABASE ? AS work KEY \"x'{key.hex}'\"", (str(work),))
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(connect, begin="BEGIN", pool_size=4, max_overflow=12)


def _engine(creator: Any, *, begin: str, pool_size: int, max_overflow: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=_WAIT_S,
        # The connection used last has its pages decrypted.
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
