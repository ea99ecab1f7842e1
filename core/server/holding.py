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
            _lock(lock, alone=True)
        except OSError as error:
            raise _in_use(file, lock) from error
        _leave_name(lock)
        yield


@contextmanager
def used(file: Path) -> Iterator[None]:
    """The database file is open here, beside others; `unused` waits for nobody and is refused meanwhile.

    Raises InputError while it is being replaced.
    """
    try:
        lock = _beside(file, "using")
    except OSError:
        # What cannot be written beside cannot be written itself: whoever reads needs no guard.
        yield
        return
    with lock:
        try:
            _lock(lock, alone=False)
        except OSError as error:
            raise _busy(file) from error
        yield


@contextmanager
def unused(file: Path) -> Iterator[None]:
    """No command has the database open, and none opens it meanwhile: an import under way would go on writing into a
    file that was put aside. Raises InputError where one has."""
    with _beside(file, "using") as lock:
        try:
            _lock(lock, alone=True)
        except OSError as error:
            raise _busy(file) from error
        yield


def _beside(file: Path, tail: str) -> BinaryIO:
    path = file.with_name(f"{file.name}.{tail}")
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _busy(file: Path) -> InputError:
    return InputError(
        title=Text("数据库正在使用", "The database is in use"),
        message=Text(
            f"另一个 stayline-server 命令正在使用 {file}，未作改动。",
            f"Another stayline-server command is using {file}; nothing was changed.",
        ),
        next_step=Text(
            "请等它做完（如导入）再试。", "Wait until it has finished, an import for example, and try again."
        ),
    )


def _leave_name(lock: BinaryIO) -> None:
    # On a full disk the lock holds all the same, only its words lack the number; the disk is told by who serves.
    with suppress(OSError):
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), str(os.getpid()).encode())


def _lock_file(file: Path) -> BinaryIO:
    try:
        return _beside(file, "serving")
    except OSError as error:
        path = error.filename
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

    def _lock(file: BinaryIO, *, alone: bool) -> None:
        if not alone:
            # There is no lock to share here, and no need of one: Windows replaces no file that somebody has open.
            return
        # Far behind the process number, which others may read.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

    @contextmanager
    def by_turns(folder: Path) -> Iterator[None]:
        """One after the other of those who write a folder's files anew. Raises OSError where nothing can be written."""
        with _beside(folder, "turns") as lock:
            while True:
                # It gives up after ten tries, a second apart; whoever has the lock may need longer.
                with suppress(OSError):
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
                    break
            yield

else:
    import fcntl

    @contextmanager
    def by_turns(folder: Path) -> Iterator[None]:
        """One after the other of those who write a folder's files anew. Raises OSError where it cannot be opened."""
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _lock(file: BinaryIO, *, alone: bool) -> None:
        fcntl.flock(file.fileno(), (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
