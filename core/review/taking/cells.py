"""One row of cells into a sheet: each column's way of writing is chosen once, not cell by cell."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

from core.domain.clock import CHINA
from core.review.taking.neutral import LOOKED_AT, MOST_UNITS, fitting, neutral_text
from core.review.taking.sheet import Cell, Column, Form

_FIRST_DAY = date(1899, 12, 30).toordinal()
"""day 0 of a spreadsheet"""
_FIRST_MOMENT = datetime(1899, 12, 30, tzinfo=CHINA)
_DAY_S = 86_400
_PARTS: dict[Form, int] = {Form.MONEY: 100, Form.SECONDS: _DAY_S}
"""how many of a column's unit the cell shows as one"""
_SURELY_FITS = MOST_UNITS // 2
_NUMBER_FORMATS: dict[Form, str] = {
    Form.COUNT: "#,##0",
    Form.NUMBER: "#,##0.00",
    Form.MONEY: "#,##0.00",
    Form.SHARE: "0.0%",
    Form.DAY: "yyyy-mm-dd",
    Form.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Form.SECONDS: "[h]:mm:ss",
}
Put = Callable[[int, Any], None]


class Formats:
    """The book's formats, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._plain = {form: book.add_format({"num_format": look}) for form, look in _NUMBER_FORMATS.items()}
        self._totals: dict[Form, Any] = {}

    def plain(self, form: Form) -> Any:
        """None for text, which has none."""
        return self._plain.get(form)

    def total(self, form: Form) -> Any:
        if form not in self._totals:
            look = {"num_format": _NUMBER_FORMATS[form]} if form in _NUMBER_FORMATS else {}
            self._totals[form] = self._book.add_format({"bold": True, "top": 1, **look})
        return self._totals[form]


def formats(book: Any) -> Formats:
    """Those of the book: every sheet of it shares them."""
    if not hasattr(book, "stayline_formats"):
        book.stayline_formats = Formats(book)
    found: Formats = book.stayline_formats
    return found


class Writers:
    """Writes rows of these columns."""

    def __init__(self, to: Any, columns: Sequence[Column], looks: Formats) -> None:
        self._put = [_way(to, at, column, looks.plain(column.form)) for at, column in enumerate(columns)]

    def row(self, number: int, cells: Sequence[Cell]) -> None:
        """`number`: of the sheet, the heading is 0. None, and a number that is none, leave their cell empty."""
        for put, value in zip(self._put, cells, strict=True):
            if value is not None:
                put(number, value)


def _way(to: Any, at: int, column: Column, look: Any) -> Put:
    """How a value of the column gets into its cell: one call a cell, since there are millions."""
    if column.quotient is not None:
        return _live(to, at, column.quotient, look)
    if column.form is Form.TEXT:
        return _text(to.write_string, at)
    if column.form in (Form.DAY, Form.MOMENT):
        return _shaped(to.write_number, at, look, _day if column.form is Form.DAY else _moment)
    return _number(to.write_number, at, look, _PARTS.get(column.form, 1))


def _text(write: Callable[..., Any], at: int) -> Put:
    def put(row: int, value: Any) -> None:
        text = value if isinstance(value, str) else str(value)
        if text[:1] in LOOKED_AT:
            text = neutral_text(text)
        write(row, at, text if len(text) <= _SURELY_FITS else fitting(text))

    return put


def _number(write: Callable[..., Any], at: int, look: Any, parts: int) -> Put:
    def put(row: int, value: Any) -> None:
        if isfinite(value):
            write(row, at, value if parts == 1 else value / parts, look)

    return put


def _shaped(write: Callable[..., Any], at: int, look: Any, shape: Callable[[Any], float]) -> Put:
    def put(row: int, value: Any) -> None:
        write(row, at, shape(value), look)

    return put


def _live(to: Any, at: int, quotient: tuple[int, int], look: Any) -> Put:
    from xlsxwriter.utility import xl_col_to_name

    top, bottom = (xl_col_to_name(column) for column in quotient)

    def put(row: int, value: Any) -> None:
        to.write_formula(row, at, f'=IF({bottom}{row + 1}=0,"",{top}{row + 1}/{bottom}{row + 1})', look, value)

    return put


def _day(value: date) -> int:
    return value.toordinal() - _FIRST_DAY


def _moment(value: datetime) -> float:
    since = value - _FIRST_MOMENT
    return since.days + since.seconds / _DAY_S
