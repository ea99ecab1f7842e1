"""What a cell means: money, dates, spans, yes or no. Each reader takes cleaned text and raises ValueError on other."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from core.domain.customer import Gender
from core.domain.task import Tier
from core.server.importing.resources import words


class OutOfRange(ValueError):
    """A figure or a day that is well formed and cannot be true."""


class MoneyUnit(StrEnum):
    YUAN = "yuan"
    FEN = "fen"
    LI = "li"
    """a thousandth of a yuan, as billing systems keep it"""


_FEN_PER = {MoneyUnit.YUAN: Decimal(100), MoneyUnit.FEN: Decimal(1), MoneyUnit.LI: Decimal("0.1")}
_MONEY_WORDS = re.compile(
    r"^(?:¥|rmb|cny|\$|人民币)\s*|\s*(?:元|块|圆|yuan|rmb|cny)?\s*(?:档|套餐|钱)?\s*(?:/|每|per)?\s*(?:月|month|mth)?$"
)
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:e-\d{1,2})?")
"""Not 1E+05: a spreadsheet that shows so has kept no more than the first figures."""
_LARGEST_FEN = 10**8
_LARGEST_FEE_FEN = 10**6
_LARGEST_COUNT = 10**8

_TIME_TAIL = re.compile(
    r"[ tT]+\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?(?:\.\d+)?)?\s*(?:z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?份?")
_DIGITS_YMD = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})(?:\d{6}|\d{4})?")
_DIGITS_YM = re.compile(r"((?:19|20|21)\d{2})(0[1-9]|1[0-2])")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"(\d{1,2})[-\s]+([a-z]{3,9}|\d{1,2}月)[-\s,.]+(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_EXCEL_DAY_0 = date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OPEN_END_YEAR = 2090
"""2099-12-31 and the like mean "no end" in billing systems."""

_LONGEST_LINE_YEARS = 50
"""China's first mobile network opened in 1987."""
_OLDEST_LINE, _OLDEST_CONTRACT, _OLDEST_PERSON = 1980, 1990, 1900
_FASTEST_MBPS = 10_000

_SPREAD = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_IN_DAYS = re.compile(r"\d+(?:\.\d+)?\s*(?:天|日|days?)")
_SPAN = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:年|years?|yrs?))?\s*零?\s*(?:(\d+(?:\.\d+)?)\s*(?:个?月|months?|mths?|mos?)?)?"
)


def read_name(text: str) -> str:
    """The name without the blanks by which two characters are spread over the width of three: `王　刚`."""
    return _SPREAD.sub("", text)


def read_decimal(text: str) -> Decimal:
    """A plain number, thousands separated or not."""
    plain = text.lower().replace("，", ",")
    if not _PLAIN_NUMBER.fullmatch(plain):
        raise ValueError(text)
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error


def read_money(text: str, unit: MoneyUnit = MoneyUnit.YUAN) -> int:
    """Fen, counted in decimals and rounded half up where a list states less than a fen."""
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    sign = -1 if plain.startswith("-") and not plain[1:2].isdigit() else 1
    amount = read_decimal(_MONEY_WORDS.sub("", plain[1:] if sign < 0 else plain)) * _FEN_PER[unit] * sign
    fen = int(amount.to_integral_value(ROUND_HALF_UP))
    if abs(fen) > _LARGEST_FEN:
        raise OutOfRange(text)
    return fen


def read_fee(text: str, unit: MoneyUnit = MoneyUnit.YUAN) -> int:
    """Fen of a monthly fee: never below zero, at most 10,000 yuan."""
    fen = read_money(text, unit)
    if not 0 <= fen <= _LARGEST_FEE_FEN:
        raise OutOfRange(text)
    return fen


def read_spending(text: str, unit: MoneyUnit = MoneyUnit.YUAN) -> int:
    """Fen of what was spent: never below zero."""
    fen = read_money(text, unit)
    if fen < 0:
        raise OutOfRange(text)
    return fen


def read_date(text: str, *, month_end: bool = False) -> date:
    """The day that the text names; a month alone is its first day, or its last with `month_end`.

    03/04/2026 names two days and is refused.
    """
    plain = _TIME_TAIL.sub("", unicodedata.normalize("NFKC", text).strip()).strip().lower()
    if match := _YMD.fullmatch(plain) or _DIGITS_YMD.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _YM.fullmatch(plain) or _DIGITS_YM.fullmatch(plain):
        return _month(int(match[1]), int(match[2]), month_end=month_end)
    if match := _YEAR_LAST.fullmatch(plain):
        return _year_last(int(match[1]), int(match[2]), int(match[3]))
    if match := _NAMED.fullmatch(plain):
        return _day(_full_year(match[3]), _month_number(match[2]), int(match[1]))
    if match := _NAMED_FIRST.fullmatch(plain):
        return _day(int(match[3]), _month_number(match[1]), int(match[2]))
    if match := _SERIAL.fullmatch(plain):
        return _EXCEL_DAY_0 + timedelta(days=int(match[1]))
    raise ValueError(text)


def read_contract_end(text: str) -> date | None:
    """The last day of a contract; None where the words or a far date say that it has no end."""
    if text.lower() in words("no_date"):
        return None
    day = read_date(text, month_end=True)
    return None if day.year >= _OPEN_END_YEAR else day


def read_optional_date(text: str) -> date | None:
    """A day, or None where the words say that there is none."""
    return None if text.lower() in words("no_date") else read_date(text)


def refuse_unlikely_birthday(day: date, today: date) -> None:
    """Raises OutOfRange for one that nobody alive can have."""
    if day.year <= _OLDEST_PERSON or day > today:
        raise OutOfRange(day)


def refuse_unlikely_joining(day: date, today: date) -> None:
    """Raises OutOfRange for a line that began before there were any, or has not begun."""
    if day.year < _OLDEST_LINE or day > today:
        raise OutOfRange(day)


def refuse_unlikely_complaint(day: date, today: date) -> None:
    """Raises OutOfRange for one from before there were lines, or that nobody has made yet."""
    if day.year < _OLDEST_LINE or day > today:
        raise OutOfRange(day)


def refuse_unlikely_term(day: date, _today: date) -> None:
    """Raises OutOfRange for an end or a beginning of a contract before there were any."""
    if day.year < _OLDEST_CONTRACT:
        raise OutOfRange(day)


def read_months(text: str) -> int:
    """Full months of `36`, `36.0`, `36个月`, `3年2个月`, `400天`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if _IN_DAYS.fullmatch(plain):
        return read_days(plain)
    match = _SPAN.fullmatch(plain)
    if not plain or match is None or not (match[1] or match[2]):
        raise ValueError(text)
    months = int(Decimal(match[1] or 0) * 12 + Decimal(match[2] or 0))
    if months > _LONGEST_LINE_YEARS * 12:
        raise OutOfRange(text)
    return months


def read_years(text: str) -> int:
    """Full months of a span in years: `3`, `2.5`, `3年`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if "月" in plain or "m" in plain:
        return read_months(plain)
    years = read_decimal(re.sub(r"\s*(?:年|years?|yrs?)$", "", plain))
    if not 0 <= years <= _LONGEST_LINE_YEARS:
        raise OutOfRange(text)
    return int(years * 12)


def read_days(text: str) -> int:
    """Full months of a span in days, at 30.4375 days a month."""
    days = read_decimal(re.sub(r"\s*(?:天|日|days?)$", "", text.strip().lower()))
    if not 0 <= days <= _LONGEST_LINE_YEARS * 366:
        raise OutOfRange(text)
    return int(days / Decimal("30.4375"))


def read_count(text: str) -> int:
    """A whole number that is not negative: points, a score."""
    number = read_decimal(text)
    if number != number.to_integral_value():
        raise ValueError(text)
    if not 0 <= number <= _LARGEST_COUNT:
        raise OutOfRange(text)
    return int(number)


def read_speed(text: str) -> int:
    """Mbit/s of `200`, `200M`, `200Mbps`, `1000兆`, `1G`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    match = re.fullmatch(r"(\d{1,5}(?:\.\d+)?)\s*(?:(m|兆)(?:b(?:ps|it/s)?)?|(g|千兆)(?:b(?:ps|it/s)?)?)?", plain)
    if match is None:
        raise ValueError(text)
    mbps = int(Decimal(match[1]) * (1000 if match[3] else 1))
    if mbps > _FASTEST_MBPS:
        raise OutOfRange(text)
    return mbps


def read_yes_no(text: str) -> bool:
    return _is_first(text, ("yes", "no"))


def read_agreed(text: str) -> bool:
    """是 or 同意, 否 or 不同意."""
    return _is_first(text, ("agrees", "declines"), ("yes", "no"))


def read_listed(text: str) -> bool:
    """Whether somebody stands on a list of those who want no calls: 黑 or 是 is on it, 正常 or 否 is not."""
    return _is_first(text, ("listed", "not_listed"), ("yes", "no"))


def _is_first(text: str, *pairs: tuple[str, str]) -> bool:
    """Whether the text is one of the first words of a pair, and not one of the second; the pairs are asked in turn."""
    plain = text.lower()
    for first, second in pairs:
        if plain in words(first):
            return True
        if plain in words(second):
            return False
    raise ValueError(text)


def read_gender(text: str) -> Gender:
    plain = text.lower()
    if plain in words("male"):
        return Gender.MALE
    if plain in words("female"):
        return Gender.FEMALE
    raise ValueError(text)


def read_tier(text: str) -> Tier:
    plain = text.lower()
    for tier, name in (
        (Tier.DIAMOND, "diamond"),
        (Tier.GOLD, "gold"),
        (Tier.SILVER, "silver"),
        (Tier.NONE, "standard"),
    ):
        if plain in words(name):
            return tier
    raise ValueError(text)


def has_time_of_day(text: str) -> bool:
    """Whether a moment is named that is not midnight."""
    tail = _TIME_TAIL.search(text)
    return tail is not None and any(digit in "123456789" for digit in tail[0].partition("+")[0])


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 9999:
        raise ValueError(year)
    return date(year, month, day)


def _month(year: int, month: int, *, month_end: bool) -> date:
    first = _day(year, month, 1)
    if not month_end or (year, month) == (9999, 12):
        return first
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _year_last(first: int, second: int, year: int) -> date:
    if first > 12:
        return _day(year, second, first)
    if second > 12 or first == second:
        return _day(year, first, second)
    raise ValueError(f"{first}/{second}/{year}")


def names_two_days(text: str) -> bool:
    """05/02/2026, which is in May or in February."""
    match = _YEAR_LAST.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (
        match is not None and int(match[1]) != int(match[2]) and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 12
    )


def _month_number(word: str) -> int:
    return int(word[:-1]) if word.endswith("月") else _MONTHS.index(word[:3]) + 1


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)
