"""Errors of libraries and of the system, as a person at the command line should read them."""

from sqlalchemy.exc import DBAPIError, OperationalError

from core.domain.text import Text


def spoken(error: Exception, *, where: str) -> Text | None:
    """Plain words for what is no fault of the program; None for what is. `where` is the database."""
    if isinstance(error, OperationalError):
        why = str(error.orig).strip().splitlines()[0]
        return Text(
            f"数据库 {where} 无法使用：{why}。请检查数据库是否运行、磁盘是否已满。",
            f"The database {where} cannot be used: {why}. See that it runs and that the disk is not full.",
        )
    if isinstance(error, DBAPIError):
        kind = type(error.orig).__name__
        return Text(
            f"{where} 不能作为数据库使用（{kind}）。请用 --data 或 --database 指明 Stayline 的库。",
            f"{where} cannot be used as a database ({kind}). Say with --data or --database where Stayline's is.",
        )
    if isinstance(error, OSError):
        name = error.filename or ""
        return Text(f"无法读写 {name}：{error.strerror}。", f"Cannot read or write {name}: {error.strerror}.")
    return None
