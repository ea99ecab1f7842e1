"""Backup and restore of a SQLite database: whole, checked, private, on record; nothing is overwritten (R15).

PostgreSQL has its own tools for it, which the refusal names.
"""

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.engine import BUSY_TIMEOUT_S, Database
from core.server.folders import keep_private, sync_folder
from core.server.migrations import HEAD
from core.server.purge.files import note_backup

_COUNTED = ("customer", "task", "outcome", "audit")
_ERASED = "SELECT customer_id FROM past_customer WHERE why = 'asked'"
_REFUSED = "SELECT customer_id FROM opt_out WHERE released_at IS NULL"
_BESIDE = ("", "-journal", "-wal", "-shm")
"""what SQLite keeps beside a file under its name"""
_UNWRITTEN = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
    }
)
"""what of the two files can only be the copy: the other one is read"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, in rows."""

    customers: int
    tasks: int
    outcomes: int
    audit_entries: int


def make_backup(database: Database, live: Path, target: Path, *, by: str) -> Contents:
    """A consistent copy of the live database under a name that is free, readable to this user alone.

    Raises InputError where the name is taken, its folder is not there, the copy does not hold or its disk does not take
    it, OSError where it cannot be made at all.
    """
    if target.exists():
        raise _taken(target)
    if not target.absolute().parent.is_dir():
        raise _no_folder(target)
    partial = target.with_name(f"{target.name}.part")
    keep_private()
    # On record before the data leave: a copy that was cut short has left too.
    with database.write() as unit:
        audit.write(unit, writer=by, action=Action.BACKUP, object_=target.name[:120])
        note_backup(unit, target)
    try:
        with _reading(live) as source:
            _copy(source, partial)
        contents = check_backup(partial)
        digest_file(target).write_text(f"{_digest(partial)}  {target.name}\n", "utf-8")
        partial.replace(target)
        sync_folder(target.parent)
    finally:
        _clear(partial)
    return contents


def put_back(backup: Path, live: Path, *, now: datetime) -> Path | None:
    """The backup in the place of the live database; the caller holds it, so that no server serves it meanwhile.

    Returns where the former database lies now, None where there was none. Raises InputError where the backup does not
    hold or the disk does not take it: then nothing was changed.
    """
    keep_private()
    check_backup(backup)
    check_digest(backup)
    arriving = live.with_name(f"{live.name}.restoring")
    _clear(arriving)
    try:
        with _reading(backup) as source:
            _copy(source, arriving)
        check_backup(arriving)
        aside = _put_aside(live, now)
        arriving.replace(live)
        sync_folder(live.parent)
    finally:
        _clear(arriving)
    return aside


def put_on_record(database: Database, backup: Path, *, by: str, aside: Path | None = None) -> None:
    """After a restore: the audit says so, and desks pull anew and send again what they have, since their cursors speak
    of another past. What was put `aside` is a copy as any backup, to be destroyed in its time."""
    with database.write() as unit:
        settings.note_restored(unit)
        audit.write(unit, writer=by, action=Action.RESTORE, object_=backup.name[:120])
        if aside is not None:
            note_backup(unit, aside)


@dataclass(frozen=True, slots=True)
class Undone:
    """What customers had asked for since the backup, and a restore took back."""

    erased: tuple[str, ...]
    """ids"""
    refused: tuple[str, ...]
    """ids of those who want no calls"""
    numbers: int
    """refused under ids that are nobody's here: kept for whoever comes with the number"""


def undone(aside: Path, live: Path) -> Undone | None:
    """What stands in the former database and not in the restored one; None where the former cannot be read."""
    try:
        erased, refused = (_ids(aside, which) - _ids(live, which) for which in (_ERASED, _REFUSED))
        here = _ids(live, "SELECT id FROM customer") if refused else set[str]()
    except sqlite3.Error:
        return None
    return Undone(tuple(sorted(erased)), tuple(sorted(refused & here)), len(refused - here))


def _ids(file: Path, which: str) -> set[str]:
    with _reading(file) as conn:
        return {row[0] for row in conn.execute(which)}


def check_backup(file: Path) -> Contents:
    """What the file holds; raises InputError where it is no whole backup of a Stayline this program knows."""
    if not file.is_file():
        raise _unusable(file, "没有这个文件", "there is no such file")
    try:
        with _reading(file) as conn:
            found = [row[0] for row in conn.execute("PRAGMA integrity_check(1)")]
            tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if found != ["ok"]:
                raise _unusable(file, f"文件已损坏（{found[0]}）", f"it is damaged ({found[0]})")
            if not {"alembic_version", *_COUNTED} <= tables:
                raise _unusable(file, "不是 Stayline 的备份", "it is no backup of Stayline")
            revision = conn.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            if revision > HEAD:
                raise _unusable(
                    file, "由更新的程序写成，请先升级", "a newer program wrote it; update stayline-server first"
                )
            return Contents(*(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED))
    except sqlite3.DatabaseError as error:
        raise _unusable(file, f"文件已损坏（{error}）", f"it is damaged ({error})") from error


def digest_file(backup: Path) -> Path:
    """Where a backup's SHA-256 stands, as `sha256sum --check` reads it."""
    return backup.with_name(f"{backup.name}.sha256")


def check_digest(backup: Path) -> bool:
    """Whether the backup is, byte for byte, what was written; False where nothing beside it says so.

    SQLite's own check sees the structure alone: a value that was changed passes it. Raises InputError where they
    differ.
    """
    beside = digest_file(backup)
    if not beside.is_file():
        return False
    if beside.read_text("utf-8", errors="replace").split()[:1] != [_digest(backup)]:
        raise _unusable(backup, f"与 {beside.name} 里的校验值不符", f"it is not what {beside.name} says was written")
    return True


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def refuse_server_database(shown: str) -> InputError:
    """What to do instead where the database is PostgreSQL's."""
    return InputError(
        title=Text("PostgreSQL 请用它自己的工具", "PostgreSQL has its own tools for this"),
        message=Text(f"{shown} 不是文件。", f"{shown} is no file."),
        next_step=Text(
            "备份：pg_dump --format=custom --file=文件 库；恢复：先停服务，"
            "再 pg_restore --clean --if-exists --dbname=库 文件。",
            "Backup: pg_dump --format=custom --file=FILE DATABASE; restore: stop the server, then"
            " pg_restore --clean --if-exists --dbname=DATABASE FILE.",
        ),
    )


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_S)) as conn:
        yield conn


def _copy(source: sqlite3.Connection, target: Path) -> None:
    """In one go, which is one moment, however much is written beside it; safe on the disk at the end.

    Raises InputError that names the target where its disk does not take it.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            # One file that stands alone: a journal beside it could be left behind when it is carried away.
            copy.execute("PRAGMA journal_mode=DELETE").close()
    except sqlite3.Error as error:
        if error.sqlite_errorcode in _UNWRITTEN:
            raise _not_written(target, full=error.sqlite_errorcode == sqlite3.SQLITE_FULL) from error
        raise
    try:
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise _not_written(target, full=error.errno in (errno.ENOSPC, errno.EDQUOT)) from error


def _clear(copy: Path) -> None:
    """An unfinished copy with its journal: a full disk leaves it, and the next copy would be rolled back by it."""
    for tail in _BESIDE:
        copy.with_name(copy.name + tail).unlink(missing_ok=True)


def _put_aside(live: Path, now: datetime) -> Path | None:
    """The former database with its journal under another name: also a damaged one may still be read by somebody."""
    stamp = f"{now.astimezone(CHINA):%Y%m%d-%H%M%S}"
    aside = live.with_name(f"{live.name}.before-restore-{stamp}")
    if aside.exists():
        raise _taken(aside)
    there = live.exists()
    for tail in _BESIDE:
        part = live.with_name(live.name + tail)
        if part.exists():
            part.replace(aside.with_name(aside.name + tail))
    return aside if there else None


def _taken(file: Path) -> InputError:
    return InputError(
        title=Text("文件已存在", "The file exists"),
        message=Text(f"{file} 已存在，未作改动。", f"{file} exists; nothing was changed."),
        next_step=Text("请换一个文件名。", "Choose another name."),
    )


def _no_folder(file: Path) -> InputError:
    return InputError(
        title=Text("没有这个文件夹", "There is no such folder"),
        message=Text(f"{file} 所在的文件夹不存在。", f"The folder of {file} is not there."),
        next_step=Text("请先建好文件夹，或换一个位置。", "Make it first, or name another place."),
    )


def _not_written(file: Path, *, full: bool) -> InputError:
    why = Text("磁盘已满", "the disk is full") if full else Text("磁盘写入出错", "the disk does not take it")
    return InputError(
        title=Text("副本写不下", "The copy cannot be written"),
        message=Text(
            f"{file}：{why.zh}。现有数据未作改动，没写完的副本已删除。",
            f"{file}: {why.en}. The present data are unchanged; the unfinished copy was removed.",
        ),
        next_step=Text(
            "请在那块磁盘上腾出空间（或查配额、文件大小限制），再运行同一命令。",
            "Make room on that disk, or see its quotas and limits of file size, and run the same command again.",
        ),
    )


def _unusable(file: Path, zh: str, en: str) -> InputError:
    return InputError(
        title=Text("备份不可用", "The backup cannot be used"),
        message=Text(f"{file}：{zh}。现有数据未作改动。", f"{file}: {en}. The present data are unchanged."),
        next_step=Text("请换一个备份文件。", "Choose another backup."),
    )
