"""Which pack a day lies in: a day of its own while it is young, later its month."""

from datetime import date, timedelta

from core.server.db.reviewed import day_of, number_of

DAY_LETTERS = len("2026-11-22")


def period_of(day: date, today: date) -> str:
    """Days of this month and the last stand alone, so that what changes daily is small; older ones are months."""
    return f"{day:%Y-%m}" if day < last_month(today) else day.isoformat()


def last_month(today: date) -> date:
    """The first day of the month before this one."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_of(period: str) -> str:
    return period[:7]


def is_day(period: str) -> bool:
    return len(period) == DAY_LETTERS


def days_of(period: str) -> tuple[int, int]:
    """The first and the last day of a period, in days since 1970."""
    if is_day(period):
        only = number_of(date.fromisoformat(period))
        return only, only
    first = date.fromisoformat(f"{period}-01")
    return number_of(first), number_of((first + timedelta(days=32)).replace(day=1)) - 1


def period_of_number(day: int, today: date) -> str:
    return period_of(day_of(day), today)
