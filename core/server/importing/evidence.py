"""What a column's cells say for or against a field: the share that reads as the field's kind."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from core.server.importing import values
from core.server.importing.line_hours import read_hours
from core.server.importing.numbers import is_mobile, read_numbers
from core.server.importing.quiet import read_quiet
from core.server.importing.refusals import refuses_calls
from core.server.importing.resources import words
from core.server.importing.rules import Kind

_NAME = re.compile(
    r"[\u3400-\u9fff][\u3400-\u9fff·•*＊某xX]{1,9}(?:先生|女士|小姐)?|[\u3400-\u9fff()（）·]{4,40}"
    r"|[A-Za-z][A-Za-z.'’\-*]*(?: [A-Za-z][A-Za-z.'’\-*]*){0,4}"
)
_CODE = re.compile(r"[A-Za-z0-9_\-./]{1,40}")
_BARE_CODE = re.compile(r"(?=.*\d)[A-Z0-9_\-]{4,}|\d+")
_IDENTITY = re.compile(r"[1-9]\d{16}[\dXx]")
_FEE_LIMIT_FEN = 300_000
_OLDEST_LINE = 1985
_LANDLINE_TRUST = 0.8
_SPAN_LIMIT = 480
_WORDED = frozenset({Kind.NAME, Kind.PERSON, Kind.PLAN, Kind.TEXT})
"""names, models and the like: no column of yes and no is one"""


def fit(kind: Kind, cells: Sequence[str], today: date, unit: values.MoneyUnit = values.MoneyUnit.YUAN) -> float:
    """0 … 1: of the cells that hold something, the share that this kind would hold; landlines count a little less.
    `unit`: what the header says that its amounts are in."""
    if kind is Kind.FEE:
        return sum(_is_fee(cell, unit) for cell in cells) / len(cells) if cells else 0.0
    reader, answers = _FITS[kind], _answers(cells) if kind in _WORDED else frozenset()
    return sum(reader(cell, today) for cell in cells if cell.lower() not in answers) / len(cells) if cells else 0.0


def _answers(cells: Sequence[str]) -> frozenset[str]:
    """The words that mean yes and no in this column: 无 among 有 is one, among models it says that there is none."""
    every, nothing = words("yes") | words("no"), words("no_text")
    lower = {cell.lower() for cell in cells}
    return every if lower <= every and not lower <= nothing else every - nothing


def is_number(cell: str) -> bool:
    """Whether the cell is a plain number, a date in digits or the like: what a header is not."""
    return _reads(values.read_decimal, cell) > 0


def is_date(cell: str) -> bool:
    return _reads(values.read_date, cell) > 0


def phone_share(cells: Sequence[str]) -> float:
    """The share of cells that are mobile or long-distance numbers: what is masked where it stands open."""
    long = sum(any(is_mobile(number) or number[0] == "0" for number in read_numbers(cell)) for cell in cells)
    return long / len(cells) if cells else 0.0


def mobile_share(cells: Sequence[str]) -> float:
    """The share of cells that hold mobile numbers of 11 digits, or demo ones."""
    numbers = [read_numbers(cell) for cell in cells]
    return sum(bool(found) and all(map(is_mobile, found)) for found in numbers) / len(cells) if cells else 0.0


def identity_share(cells: Sequence[str]) -> float:
    """The share of cells that are numbers of resident identity cards, the birthday inside them being one."""
    return sum(1 for cell in cells if _IDENTITY.fullmatch(cell) and is_date(cell[6:14])) / len(cells) if cells else 0.0


def _reads(reader: Callable[[str], object], cell: str) -> float:
    try:
        reader(cell)
    except (ValueError, OverflowError):
        return 0.0
    return 1.0


def _by(reader: Callable[[str], object]) -> Callable[[str, date], float]:
    return lambda cell, _today: _reads(reader, cell)


def _phone(cell: str, _today: date) -> float:
    numbers = read_numbers(cell)
    if not numbers:
        return 0.0
    return 1.0 if is_mobile(numbers[0]) else _LANDLINE_TRUST


def _name(cell: str, _today: date) -> float:
    return 1.0 if _NAME.fullmatch(values.read_name(cell)) else 0.0


def _plan(cell: str, _today: date) -> float:
    plain = not _BARE_CODE.fullmatch(cell) and not is_date(cell) and not is_number(cell)
    return 1.0 if plain and not _reads(values.read_money, cell) and len(cell) > 1 else 0.0


def _is_fee(cell: str, unit: values.MoneyUnit) -> bool:
    try:
        return 0 <= values.read_money(cell, unit) <= _FEE_LIMIT_FEN
    except ValueError:
        return False


def _months(cell: str, _today: date) -> float:
    try:
        return 1.0 if values.read_months(cell) <= _SPAN_LIMIT else 0.0
    except ValueError:
        return 0.0


def _past(cell: str, today: date) -> float:
    try:
        return 1.0 if _OLDEST_LINE <= values.read_date(cell).year <= today.year else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _birthday(cell: str, today: date) -> float:
    try:
        return 1.0 if values.read_date(cell).year <= today.year - 5 else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _text(cell: str, _today: date) -> float:
    return 0.0 if is_number(cell) or is_date(cell) else 1.0


_FITS: dict[Kind, Callable[[str, date], float]] = {
    Kind.PHONE: _phone,
    Kind.NAME: _name,
    Kind.PERSON: _name,
    Kind.PLAN: _plan,
    Kind.FEE: lambda cell, _today: float(_is_fee(cell, values.MoneyUnit.YUAN)),
    Kind.MONEY: _by(values.read_money),
    Kind.MONTHS: _months,
    Kind.HOURS: _by(read_hours),
    Kind.YEARS: _by(values.read_years),
    Kind.DAYS: _by(values.read_days),
    Kind.DATE: _by(values.read_contract_end),
    Kind.PAST_DATE: _past,
    Kind.BIRTHDAY: _birthday,
    Kind.GENDER: _by(values.read_gender),
    Kind.TIER: _by(values.read_tier),
    Kind.YES_NO: lambda cell, _today: 1.0 if refuses_calls(cell) else _reads(values.read_yes_no, cell),
    Kind.AGREED: lambda cell, _today: 1.0 if refuses_calls(cell) else _reads(values.read_agreed, cell),
    Kind.SPANS: lambda cell, _today: 1.0 if refuses_calls(cell) else _reads(read_quiet, cell),
    Kind.LISTED: lambda cell, _today: 1.0 if refuses_calls(cell) else _reads(values.read_listed, cell),
    Kind.COUNT: _by(values.read_count),
    Kind.SPEED: _by(values.read_speed),
    Kind.CODE: lambda cell, _today: 1.0 if _CODE.fullmatch(cell) else 0.0,
    Kind.ID: lambda cell, _today: 1.0 if _CODE.fullmatch(cell) else 0.0,
    Kind.ACCOUNT: lambda cell, _today: 1.0 if cell.isascii() and len(cell) >= 4 else 0.0,
    Kind.TEXT: _text,
    Kind.ANY: lambda _cell, _today: 1.0,
}
