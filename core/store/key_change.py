"""Changing the key of a closed store, so that a kill at any moment leaves exactly one key that opens it.

The files are copied, and the copies put under the new key; until `change.json` stands, the copies are nothing and
the old key opens. That file, written in one rename, holds the new `key.json`: from then on the copies are the store.
They take their places at once or before the next opening, which needs no key and can be begun again at any point.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from core.store import engine, files
from core.store.errors import foreign, locked, of_code, translated
from core.store.key import NewKey, StoreKey, check_of, fits
from core.store.review_file import REVIEW

_DATABASES = (files.WORK, files.MIRROR, REVIEW)
_NEXT = ".next"


def change_key(folder: Path, old: StoreKey, make: Callable[[], NewKey]) -> StoreKey:
    """Puts a closed store under the key that `make` gives; returns it.

    Needs room for a second copy of the files. Raises StoreLocked (wrong key, keyring), StoreInUse, StoreForeign,
    StoreDisk: after each the old key opens the store as before.
    """
    with translated(folder), closing(files.take_lock(folder)):
        settle(folder)
        _check(folder, old)
        new = make()
        try:
            for name in _DATABASES:
                _copy(folder / name, old, new.key)
            files.write_private(folder / (files.CHECK + _NEXT), check_of(new.key).encode())
            files.sync_folder(folder)
        except BaseException:
            _drop(folder)
            raise
        files.write_private(folder / files.CHANGE, new.key_file)
        files.sync_folder(folder)
        settle(folder)
    return new.key


def settle(folder: Path) -> None:
    """Ends a change of key that was cut short: forward where it was decided, else back. Asks for the folder's lock."""
    change = folder / files.CHANGE
    if not change.exists():
        _drop(folder)
        return
    for name in (*_DATABASES, files.CHECK):
        _take_place(folder / name)
    for damaged in folder.glob("*.damaged-*"):
        # It lies under the old key, which is to open nothing any more.
        damaged.unlink()
    files.write_private(folder / files.KEY, change.read_bytes())
    files.sync_folder(folder)
    change.unlink()


def _check(folder: Path, old: StoreKey) -> None:
    check = folder / files.CHECK
    if not files.has_store(folder) or not check.exists() or not fits(check, old):
        raise locked()


def _copy(path: Path, old: StoreKey, new: StoreKey) -> None:
    """The database beside itself, whole, under the new key."""
    if not path.exists() or path.stat().st_size == 0:
        return
    beside = path.with_name(path.name + _NEXT)
    try:
        with closing(engine.raw_connection(path, old)) as connection:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise foreign()
        files.touch_private(beside)
        shutil.copyfile(path, beside)
        with closing(engine.raw_connection(beside, old)) as connection:
            # In one file: nothing of the copy may lie in a log beside it.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute(f"PRAGMA rekey = \"x'{new.hex}'\"")
        with closing(engine.raw_connection(beside, new)) as connection:
            if connection.execute("PRAGMA cipher_integrity_check").fetchall():
                raise foreign()
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise foreign()
    except dbapi2.DatabaseError as error:
        raise of_code(getattr(error, "sqlite_errorcode", None), path.parent) or foreign() from error
    files.sync_file(beside)


def _take_place(path: Path) -> None:
    beside = path.with_name(path.name + _NEXT)
    if beside.exists():
        # Emptied before the copy was made; under the copy it would be another database's.
        for log in ("-wal", "-shm"):
            path.with_name(path.name + log).unlink(missing_ok=True)
        os.replace(beside, path)


def _drop(folder: Path) -> None:
    for name in (*_DATABASES, files.CHECK):
        for log in ("", "-journal", "-wal", "-shm"):
            (folder / (name + _NEXT + log)).unlink(missing_ok=True)
