"""The references' way to an encrypted file: the driver alone, tuned as one would by hand. Imports nothing of ours."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2


def connect(path: Path, key: str, *, cache_kib: int = 48 * 1024) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None, cached_statements=256, check_same_thread=False)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    return connection


def schema_of(path: Path, key: str) -> list[str]:
    """The statements that make the same tables, indexes and triggers; a full-text table makes its own."""
    connection = connect(path, key)
    found = connection.execute("SELECT sql, type, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    virtual = [f"{name}_" for sql, _, name in found if sql.startswith("CREATE VIRTUAL")]
    kinds = ("table", "index", "trigger")
    own = [(kinds.index(kind), sql) for sql, kind, name in found if not name.startswith(("sqlite_", *virtual))]
    return [sql for _, sql in sorted(own, key=lambda one: one[0])]
