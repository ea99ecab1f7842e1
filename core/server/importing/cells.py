"""One cell: from what a sheet or a line holds to clean text. Phones stay text, blanks become empty."""

import re
from datetime import date, datetime, time, timedelta

from core.server.importing.resources import words

CellValue = str | int | float | bool | date | datetime | time | timedelta | None

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff]+")
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')
_MIDNIGHT = time()


def sheet_text(value: CellValue) -> str:
    """A typed cell of a sheet as text: 13900001234.0 has no fraction, midnight no time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    return str(value)


def clean(cell: str) -> str:
    """Without control characters, outer blanks and the marks by which spreadsheets keep digits as text."""
    text = cell if cell.isprintable() else _CONTROL.sub(" ", cell)
    text = text.strip().strip("\u3000\xa0")
    if text[:1] == "=" and (wrapped := _TEXT_FORMULA.match(text)):
        return wrapped[1].strip()
    if text[:1] == "'":
        return text[1:].strip()
    return text


def value_of(cell: str) -> str:
    """The cleaned cell, empty where it holds a word for "nothing" (NULL, --, #N/A)."""
    text = clean(cell)
    return "" if not text or (len(text) <= 8 and text.lower() in words("blank")) else text
