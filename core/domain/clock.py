"""Time: aware UTC everywhere; a place turns it into a wall clock at the edge."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

Clock = Callable[[], datetime]
"""Gives the present as aware UTC. Passed in, so that a test can hold it still."""

CHINA: tzinfo = timezone(timedelta(hours=8), "CST")
"""China has one zone without summer time, so no zone table is needed for it."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def steady_s() -> float:
    """Seconds of a clock that nobody sets and that goes on while the machine sleeps; only differences mean anything."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    else:
        return time.monotonic()


def local_day(moment: datetime, zone: tzinfo = CHINA) -> date:
    """The calendar day of an aware moment at a place."""
    return moment.astimezone(zone).date()


def day_start(day: date, zone: tzinfo = CHINA) -> datetime:
    """Midnight that begins `day` at a place, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def day_around(moment: datetime, zone: tzinfo = CHINA) -> tuple[datetime, datetime]:
    """The calendar day that an aware moment lies in at a place: its first moment and the next day's, as UTC."""
    day = local_day(moment, zone)
    return day_start(day, zone), day_start(day + timedelta(days=1), zone)


def moment_id(moment: datetime) -> str:
    """`20261123-093015123`: in China to the millisecond, to call what somebody has begun: what another begins in the
    same second is called otherwise."""
    return f"{moment.astimezone(CHINA):%Y%m%d-%H%M%S%f}"[:-3]
