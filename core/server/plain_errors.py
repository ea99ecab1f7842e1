"""Errors of libraries and of the system, as a person at the command line should read them."""

import sqlite3
import sys

from sqlalchemy.exc import DBAPIError, OperationalError

from core.domain.content_reasons import in_chinese
from core.domain.text import Text
from core.server.db.trouble import NEXT, WORDS, Trouble, trouble_of


def spoken(error: Exception, *, where: str) -> Text | None:
    """Plain words for what is no fault of the program; None for what is. `where` is the database."""
    if isinstance(error, DBAPIError | sqlite3.Error):
        return _of_database(error, where)
    if _of_engine(error):
        why = next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]
        return Text(
            f"筛选引擎出错：{why}。请查看磁盘和内存；快照若有损坏，请用 snapshot list --check 找出，再取一次。",
            f"The engine of screening failed: {why}. See that the disk is not full; find a damaged snapshot with:"
            " snapshot list --check, and take one anew.",
        )
    if isinstance(error, OSError):
        name = error.filename or ""
        why = error.strerror or type(error).__name__
        return Text(f"无法读写 {name}：{in_chinese(why)}。", f"Cannot read or write {name}: {why}.")
    return None


def _of_engine(error: Exception) -> bool:
    """DuckDB is there only where somebody screens."""
    engine = sys.modules.get("duckdb")
    return engine is not None and isinstance(error, engine.Error)


def _of_database(error: DBAPIError | sqlite3.Error, where: str) -> Text:
    found = trouble_of(error)
    if found is not Trouble.AWAY:
        words, step = WORDS[found], NEXT[found]
        return Text(f"{words.zh}：{where}。{step.zh}", f"{words.en}: {where}. {step.en}")
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        why = (str(origin).strip().splitlines() or [type(origin).__name__])[0]
        return Text(
            f"数据库 {where} 无法使用：{why}。请检查数据库是否运行、磁盘是否已满。",
            f"The database {where} cannot be used: {why}. See that it runs and that the disk is not full.",
        )
    kind = type(origin).__name__
    return Text(
        f"{where} 不能作为数据库使用（{kind}）。请用 --data 或 --database 指明 Stayline 的库。",
        f"{where} cannot be used as a database ({kind}). Say with --data or --database where Stayline's is.",
    )
