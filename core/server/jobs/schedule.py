"""When a job is due, by its crontab in China's time."""

from datetime import datetime, timedelta

from huey import crontab

from core.domain.clock import CHINA
from core.domain.job import Job

_MINUTE = timedelta(minutes=1)
_LOOK_AHEAD = timedelta(days=8)


def due_between(job: Job, after: datetime, until: datetime) -> list[datetime]:
    """The moments in (after, until], oldest first; of the last so many hours that the job is made up for."""
    fits = crontab(minute=job.minute, hour=job.hour, day_of_week=job.weekdays, strict=True)
    at = _next_minute(max(after, until - timedelta(hours=job.catch_up_hours)))
    found = []
    while at <= until:
        if fits(at.astimezone(CHINA)):
            found.append(at)
        at += _MINUTE
    return found


def next_due(job: Job, after: datetime) -> datetime | None:
    """The first moment after that one; None where there is none within eight days."""
    fits = crontab(minute=job.minute, hour=job.hour, day_of_week=job.weekdays, strict=True)
    at, end = _next_minute(after), after + _LOOK_AHEAD
    while at <= end:
        if fits(at.astimezone(CHINA)):
            return at
        at += _MINUTE
    return None


def _next_minute(after: datetime) -> datetime:
    return after.replace(second=0, microsecond=0) + _MINUTE
