"""One row of cells into a sheet: each column's way of writing is chosen once, not cell by cell."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

from core.domain.clock import CHINA
from core.review.taking.neutral import MOST_UNITS, fitting, neutral_text
from core.review.taking.sheet import Cell, Column, Form

_EPOCH = date(1899, 12, 30).toordinal()
"""day 0 of a spreadsheet"""
_DAY_S = 86_400
_NUMBER_FORMATS: dict[Form, str] = {
    Form.COUNT: "#,##0",
    Form.NUMBER: "#,##0.00",
    Form.MONEY: "#,##0.00",
    Form.SHARE: "0.0%",
    Form.DAY: "yyyy-mm-dd",
    Form.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Form.SECONDS: "[h]:mm:ss",
}
Put = Callable[[int, int, Any, Any], Any]


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
        self._to = to
        self._ways = [(at, *_way(to, column), looks.plain(column.form)) for at, column in enumerate(columns)]

    def row(self, number: int, cells: Sequence[Cell]) -> None:
        """`number`: of the sheet, the heading is 0. None, and a number that is none, leave their cell empty."""
        for (at, shape, put, look), value in zip(self._ways, cells, strict=True):
            if value is None:
                continue
            shaped = shape(value, number)
            if shaped is not None:
                put(number, at, shaped, look)


def _way(to: Any, column: Column) -> tuple[Callable[[Any, int], Any], Put]:
    """How a value becomes what the sheet takes, and which of its methods takes it."""
    if column.quotient is not None:
        top, bottom = (_letters(at) for at in column.quotient)

        def live(value: Any, row: int) -> tuple[str, Any]:
            cell = row + 1
            return f'=IF({bottom}{cell}=0,"",{top}{cell}/{bottom}{cell})', value

        def put_formula(row: int, at: int, made: tuple[str, Any], look: Any) -> None:
            to.write_formula(row, at, made[0], look, made[1])

        return live, put_formula
    if column.form is Form.TEXT:
        return _text, to.write_string
    return _SHAPES[column.form], to.write_number


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _text(value: Any, _row: int) -> str:
    text = neutral_text(value if isinstance(value, str) else str(value))
    return text if len(text) <= MOST_UNITS // 2 else fitting(text)


def _number(value: Any, _row: int) -> float | int | None:
    return value if isfinite(value) else None


def _yuan(value: Any, _row: int) -> float | None:
    return value / 100 if isfinite(value) else None


def _day(value: date, _row: int) -> int:
    return value.toordinal() - _EPOCH


def _moment(value: datetime, _row: int) -> float:
    local = value.astimezone(CHINA)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return local.toordinal() - _EPOCH + seconds / _DAY_S


def _seconds(value: Any, _row: int) -> float | None:
    return value / _DAY_S if isfinite(value) else None


_SHAPES: dict[Form, Callable[[Any, int], Any]] = {
    Form.COUNT: _number,
    Form.NUMBER: _number,
    Form.MONEY: _yuan,
    Form.SHARE: _number,
    Form.DAY: _day,
    Form.MOMENT: _moment,
    Form.SECONDS: _seconds,
}
