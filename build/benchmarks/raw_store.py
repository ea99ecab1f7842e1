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
