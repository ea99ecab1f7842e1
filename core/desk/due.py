"""When a follow-up is due: presets and typed times become aware UTC moments."""

from datetime import datetime, time, timedelta, tzinfo

from core.domain.clock import CHINA
from core.domain.disposition import FollowUpPreset
from core.domain.errors import InputError
from core.domain.text import Text

FURTHEST_DAYS = 731
"""A callback may be promised up to two years ahead: contracts end that far out."""
STEP_MIN = 5


def due_of(
    preset: FollowUpPreset, *, now: datetime, zone: tzinfo = CHINA, opens: time, closes: time
) -> datetime | None:
    """The moment a preset means, or None where it names none.

    "In 3 hours" that would fall after `closes` moves to the next day's `opens`: nobody is called at night.
    "Today 18:30" after half past six means tomorrow.
    """
    here = now.astimezone(zone)
    if preset.in_min is not None:
        due = within_hours(round_up(here + timedelta(minutes=preset.in_min)), opens=opens, closes=closes)
        return due.astimezone(now.tzinfo)
    if not preset.day:
        return None
    hour, minute = (int(part) for part in (preset.at or f"{opens:%H:%M}").split(":"))
    days = {"today": 0, "tomorrow": 1, "next_monday": 7 - here.weekday()}[preset.day]
    moment = (here + timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    if moment <= here:
        moment += timedelta(days=1)
    return moment.astimezone(now.tzinfo)


def hour_of(clock: str) -> time:
    """`09:00` as a time; `24:00` as the last minute of the day."""
    hour, minute = (int(part) for part in clock.split(":"))
    return time(23, 59) if hour >= 24 else time(hour, minute)


def round_up(moment: datetime) -> datetime:
    """To the next five minutes."""
    over = timedelta(minutes=moment.minute % STEP_MIN, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=STEP_MIN)


def within_hours(moment: datetime, *, opens: time, closes: time) -> datetime:
    """The moment itself, or the next opening after it where it lies outside calling hours."""
    if moment.time() < opens:
        return moment.replace(hour=opens.hour, minute=opens.minute)
    if moment.time() >= closes:
        return (moment + timedelta(days=1)).replace(hour=opens.hour, minute=opens.minute)
    return moment


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
