"""When a job is due, by its crontab in China's time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from huey import crontab

from core.domain.clock import CHINA
from core.domain.job import Job

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_LOOK_AHEAD = timedelta(days=8)


def due_between(job: Job, after: datetime, until: datetime) -> list[datetime]:
    """The moments in (after, until], oldest first; of the last so many hours that the job is made up for."""
    return list(_fitting(job, _next_minute(max(after, until - timedelta(hours=job.catch_up_hours))), until))


def next_due(job: Job, after: datetime) -> datetime | None:
    """The first moment after that one; None where there is none within eight days."""
    return next(_fitting(job, _next_minute(after), after + _LOOK_AHEAD), None)


def _fitting(job: Job, at: datetime, until: datetime) -> Iterator[datetime]:
    fits = crontab(minute=job.minute, hour=job.hour, day_of_week=job.weekdays, strict=True)
    # Weeks of minutes are looked through each minute: those of other hours are not.
    hour_fits = crontab(hour=job.hour, day_of_week=job.weekdays, strict=True)
    while at <= until:
        if not hour_fits(at.astimezone(CHINA)):
            at = at.replace(minute=0) + _HOUR
            continue
        if fits(at.astimezone(CHINA)):
            yield at
        at += _MINUTE


def _next_minute(after: datetime) -> datetime:
    return after.replace(second=0, microsecond=0) + _MINUTE
