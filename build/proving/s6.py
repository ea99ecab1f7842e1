"""S6: a flipped bit anywhere in an agent's work is noticed.

Quick: 60 bits, full: 200, one at a time, anywhere in the file; each time the file is opened and read whole as the
product opens it after damage.
The control keeps the same rows in a plain SQLite file, checked by its own integrity check.
"""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desk_process import KEY
from proof import Proof, Scale, Side
from store_kit import saved

from core.domain.errors import StoreError
from core.store import files
from core.store.engine import raw_connection
from core.store.opening import open_store


def prove(scale: Scale, folder: Path) -> Proof:
    bits = scale.of(quick=60, full=200)
    store = open_store(folder / "store", KEY)
    for _ in range(40):
        store.save(saved(None, note="字" * 200))
    store.close()
    work, plain = folder / "store" / files.WORK, folder / "plain.db"
    _in_plain(work, plain)
    return Proof(
        what="bits flipped in the file of an agent's work",
        product=run(folder / "store", work, bits, _opens),
        control=run(folder, plain, bits, _plain_opens),
    )


def run(folder: Path, file: Path, bits: int, opens: Callable[[Path], bool]) -> Side:
    """`opens` tells whether the damaged file is taken for a whole one."""
    rng, whole = random.Random(6), file.read_bytes()
    unnoticed = 0
    for _ in range(bits):
        at, bit = rng.randrange(len(whole)), rng.randrange(8)
        damaged = bytearray(whole)
        damaged[at] ^= 1 << bit
        file.write_bytes(bytes(damaged))
        unnoticed += opens(folder)
        for beside in ("-wal", "-shm"):
            file.with_name(file.name + beside).unlink(missing_ok=True)
    file.write_bytes(whole)
    return Side(
        holds=unnoticed == 0 and opens(folder),
        figures={"bits flipped": bits, "noticed": bits - unnoticed, "bytes": len(whole)},
    )


def _opens(folder: Path) -> bool:
    """As after a read that met damage: the next opening looks closely."""
    (folder / files.SUSPECT).touch()
    try:
        open_store(folder, KEY).close()
    except StoreError:
        return False
    return True


def _plain_opens(folder: Path) -> bool:
    try:
        with closing(sqlite3.connect(folder / "plain.db")) as connection:
            connection.text_factory = bytes
            connection.execute("SELECT * FROM outcome").fetchall()
            return bool(connection.execute("PRAGMA integrity_check").fetchone() == (b"ok",))
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _in_plain(work: Path, plain: Path) -> None:
    with closing(raw_connection(work, KEY)) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchone()
        connection.execute("DETACH DATABASE plain")
