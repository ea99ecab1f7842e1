"""What a database's own errors mean: read-only, full, failing, damaged, busy; the same for SQLite and PostgreSQL."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError

from core.domain.text import Text

_SQLITE = {
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_FULL: "disk_full",
    # What the system answers where a quota or a limit, not the disk, is full, and where the disk itself fails.
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}
_SQLSTATES = {
    "25006": "read_only",
    "53100": "disk_full",
    "58030": "disk_error",
    "XX001": "damaged",
    "XX002": "damaged",
    "55P03": "busy",
    "40001": "busy",
}


class Trouble(StrEnum):
    """What is the matter with a database."""

    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    DISK_ERROR = "disk_error"
    DAMAGED = "damaged"
    BUSY = "busy"
    AWAY = "database_unavailable"


WORDS: dict[Trouble, Text] = {
    Trouble.READ_ONLY: Text("数据库不能写入，是只读的", "The database cannot be written: it is read-only"),
    Trouble.DISK_FULL: Text("磁盘已满，数据库不能写入", "The disk is full: the database cannot be written"),
    Trouble.DISK_ERROR: Text("磁盘读写出错", "The disk answers with an error"),
    Trouble.DAMAGED: Text("数据库文件已损坏", "The database file is damaged"),
    Trouble.BUSY: Text("数据库正忙", "The database is busy"),
    Trouble.AWAY: Text("数据库无法使用", "The database cannot be used"),
}
NEXT: dict[Trouble, Text] = {
    Trouble.READ_ONLY: Text(
        "请检查文件夹归谁所有、能否写入，磁盘是否以只读方式挂载。",
        "See who owns the folder, that it can be written, and that the disk is not mounted read-only.",
    ),
    Trouble.DISK_FULL: Text("请腾出空间；已登记的内容没有丢失。", "Make room on it; what was recorded is safe."),
    Trouble.DISK_ERROR: Text(
        "请先看配额和文件大小限制，再查磁盘和连接；可能是磁盘坏了，请尽快备份到别的磁盘。",
        "See quotas and limits of file size first, then the disk and its connection: it may be failing, so back up to"
        " another one soon.",
    ),
    Trouble.DAMAGED: Text(
        "请停止服务，用 stayline-server restore 备份文件 恢复；损坏的文件会留在旁边。",
        "Stop the server and bring a backup back: stayline-server restore FILE; the damaged file is kept beside it.",
    ),
    Trouble.BUSY: Text("请稍后重试。", "Try again shortly."),
    Trouble.AWAY: Text("请检查数据库是否运行。", "See that it runs and can be reached."),
}


def trouble_of(error: BaseException) -> Trouble:
    """What the driver's error, or SQLAlchemy's around it, means."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
        return Trouble(_SQLITE.get(code, Trouble.AWAY))
    return Trouble(_SQLSTATES.get(getattr(origin, "sqlstate", None) or "", Trouble.AWAY))
