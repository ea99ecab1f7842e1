"""What the disk under the store refuses, told apart: no room, write-protected, not allowed, not answering."""

import errno
import os
from pathlib import Path

from core.domain.errors import StoreDisk, StoreFailing, StoreForbidden, StoreFull, StoreReadOnly
from core.domain.text import Text

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_FAILING = frozenset(
    {errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.ENOTCONN}
)
# System error codes of Windows: there C's numbers call a protected disk and a bad sector "permission denied".
_WINDOWS_READ_ONLY = frozenset({19})
_WINDOWS_FAILING = frozenset({21, 23, 53, 55, 59, 64, 1117, 1167})
_PROBE = "probe"
_PROBE_BYTES = 1 << 20
"""what a few saves need: less would find room where the store finds none"""


def of_os_error(error: OSError) -> StoreDisk | None:
    """The store's error for what the system says; None for what no disk has to do with."""
    windows = getattr(error, "winerror", None)
    if windows in _WINDOWS_READ_ONLY or error.errno in _READ_ONLY:
        return read_only()
    if windows in _WINDOWS_FAILING or error.errno in _FAILING:
        return failing()
    if error.errno in _NO_ROOM:
        return full()
    return forbidden() if error.errno in _FORBIDDEN else None


def asked(folder: Path) -> StoreDisk | None:
    """What the disk says to a small write beside the data, as SQLite does not tell why; None where it takes it."""
    try:
        _write_and_remove(folder / _PROBE)
    except OSError as error:
        return of_os_error(error)
    if any(path.exists() and not _may_write(path) for path in folder.glob("*.db")):
        return forbidden()
    return None


def _write_and_remove(probe: Path) -> None:
    descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(bytes(_PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    finally:
        probe.unlink(missing_ok=True)


def _may_write(path: Path) -> bool:
    # Asked, not tried: closing another handle of a database's file would let go of the locks that SQLite holds on it.
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def full() -> StoreFull:
    return StoreFull(
        title=Text("磁盘已满", "The disk is full"),
        message=Text(
            "这一步没有存上。之前提示已保存的都在，仍可查看。",
            "This step was not kept. All that was reported as saved is here, and reading goes on.",
        ),
        next_step=Text("请清理磁盘空间，再保存一次。", "Free some disk space and save once more."),
    )


def read_only() -> StoreReadOnly:
    return StoreReadOnly(
        title=Text("磁盘写保护，只能看不能存", "The disk is write-protected"),
        message=Text(
            "这一步没有存上。之前提示已保存的都在。",
            "This step was not kept. All that was reported as saved is here.",
        ),
        next_step=Text(
            "请先别关窗口，联系管理员解除写保护，再保存一次。",
            "Leave the window open, ask the administrator to make the disk writable, and save once more.",
        ),
    )


def forbidden() -> StoreForbidden:
    return StoreForbidden(
        title=Text("没有权限读写本机数据", "No permission for the local data"),
        message=Text(
            "数据文件夹不归当前账户读写。这一步没有存上，已有的数据没有动。",
            "This account may not read and write the data folder. This step was not kept; nothing there has changed.",
        ),
        next_step=Text(
            "请用平时的电脑账户登录，或请管理员放开文件夹权限。",
            "Log in to the computer as you usually do, or ask the administrator for the right to the folder.",
        ),
    )


def failing() -> StoreFailing:
    return StoreFailing(
        title=Text("磁盘读写出错", "The disk does not answer"),
        message=Text(
            "磁盘或网络盘没有正常响应，这一步没有存上。已上传的记录在服务器上，不会丢。",
            "The disk or network drive failed, and this step was not kept. What was uploaded is safe on the server.",
        ),
        next_step=Text(
            "请先别关窗口，再试一次；还不行请马上联系管理员检查磁盘。",
            "Leave the window open and try once more; if it fails again, have the administrator check the disk now.",
        ),
    )
