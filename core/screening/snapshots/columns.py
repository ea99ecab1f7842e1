"""A factor's values as one Arrow column: what is not of the factor's type is left out and counted."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from math import isfinite
from types import NoneType
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from core.domain.indicator import IndicatorType

ARROW: Mapping[IndicatorType, pa.DataType] = {
    IndicatorType.INTEGER: pa.int64(),
    IndicatorType.FEN: pa.int64(),
    IndicatorType.DECIMAL: pa.float64(),
    IndicatorType.YES_NO: pa.bool_(),
    IndicatorType.DATE: pa.date32(),
    IndicatorType.TEXT: pa.string(),
}
BOUND = 2**53
"""below it whole numbers are exact in every engine, and a thousand of them can be added: a source's mark for “no
limit”, the largest number of eight bytes, would end each rule that adds it to another"""
_YEARS = range(1900, 2101)
_NEVER: frozenset[type] = frozenset()
_AS_THEY_ARE: Mapping[IndicatorType, frozenset[type]] = {
    IndicatorType.INTEGER: frozenset({int, NoneType}),
    IndicatorType.FEN: frozenset({int, NoneType}),
    IndicatorType.YES_NO: frozenset({bool, NoneType}),
    IndicatorType.TEXT: frozenset({str, NoneType}),
}


class Column(NamedTuple):
    values: pa.Array
    unusable: int
    """values that were there and are of another type, or days of year 0"""


def column_of(kind: IndicatorType, values: Sequence[object]) -> Column:
    """The column; an absent value is null."""
    # Nearly every column is of one type throughout: then nothing is looked at value by value.
    if set(map(type, values)) <= _AS_THEY_ARE.get(kind, _NEVER):
        with suppress(OverflowError, pa.ArrowInvalid):
            whole = pa.array(values, type=ARROW[kind])
            if not _beyond(whole):
                return Column(whole, 0)
    read = _READERS[kind]
    out = [None if value is None else read(value) for value in values]
    unusable = sum(kept is None for kept in out) - sum(value is None for value in values)
    return Column(pa.array(out, type=ARROW[kind]), unusable)


def _beyond(values: pa.Array) -> bool:
    if not pa.types.is_integer(values.type):
        return False
    ends = pc.min_max(values).as_py()
    return ends["max"] is not None and not -BOUND < ends["min"] <= ends["max"] < BOUND


def _integer(value: object) -> int | None:
    if type(value) is float and value.is_integer():
        value = int(value)
    return value if type(value) is int and -BOUND < value < BOUND else None


def _decimal(value: object) -> float | None:
    if type(value) is int and -BOUND < value < BOUND:
        return float(value)
    return value if type(value) is float and isfinite(value) else None


def _yes_no(value: object) -> bool | None:
    return value if type(value) is bool else None


def _day(value: object) -> date | None:
    if isinstance(value, date):
        found = value
    else:
        try:
            found = date.fromisoformat(value) if type(value) is str else date.min
        except ValueError:
            return None
    return found if found.year in _YEARS else None


def _text(value: object) -> str | None:
    return value if type(value) is str else None


_READERS: Mapping[IndicatorType, Callable[[object], Any]] = {
    IndicatorType.INTEGER: _integer,
    IndicatorType.FEN: _integer,
    IndicatorType.DECIMAL: _decimal,
    IndicatorType.YES_NO: _yes_no,
    IndicatorType.DATE: _day,
    IndicatorType.TEXT: _text,
}
