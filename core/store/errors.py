"""The one table from the errors of SQLCipher and the file system to the store's own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, TimeoutError

from core.domain.errors import StoreClosed, StoreDisk, StoreError, StoreForeign, StoreInUse, StoreLocked
from core.domain.text import Text
from core.store import disk

_OF_DISK: dict[int, Callable[[], StoreDisk]] = {
    sqlite3.SQLITE_READONLY: disk.read_only,
    sqlite3.SQLITE_PERM: disk.forbidden,
    sqlite3.SQLITE_IOERR: disk.failing,
    sqlite3.SQLITE_CANTOPEN: disk.failing,
}
"""what to say of a code where the disk, asked again, has nothing against it"""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def locked() -> StoreLocked:
    return StoreLocked(
        title=Text("本机数据已锁定", "The local data are locked"),
        message=Text(
            "打开本机数据的密钥不对或不存在。没有删除任何数据。",
            "The key to the local data is wrong or missing. Nothing was deleted.",
        ),
        next_step=Text(
            "请解锁系统密钥环或重新输入口令；仍不行请联系管理员。",
            "Unlock the system keyring or enter the passphrase again; if that fails ask the administrator.",
        ),
    )


def foreign() -> StoreForeign:
    return StoreForeign(
        title=Text("本机数据不可用", "The local data cannot be used"),
        message=Text(
            "数据文件已损坏，或不属于本程序。没有删除任何数据。",
            "The data files are damaged or not of this program. Nothing was deleted.",
        ),
        next_step=Text(
            "请勿移动这些文件，并联系管理员恢复。", "Leave the files where they are and ask the administrator."
        ),
    )


def work_gone() -> StoreForeign:
    return StoreForeign(
        title=Text("本机的工作记录不见了", "The records of your work are gone"),
        message=Text(
            "记着本人结果的文件 work.db 不在或是空的，其中可能有未上传的结果。没有另建，其余文件未动。",
            "The file of your own results, work.db, is missing or empty; it may have held some not uploaded yet. "
            "None was made in its place, and the other files are as they were.",
        ),
        next_step=Text(
            "请联系管理员：从备份把它放回；确实找不回时，移走这个数据文件夹再登录，资料会重新取回。",
            "Ask the administrator to put it back from a backup. Where it cannot be found, move this data folder away "
            "and sign in again: the server's data are fetched anew.",
        ),
    )


def damage_met() -> StoreForeign:
    """At work, past the opening: the next one looks closely and sets aside what can be fetched again."""
    return StoreForeign(
        title=Text("本机数据有损坏", "The local data are damaged"),
        message=Text(
            "读到了损坏的数据。没有删除任何数据。", "Something in them could not be read. Nothing was deleted."
        ),
        next_step=Text(
            "请退出并重新打开程序，联网登录：来自服务器的资料会重新取回。登录时若仍提示不可用，请联系管理员。",
            "Quit Stayline, start it again and sign in online: what came from the server is fetched again. "
            "If the sign-in says that the data cannot be used, ask the administrator.",
        ),
    )


def newer() -> StoreForeign:
    return StoreForeign(
        title=Text("本机数据版本较新", "The local data are newer"),
        message=Text(
            "数据由更新版本的程序写入，本版本不能打开。没有删除任何数据。",
            "A newer version of the program wrote the data; this one cannot open them. Nothing was deleted.",
        ),
        next_step=Text("请更新程序。", "Update the program."),
    )


def in_use() -> StoreInUse:
    return StoreInUse(
        title=Text("程序已经打开", "Already open"),
        message=Text("另一个窗口正在使用本机数据。", "Another window is using the local data."),
        next_step=Text("请切换到那个窗口，或先关闭它。", "Go to that window, or close it first."),
    )


def busy() -> StoreError:
    return StoreError(
        title=Text("本机数据正忙", "The local data are busy"),
        message=Text(
            "没有及时轮到本次操作，什么都没有改变。", "The step did not get its turn in time; nothing changed."
        ),
        next_step=Text("请再试一次。", "Try once more."),
    )


def closed() -> StoreClosed:
    return StoreClosed(
        title=Text("本机数据已关闭", "The local data are closed"),
        message=Text("程序正在退出。", "The program is closing."),
        next_step=Text("请重新打开程序。", "Open the program again."),
    )


def unfinished() -> StoreError:
    return StoreError(
        title=Text("还有未完成的记录", "Records are not finished"),
        message=Text("本机还有未上传或未写完的记录。", "Records on this computer wait to be uploaded or finished."),
        next_step=Text("请先完成并上传。", "Finish and upload them first."),
    )


def of_code(code: int | None, folder: Path) -> StoreError | None:
    """The store's error for a code of SQLite, met in that folder; None for those that are faults of the program."""
    primary = (code or 0) & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return disk.full()
    if primary in _OF_DISK:
        return disk.asked(folder) or _OF_DISK[primary]()
    if primary in _DAMAGED:
        return foreign()
    if primary in _BUSY:
        return busy()
    return None


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turns what libraries raise inside into the store's errors; faults of the program pass as they are."""
    try:
        yield
    except TimeoutError as error:
        raise busy() from error
    except DBAPIError as error:
        told = of_code(getattr(error.orig, "sqlite_errorcode", None), folder)
        if told is None:
            raise
        raise told from error
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        # Something else stands where the store's folder or one of its files belongs.
        raise foreign() from error
    except OSError as error:
        refused = disk.of_os_error(error)
        if refused is None:
            raise
        raise refused from error
