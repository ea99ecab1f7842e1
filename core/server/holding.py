"""One server at a time on a database file: two would each hold half of what desks wait for, and nobody would notice."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.trouble import NEXT, WORDS, Trouble


@contextmanager
def held(file: Path) -> Iterator[None]:
    """The database file for this process alone; ends with the process.

    Raises InputError where a server has it, or where nothing can be written beside it.
    """
    with _lock_file(file) as lock:
        try:
            _lock(lock)
        except OSError as error:
            raise _in_use(file, lock) from error
        _leave_name(lock)
        yield


def _leave_name(lock: BinaryIO) -> None:
    # On a full disk the lock holds all the same, only its words lack the number; the disk is told by who serves.
    with suppress(OSError):
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), str(os.getpid()).encode())


def _lock_file(file: Path) -> BinaryIO:
    path = file.with_name(f"{file.name}.serving")
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except OSError as error:
        raise InputError(
            title=WORDS[Trouble.READ_ONLY],
            message=Text(f"{path}：{error.strerror}", f"{path}: {error.strerror}"),
            next_step=NEXT[Trouble.READ_ONLY],
        ) from error


def _in_use(file: Path, lock: BinaryIO) -> InputError:
    pid = lock.read(20).decode("ascii", "replace")
    return InputError(
        title=Text("已有服务在使用这个数据库", "Another server has this database"),
        message=Text(
            f"{file} 正由另一个 stayline-server 使用（进程 {pid}）。",
            f"{file} is in use by another stayline-server (process {pid}).",
        ),
        next_step=Text(
            "请先停止它，或用 --data 指明另一个文件夹。", "Stop that one first, or name another folder with --data."
        ),
    )


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        # Far behind the process number, which others may read.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
