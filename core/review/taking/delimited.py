"""A sheet as CSV, for programs that want no workbook."""

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from core.domain.clock import CHINA
from core.domain.text import Lang
from core.review.taking.neutral import neutral_text
from core.review.taking.sheet import Cell, Form, Sheet
from core.review.taking.whole_file import whole_file


def write_csv(path: Path, sheet: Sheet, *, lang: Lang) -> int:
    """Write the sheet's rows, without sums, and give their number; `path` is replaced only by a whole file.

    Raises InputError where the disk does not take the file.
    """
    with whole_file(path) as beside:
        # Excel takes UTF-8 for Chinese only where the mark is there.
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.title.of(lang) for column in sheet.columns])
            count = 0
            for row in _shown(sheet):
                writer.writerow(row)
                count += 1
        return count


def _shown(sheet: Sheet) -> Iterator[list[str]]:
    ways = [_WAYS.get(column.form, _plain) for column in sheet.columns]
    return ([_cell(way, value) for way, value in zip(ways, row, strict=True)] for row in sheet.rows)


def _cell(way: Callable[[Any], str], value: Cell) -> str:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return ""
    return way(value)


def _text(value: Any) -> str:
    return neutral_text(str(value))


def _plain(value: Any) -> str:
    return str(value)


def _yuan(value: float) -> str:
    """Without thousands and with a plain minus: a program reads it as a number."""
    return f"{value / 100:.2f}"


def _moment(value: datetime) -> str:
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def _day(value: date) -> str:
    return value.isoformat()


_WAYS: dict[Form, Callable[[Any], str]] = {
    Form.TEXT: _text,
    Form.MONEY: _yuan,
    Form.MOMENT: _moment,
    Form.DAY: _day,
}
