"""Writing rows as CSV or XLSX. No cell is a formula to the program that opens it."""

import csv
import errno
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SHEET_ROWS = 1_048_576


def neutral(value: str | int | None) -> str | int:
    """A text that a spreadsheet would run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def write_sheet(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> int:
    """Write and give the number of rows; a file of that name is replaced only by a whole one.

    Raises InputError for another suffix than .csv and .xlsx, and where the disk does not take the file."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise InputError(
            title=Text("文件类型不支持", "File type is not supported"),
            message=Text(f"不认识 {path.suffix or '无后缀'}。", f"{path.suffix or 'No suffix'} is not known."),
            next_step=Text("请用 .csv 或 .xlsx。", "Use .csv or .xlsx."),
        )
    if path.exists() and not path.is_file():
        # A pipe or /dev/stdout is written to, never replaced.
        return write(path, headers, rows)
    target = path.resolve()
    beside = target.with_name(f".{target.stem[:40]}.{os.getpid()}.part{path.suffix}")
    try:
        # A folder that takes no file says so here, before the rows are read.
        beside.touch()
        count = write(beside, headers, rows)
        os.replace(beside, target)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        # What refused the file has been told already, or all went well and it has its name.
        with suppress(OSError):
            beside.unlink()
    return count


def _not_written(path: Path, error: OSError) -> InputError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    said = error.strerror or str(error)
    why = Text("磁盘已满", "the disk is full") if full else Text(said, said)
    return InputError(
        title=Text("没有导出", "Nothing was exported"),
        message=Text(
            f"无法写入 {path}：{why.zh}。原来的文件没有动",
            f"{path} could not be written: {why.en}. An earlier file of that name is as it was",
        ),
        next_step=Text(
            "请腾出空间，或换一个能写的文件夹，再导出一次。",
            "Make room, or choose a folder that can be written to, and export again.",
        ),
    )


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> int:
    count = 0
    # Excel takes UTF-8 for Chinese only where the mark is there.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        for row in rows:
            writer.writerow([neutral(value) for value in row])
            count += 1
    return count


def _write_xlsx(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> int:
    from xlsxwriter.exceptions import FileCreateError

    try:
        return _write_book(path, headers, rows)
    except FileCreateError as error:
        # The library wraps what the disk said as it closes the book.
        raise (error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))) from error


def _write_book(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> int:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headers)
        sheet.freeze_panes(1, 0)
        for row in rows:
            if count + 2 > SHEET_ROWS:
                raise InputError(
                    title=Text("行数太多", "Too many rows"),
                    message=Text("一张工作表放不下。", "One sheet cannot hold them."),
                    next_step=Text(
                        "请导出为 .csv，或用 --since 缩小范围。", "Export to .csv, or narrow it with --since."
                    ),
                )
            count += 1
            for column, value in enumerate(row):
                sheet.write(count, column, neutral(value))
    return count


_Writer = Callable[[Path, Sequence[str], Iterable[Sequence[str | int | None]]], int]
_WRITERS: Mapping[str, _Writer] = {".csv": _write_csv, ".xlsx": _write_xlsx}
