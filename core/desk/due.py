"""When a follow-up is due: presets and typed times become aware UTC moments."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from core.compliance import next_open, site_window
from core.desk.best_hour import best_minute
from core.domain.calendar import Calendar, Window, minute_of_day
from core.domain.clock import CHINA
from core.domain.disposition import FollowUpPreset
from core.domain.errors import InputError
from core.domain.text import Text
from core.wire.session import Site

FURTHEST_DAYS = 731
"""A callback may be promised up to two years ahead: contracts end that far out."""
STEP_MIN = 5
_USUAL_MIN = 10 * 60
"""a callback on a day of the customer's, where nobody noted when they like to be called"""


def due_of(
    preset: FollowUpPreset,
    *,
    now: datetime,
    site: Site,
    calendar: Calendar,
    facts: Mapping[str, object] | None = None,
    quiet: Sequence[Window] = (),
) -> datetime | None:
    """The moment a preset means, or None where it names none; `facts` are those of the customer, `quiet` the hours in
    which they want no calls.

    One that falls at night, on a rest day without calls or into a quiet moment moves to the next opening: nobody is
    promised a call that may not be made. "Today 18:30" after half past six means tomorrow.
    """
    hours, here = site_window(site), now.astimezone(calendar.zone)
    due = named_of(preset, now=now, site=site, calendar=calendar)
    if due is not None:
        if due <= here:
            due += timedelta(days=1)
    elif (day := day_of(preset, facts or {}, today=here.date())) is not None:
        due = here.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
        due += timedelta(minutes=_minute_of(preset, facts or {}))
    else:
        return None
    return (next_open(due, site=hours, calendar=calendar, quiet=quiet) or due).astimezone(UTC)


def named_of(preset: FollowUpPreset, *, now: datetime, site: Site, calendar: Calendar) -> datetime | None:
    """The moment that a preset's label names, be it past or at night; None where it counts from a day of the
    customer's, or names none."""
    here = now.astimezone(calendar.zone)
    if preset.in_min is not None:
        return round_up(here + timedelta(minutes=preset.in_min))
    if not preset.day:
        return None
    days = {"today": 0, "tomorrow": 1, "next_monday": 7 - here.weekday()}[preset.day]
    minute = minute_of_day(preset.at) if preset.at else site_window(site).from_min
    return here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days, minutes=minute)


def day_of(preset: FollowUpPreset, facts: Mapping[str, object], *, today: date) -> date | None:
    """The day that a preset counted from one of the customer's days falls on.

    A reminder whose day has passed comes halfway to what it reminds of; None where that is tomorrow or over, the day
    is not known, or it lies further ahead than a callback may."""
    known = (facts.get(name) for name in preset.counts_from)
    start = next((day for day in known if isinstance(day, date)), None)
    if start is None:
        return None
    day = start + timedelta(days=preset.days)
    if day <= today:
        day = today + (start - today) // 2
    return day if 0 < (day - today).days < FURTHEST_DAYS else None


def _minute_of(preset: FollowUpPreset, facts: Mapping[str, object]) -> int:
    if preset.at:
        return minute_of_day(preset.at)
    noted = facts.get("best_time")
    found = best_minute(noted) if isinstance(noted, Text) else None
    return _USUAL_MIN if found is None else found


def round_up(moment: datetime) -> datetime:
    """To the next five minutes."""
    over = timedelta(minutes=moment.minute % STEP_MIN, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=STEP_MIN)


def in_any(quiet: Sequence[Window], moment: datetime, zone: tzinfo) -> bool:
    """Whether the moment lies in one of these stretches of each day there."""
    here = moment.astimezone(zone)
    return any(one.from_min <= here.hour * 60 + here.minute < one.until_min for one in quiet)


def checked(moment: datetime, *, now: datetime, quiet: Sequence[Window] = ()) -> datetime:
    """A chosen time, or InputError where it has passed, lies beyond two years or in hours in which the customer wants
    no calls."""
    if moment <= now:
        raise InputError(
            title=Text("时间已过", "That time has passed"),
            message=Text("回拨时间早于现在。", "The callback lies in the past."),
            next_step=Text("请选一个将来的时间。", "Choose a time ahead."),
        )
    if moment - now > timedelta(days=FURTHEST_DAYS):
        raise InputError(
            title=Text("时间太远", "Too far ahead"),
            message=Text("回拨最多约到两年后。", "A callback can be at most two years ahead."),
            next_step=Text("请选一个更近的时间。", "Choose an earlier time."),
        )
    if in_any(quiet, moment, CHINA):
        raise InputError(
            title=Text("免扰时段", "An hour without calls"),
            message=Text("客户要求这段时间免扰。", "The customer asked for no calls at this hour."),
            next_step=Text("请另选时间，或先改免扰时段。", "Choose another time, or change those hours first."),
        )
    return moment
