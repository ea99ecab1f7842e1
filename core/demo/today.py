"""The day on which the world is looked at, and the calendar behind it."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from core.domain.clock import CHINA, local_day

MONTHS = 24
"""billed months that a document holds"""
DAYS = 60
"""days of daily traffic that a document holds"""


class Today(Struct, frozen=True, kw_only=True):
    as_of: datetime
    day: date
    firsts: tuple[date, ...]
    """first days of the last 24 complete months, oldest first"""
    months: tuple[str, ...]
    """the same as `2026-10`"""
    next_month: date
    """when an order of this month starts"""


def today_of(as_of: datetime) -> Today:
    """The calendar of an aware moment."""
    day = local_day(as_of)
    firsts = tuple(add_months(day.replace(day=1), -back) for back in range(MONTHS, 0, -1))
    return Today(
        as_of=as_of.astimezone(UTC),
        day=day,
        firsts=firsts,
        months=tuple(first.isoformat()[:7] for first in firsts),
        next_month=add_months(day.replace(day=1), 1),
    )


@lru_cache(maxsize=4096)
def add_months(first: date, count: int) -> date:
    """The first of the month `count` months after the one that `first` begins."""
    total = first.year * 12 + first.month - 1 + count
    return date(total // 12, total % 12 + 1, 1)


@lru_cache(maxsize=8192)
def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


def moment(day: date, minute: int, second: int = 0) -> datetime:
    """Minute of the day (from midnight in China) on that day, as UTC."""
    return _start(day) + timedelta(minutes=minute, seconds=second)
