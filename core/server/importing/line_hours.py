"""Columns that hold the hours of a broadband line, one a month: the header says which month it is of."""

import re
from math import ceil

from core.domain.customer import LineUse
from core.server.importing.values import OutOfRange, read_decimal

KEPT_MONTHS = 12
_MOST_HOURS = 31 * 24
_MONTH = re.compile(r"(?<!\d)(20\d{2})\D{0,2}(0?[1-9]|1[0-2])(?!\d)")


def month_of(header: str) -> str:
    """`宽带时长202610`, `Broadband hours 2026-10` → `2026-10`; empty where the header names no month."""
    found = _MONTH.search(header)
    return f"{found[1]}-{int(found[2]):02d}" if found is not None else ""


def read_hours(cell: str) -> int:
    """Begun hours of `35.5`, `35.5小时`; raises ValueError, and OutOfRange on more than a month has."""
    hours = read_decimal(re.sub(r"(?:小时|h|hours?)$", "", cell.strip(), flags=re.IGNORECASE))
    if not 0 <= hours <= _MOST_HOURS:
        raise OutOfRange(cell)
    return ceil(hours)


def in_order(hours: dict[str, int]) -> list[LineUse]:
    """By month, oldest first; more than a year of them is of no use."""
    return [LineUse(month=month, hours=hours[month]) for month in sorted(hours)[-KEPT_MONTHS:]]
