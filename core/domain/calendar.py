"""The calendar of a place: which days rest, which workdays were moved, which moments are left in peace (免扰).

Content: one file a place under `resources/calendars/`. Dates and minutes are the wall clock of that place.
"""

from collections.abc import Iterable
from datetime import date, timedelta, timezone
from enum import StrEnum
from typing import Final

from msgspec import Struct

from core.domain.errors import InputError
from core.domain.text import Text

CALENDAR: Final = "calendar"
"""a piece of content each, named by its file: `core.wire.session.Site.calendar` names the one that holds"""
MINUTES_A_DAY = 24 * 60
ANNOUNCED_FROM_MONTH = 11
"""in which the State Council tells the holidays of the next year"""


class Window(Struct, frozen=True, order=True):
    """A stretch of one day in minutes since midnight: `from_min` belongs to it, `until_min` does not."""

    from_min: int
    until_min: int


def joined(spans: Iterable[Window]) -> tuple[Window, ...]:
    """In their order, those that touch or overlap made one."""
    whole: list[Window] = []
    for one in sorted(spans):
        if whole and one.from_min <= whole[-1].until_min:
            whole[-1] = Window(whole[-1].from_min, max(whole[-1].until_min, one.until_min))
        else:
            whole.append(one)
    return tuple(whole)


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
    version: int = 1
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

    def knows(self, year: int) -> bool:
        """Whether it says which days of that year rest: one that names days at all has to name some of each year, since
        festivals move. Of a year that it does not know every day goes by the hours of rest days."""
        return not self.days or any(day.year == year for day in self.days)

    def lacks_from(self, today: date) -> int | None:
        """The year whose days have to be filled in: this one, or by its last two months the next; None: none yet."""
        years = [today.year] + [today.year + 1] * (today.month >= ANNOUNCED_FROM_MONTH)
        return next((year for year in years if not self.knows(year)), None)

    @property
    def zone(self) -> timezone:
        return timezone(timedelta(minutes=self.utc_offset_min))


def minute_of_day(clock: str) -> int:
    """`09:30` → 570, `24:00` → 1440; raises InputError on anything else."""
    hour, colon, minute = clock.partition(":")
    if colon and len(hour) == len(minute) == 2 and clock.isascii() and (hour + minute).isdigit():
        value = int(hour) * 60 + int(minute)
        if value <= MINUTES_A_DAY and int(minute) < 60:
            return value
    raise InputError(
        title=Text("时间写法有误", "Not a time of day"),
        message=Text(f"“{clock}”不是 00:00 到 24:00 之间的时间。", f"“{clock}” is no time from 00:00 to 24:00."),
        next_step=Text("请管理员改正站点的外呼时段。", "Ask the administrator to correct the site's calling hours."),
    )
