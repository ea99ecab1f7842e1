"""When a follow-up is due: presets and typed times become aware UTC moments."""

from datetime import UTC, datetime, timedelta

from core.compliance import next_open, site_window
from core.compliance.hours import minute_of_day
from core.domain.calendar import Calendar
from core.domain.disposition import FollowUpPreset
from core.domain.errors import InputError
from core.domain.text import Text
from core.wire.session import Site

FURTHEST_DAYS = 731
"""A callback may be promised up to two years ahead: contracts end that far out."""
STEP_MIN = 5


def due_of(preset: FollowUpPreset, *, now: datetime, site: Site, calendar: Calendar) -> datetime | None:
    """The moment a preset means, or None where it names none.

    One that falls at night, on a rest day without calls or into a quiet moment moves to the next opening: nobody is
    promised a call that may not be made. "Today 18:30" after half past six means tomorrow.
    """
    hours, here = site_window(site), now.astimezone(calendar.zone)
    if preset.in_min is not None:
        due = round_up(here + timedelta(minutes=preset.in_min))
    elif preset.day:
        days = {"today": 0, "tomorrow": 1, "next_monday": 7 - here.weekday()}[preset.day]
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        due = midnight + timedelta(days=days, minutes=minute_of_day(preset.at) if preset.at else hours.from_min)
        if due <= here:
            due += timedelta(days=1)
    else:
        return None
    return (next_open(due, site=hours, calendar=calendar) or due).astimezone(UTC)


def round_up(moment: datetime) -> datetime:
    """To the next five minutes."""
    over = timedelta(minutes=moment.minute % STEP_MIN, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=STEP_MIN)


def checked(moment: datetime, *, now: datetime) -> datetime:
    """A chosen time, or InputError where it has passed or lies beyond two years."""
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
    return moment
