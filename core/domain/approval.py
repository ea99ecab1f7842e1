"""Who allowed words about a competitor (BB-09)."""

from datetime import date

from msgspec import Struct


class Approval(Struct, frozen=True, kw_only=True):
    """BB-09: who allowed words about a competitor, under which number, on which day."""

    number: str
    by: str
    on: date
