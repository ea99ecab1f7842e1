"""Errors of libraries and of the system, as a person at the command line should read them."""

from sqlalchemy.exc import DBAPIError, OperationalError

from core.domain.text import Text


def spoken(error: Exception) -> Text | None:
    """Plain words for what is no fault of the program; None for what is."""
    if isinstance(error, OperationalError):
        why = str(error.orig).strip().splitlines()[0]
        return Text(
            f"数据库无法使用：{why}。请检查数据库是否运行、磁盘是否已满。",
            f"The database cannot be used: {why}. See that it runs and that the disk is not full.",
        )
    if isinstance(error, DBAPIError):
        return Text(
            f"数据库报错：{type(error.orig).__name__}。请检查它是不是 Stayline 的库。",
            f"The database answered {type(error.orig).__name__}. Is it one of Stayline's?",
        )
    if isinstance(error, OSError):
        name = error.filename or ""
        return Text(f"无法读写 {name}：{error.strerror}。", f"Cannot read or write {name}: {error.strerror}.")
    return None
