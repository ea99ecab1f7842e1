"""Writing rows as CSV or XLSX. No cell is a formula to the program that opens it."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text
from core.review.taking.neutral import neutral
from core.review.taking.whole_file import whole_file

SHEET_ROWS = 1_048_576


def write_sheet(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> int:
    """Write and give the number of rows; a file of that name is replaced only by a whole one.

    Raises InputError for another suffix than .csv and .xlsx, and where the disk does not take the file."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise InputError(
            title=Text("文件类型不支持", "File type is not supported"),
            message=Text(f"不认识 {path.suffix}。", f"{path.suffix} is not known.")
            if path.suffix
            else Text("文件名没有后缀。", "The name has no suffix."),
            next_step=Text("请用 .csv 或 .xlsx。", "Use .csv or .xlsx."),
        )
    with whole_file(path) as beside:
        return write(beside, headers, rows)


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> int:
    """As `write_sheet` writes CSV, whatever the file is called. Raises InputError where the disk does not take it."""
    with whole_file(path) as beside:
        return _write_csv(beside, headers, rows)


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> int:
    count = 0
    # Excel takes UTF-8 for Chinese only where the mark is there.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        for row in rows:
            writer.writerow([neutral(value) for value in row])
            count += 1
    return count


def _write_xlsx(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> int:
    from xlsxwriter.exceptions import FileCreateError

    try:
        return _write_book(path, headers, rows)
    except FileCreateError as error:
        # The library wraps what the disk said as it closes the book.
        raise (error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))) from error


def _write_book(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> int:
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


_Writer = Callable[[Path, Sequence[str], Iterable[Sequence[str | int | float | None]]], int]
_WRITERS: Mapping[str, _Writer] = {".csv": _write_csv, ".xlsx": _write_xlsx}
