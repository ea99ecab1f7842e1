"""Of what type a column is that no field claims. A type holds for every cell of the column, or it is text."""

import re
from functools import lru_cache

from core.domain.indicator import IndicatorType
from core.server.importing import values
from core.server.importing.canonical import Canonical
from core.server.importing.resources import words

Scalar = float | int | str | bool | None

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)\.\d+")
_SIGNIFICANT = 15
"""figures that a JSON number keeps"""
_FULL_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T].*)?|(?:19|20)\d{6}")
_ALL = frozenset({IndicatorType.YES_NO, IndicatorType.INTEGER, IndicatorType.DECIMAL, IndicatorType.DATE})


class TypeGuess:
    """Narrows down as cells pass by."""

    def __init__(self) -> None:
        self.possible = _ALL
        self.digits_only = True
        """whether all yes and no came as 1 and 0"""

    def see(self, cell: str) -> None:
        if self.possible:
            self.possible &= _types(cell)
            self.digits_only = self.digits_only and cell[:1].isdigit() and "." not in cell

    def settle(self, header: Canonical, *, filled: int) -> IndicatorType:
        """The type, given the header's own word on the matter."""
        if not filled or not self.possible or _ends_with(header, "code_header"):
            return IndicatorType.TEXT
        if IndicatorType.YES_NO in self.possible and (not self.digits_only or _is_flag(header)):
            return IndicatorType.YES_NO
        for type_ in (IndicatorType.DATE, IndicatorType.INTEGER, IndicatorType.DECIMAL):
            if type_ in self.possible:
                return type_
        return IndicatorType.TEXT


def indicator_value(cell: str, type_: IndicatorType) -> Scalar:
    """The cell as its indicator keeps it: days as 2026-03-01. Raises ValueError where it is of another type."""
    match type_:
        case IndicatorType.YES_NO:
            return values.read_yes_no(cell)
        case IndicatorType.INTEGER:
            return int(cell.replace(",", ""))
        case IndicatorType.DECIMAL:
            return float(values.read_decimal(cell))
        case IndicatorType.FEN:
            return values.read_money(cell)
        case IndicatorType.DATE:
            return values.read_date(cell).isoformat()
        case IndicatorType.TEXT:
            return cell


@lru_cache(maxsize=1 << 15)
def _types(cell: str) -> frozenset[IndicatorType]:
    found: set[IndicatorType] = set()
    lower = cell.lower()
    if lower in words("yes") or lower in words("no"):
        found.add(IndicatorType.YES_NO)
    if _INTEGER.fullmatch(cell):
        found |= {IndicatorType.INTEGER, IndicatorType.DECIMAL}
    elif _DECIMAL.fullmatch(cell) and sum(char.isdigit() for char in cell) <= _SIGNIFICANT:
        found.add(IndicatorType.DECIMAL)
    if _FULL_DATE.fullmatch(cell) and not values.has_time_of_day(cell) and _is_day(cell):
        found.add(IndicatorType.DATE)
    return frozenset(found)


def _is_day(cell: str) -> bool:
    try:
        values.read_date(cell)
    except ValueError:
        return False
    return True


def _ends_with(header: Canonical, name: str) -> bool:
    form = header.forms[0]
    last = form.rpartition(" ")[2] if form.isascii() else form
    return any(last == word if word.isascii() else last.endswith(word) for word in words(name))


def _is_flag(header: Canonical) -> bool:
    form = header.forms[0]
    parts = set(form.split())
    return any(word in parts if word.isascii() else word in form for word in words("flag_header"))
