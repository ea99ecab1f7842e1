"""What a sheet of a workbook holds: columns that know how they are shown and summed, and rows as they come."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.text import Text

Cell = str | int | float | date | datetime | bool | None


class Form(StrEnum):
    """How a column's cells are meant."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    """fen; shown as yuan"""
    SHARE = "share"
    """0 to 1; shown as per cent"""
    DAY = "day"
    MOMENT = "moment"
    """aware; shown by China's clock"""
    SECONDS = "seconds"


class Column(Struct, frozen=True, kw_only=True):
    """One column; a live one is worked out by the spreadsheet from its neighbours."""

    title: Text
    form: Form = Form.TEXT
    summed: bool = False
    """the first row holds the live sum of the rows that the filter shows"""
    quotient: tuple[int, int] | None = None
    """live: the column of this index ÷ that of the other; empty where the other is 0. Its cells in `rows` are passed
    over, save that they are what a program without formulas is shown"""
    width: int = 0
    """characters; 0: as the title needs"""


class Chart(Struct, frozen=True, kw_only=True):
    """Bars beside the rows, which the spreadsheet draws itself, with what each may lie below and above."""

    title: Text
    labels: int
    """the column whose cells name the bars"""
    values: int
    """the column that they are of"""
    rows: tuple[int, int]
    """first and last; the heading is 0"""
    below: Sequence[float]
    above: Sequence[float]
    """by bar, in the column's unit"""


class Sheet(Struct, frozen=True, kw_only=True):
    """One sheet. `rows` are asked for once and not kept."""

    name: Text
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    range_name: str = ""
    """the name by which a pivot table finds header and rows; letters alone"""
    totalled: bool = True
    """False: its rows are of different things, whose sum says nothing"""
    chart: Chart | None = None

    @property
    def has_sums(self) -> bool:
        return self.totalled and any(column.summed or column.quotient for column in self.columns)
