"""Birthdays of a list: a whole day, or the month alone, which is kept as a month and never taken for its first day."""

from datetime import date

from msgspec import Struct

from core.server.importing import values


class BirthMonth(Struct, frozen=True):
    """A birthday of which a list gives year and month."""

    first: date
    """of that month"""

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def read_birthday(text: str) -> date | BirthMonth:
    """`1985-03-07` as a day, `1985-03` as a month; raises ValueError or OverflowError on what is neither."""
    first, last = values.read_date(text), values.read_date(text, month_end=True)
    return first if first == last else BirthMonth(first)


def refuse_unlikely_birth(born: date | BirthMonth, today: date) -> None:
    """Raises OutOfRange for one that nobody alive can have."""
    values.refuse_unlikely_birthday(born.first if isinstance(born, BirthMonth) else born, today)
