"""The calendar of a place: which days rest, which workdays were moved, which moments are left in peace (免扰).

Content: one file a place under `resources/calendars/`. Dates and minutes are the wall clock of that place.
"""

from datetime import date, timedelta, timezone
from enum import StrEnum

from msgspec import Struct

from core.domain.text import Text

MINUTES_A_DAY = 24 * 60


class Window(Struct, frozen=True, order=True):
    """A stretch of one day in minutes since midnight: `from_min` belongs to it, `until_min` does not."""

    from_min: int
    until_min: int


class DayKind(StrEnum):
    WORK = "work"
    """a working day, also where it falls on a weekend (调休上班)"""
    REST = "rest"


class DayRule(Struct, frozen=True, kw_only=True):
    """What one date is, where the weekday alone does not say it."""

    kind: DayKind
    label: Text
    hours: tuple[Window, ...] | None = None
    """the day's own calling windows; empty: no calls at all; None: those of its kind"""
    festival: bool = False
    """a festival for which customers are greeted in the days before"""


class Calendar(Struct, frozen=True, kw_only=True):
    name: str
    title: Text
    utc_offset_min: int = 480
    weekend: tuple[int, ...] = (6, 7)
    """ISO weekdays that rest, Monday is 1"""
    rest_hours: tuple[Window, ...] | None = None
    """calling windows of rest days; None: those of working days"""
    quiet: tuple[Window, ...] = ()
    """moments of every day in which nobody is called: the lunch rest"""
    days: dict[date, DayRule] = {}

    def next_festival(self, today: date) -> tuple[date, DayRule] | None:
        """The first festival from that day on; None where the calendar names none any more."""
        ahead = [(day, rule) for day, rule in self.days.items() if rule.festival and day >= today]
        return min(ahead, key=lambda one: one[0], default=None)

    @property
    def zone(self) -> timezone:
        return timezone(timedelta(minutes=self.utc_offset_min))
