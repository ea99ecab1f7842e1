"""Calling hours: the site's hours, narrowed by the place's calendar and by the customer's own quiet moments."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from core.domain.calendar import Calendar, DayKind, Window, minute_of_day
from core.wire.session import Site

HORIZON_DAYS = 400
"""How far ahead an opening is sought; a calendar closed for longer has none."""


def clock_of(minute: int) -> str:
    """570 → `09:30`, 1440 → `24:00`: what `minute_of_day` reads."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def site_window(site: Site) -> Window:
    """The site's hours; empty where they end before they begin."""
    return Window(minute_of_day(site.call_from), minute_of_day(site.call_until))


def windows(day: date, *, site: Window, calendar: Calendar, quiet: Sequence[Window] = ()) -> list[Window]:
    """The stretches of `day`, in order, in which a customer may be called."""
    rule = calendar.days.get(day)
    rests = rule.kind is DayKind.REST if rule else day.isoweekday() in calendar.weekend or not calendar.knows(day.year)
    base = rule.hours if rule and rule.hours is not None else calendar.rest_hours if rests else None
    open_ = [site] if base is None else [_meet(site, window) for window in sorted(base)]
    for gap in (*calendar.quiet, *quiet):
        open_ = [piece for window in open_ for piece in _without(window, gap)]
    return [window for window in open_ if window.from_min < window.until_min]


def _meet(one: Window, other: Window) -> Window:
    return Window(max(one.from_min, other.from_min), min(one.until_min, other.until_min))


def _without(window: Window, gap: Window) -> tuple[Window, Window]:
    """What lies before and after the gap; either may be empty."""
    if gap.from_min >= gap.until_min:
        return window, Window(0, 0)
    before = Window(window.from_min, min(window.until_min, gap.from_min))
    after = Window(max(window.from_min, gap.until_min), window.until_min)
    return before, after


def _openings(
    day: date, site: Window, calendar: Calendar, quiet: Sequence[Window]
) -> Iterator[tuple[datetime, datetime]]:
    midnight = datetime.combine(day, time(), tzinfo=calendar.zone)
    for window in windows(day, site=site, calendar=calendar, quiet=quiet):
        yield midnight + timedelta(minutes=window.from_min), midnight + timedelta(minutes=window.until_min)


def next_open(moment: datetime, *, site: Window, calendar: Calendar, quiet: Sequence[Window] = ()) -> datetime | None:
    """`moment` itself where it lies in calling hours, else the next opening as UTC; None beyond the horizon."""
    today = moment.astimezone(calendar.zone).date()
    for ahead in range(HORIZON_DAYS):
        for start, end in _openings(today + timedelta(days=ahead), site, calendar, quiet):
            if moment < end:
                return moment if start <= moment else start.astimezone(UTC)
    return None
