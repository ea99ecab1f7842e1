"""The store's files: names, privacy, and the lock that keeps a second process out."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from core.store.errors import in_use

MIRROR = "mirror.db"
WORK = "work.db"
KEY = "key.json"
CHECK = "check"
"""a keyed digest that tells a wrong key from a damaged file"""
CHANGE = "change.json"
"""stands while a change of key is decided and not yet carried out: the `key.json` that is to be"""
LOCK = "lock"
SUSPECT = "suspect"
"""left where a read met damage; the next opening looks closely"""
PLAIN_HEADER = b"SQLite format 3\0"


def has_store(folder: Path) -> bool:
    """Whether the folder holds work that must not be lost."""
    work = folder / WORK
    return work.exists() and work.stat().st_size > 0


def make_private(folder: Path) -> None:
    """The folder, for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def touch_private(path: Path) -> None:
    """An empty file for its owner alone, so that the database and what it lays beside it are private from the start."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def write_private(path: Path, body: bytes) -> None:
    """Writes a small file whole or not at all."""
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def sync_file(path: Path) -> None:
    """What was written to it is on the disk afterwards."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Names given and taken in the folder are on the disk afterwards, where the system can be asked for that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_lock(folder: Path) -> BinaryIO:
    """Holds the folder for this process until closed; raises StoreInUse where another has it."""
    touch_private(folder / LOCK)
    file = (folder / LOCK).open("r+b")
    try:
        _lock(file)
    except (BlockingIOError, PermissionError) as error:
        file.close()
        raise in_use() from error
    except BaseException:
        file.close()
        raise
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
