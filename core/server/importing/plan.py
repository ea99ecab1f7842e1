"""What will become of each column of a list: proposed, edited by a mapping file, then carried out."""

from enum import StrEnum

from msgspec import Struct

from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.server.importing.fields import Field
from core.server.importing.source import Source
from core.server.importing.values import MoneyUnit


class Certainty(StrEnum):
    """How sure the proposal for a column is."""

    SURE = "sure"
    LIKELY = "likely"
    """the header is close and the cells agree: worth a look"""
    OPEN = "open"
    """it may be a field, and a person has to say so: kept as an indicator until then"""


class ColumnPlan(Struct, frozen=True, kw_only=True):
    column: str
    """the header; numbered where it is empty, counted where it repeats"""
    index: int
    """from 0"""
    field: Field | None
    """None: kept as an indicator"""
    confidence: float
    """0 … 1"""
    why: Text
    certainty: Certainty = Certainty.SURE
    may_be: Field | None = None
    """the field that an open column may be"""
    type: IndicatorType
    """of the indicator, where the column is kept as one"""
    unit: MoneyUnit = MoneyUnit.YUAN
    masked: bool = False
    """the cells are numbers that must not be read without a reveal: the indicator keeps them masked"""


class ImportPlan(Struct, frozen=True, kw_only=True):
    source: Source
    header_row: int
    """as a spreadsheet counts, from 1; 0 where the list has no header"""
    columns: tuple[ColumnPlan, ...]
    rows: int
    """data rows, blank ones apart"""

    def of(self, field: Field) -> tuple[ColumnPlan, ...]:
        """The columns of that field, from left to right."""
        return tuple(column for column in self.columns if column.field is field)
