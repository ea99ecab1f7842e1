"""Which runs are ours now: what is due, what was missed, what failed and is tried again, whose runner is gone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain import decoding
from core.domain.job import JOB, SINCE, Job, JobRun, RunState
from core.server.db import job_runs, published, settings
from core.server.db.engine import Database, Unit
from core.server.jobs.claim import HELD, Claim
from core.server.jobs.schedule import due_between
from core.server.purge.at_night import AT_NIGHT, waiting

_NOBODYS = timedelta(hours=1)
"""held for longer ahead than this: the clock was set back since, and nobody holds it for so long"""
_GONE = "its runner ended"
_OFF = "job_off:"
"""setting: that somebody switched a job off"""


def claim_due(database: Database) -> Claim | None:
    """What is to be run now, claimed before it runs: one at a time, since a claim that waits behind another run would
    look as if its runner were gone."""
    with database.write() as unit:
        job_runs.one_looks_at_a_time(unit)
        for job in jobs(unit):
            claimed = _claim(unit, job) if is_on(unit, job) else None
            if claimed is not None:
                return claimed
    return None


def claim_now(database: Database, job: Job) -> Claim | None:
    """A run out of turn; None where one runs already."""
    with database.write() as unit:
        job_runs.one_looks_at_a_time(unit)
        running = _running(job_runs.of(unit, job.id))
        if running is not None and _is_held(unit, running):
            return None
        if running is not None:
            # This run does its work.
            job_runs.end(unit, running, RunState.FAILED, error=_GONE)
        return _as_claim(unit, job, unit.now, 1) if _new(unit, job, unit.now) else None


def jobs(unit: Unit) -> list[Job]:
    """As they are published, and what the server has to do of itself."""
    own = [AT_NIGHT] if waiting(unit) else []
    return [*(decoding.decode(body, Job) for body in published.bodies(unit, JOB)), *own]


def is_on(unit: Unit, job: Job) -> bool:
    switched = settings.read(unit, _OFF + job.id)
    return job.on if switched is None else switched != "off"


def switch(database: Database, job: Job, *, on: bool) -> None:
    """From the next minute on; while it was off nothing is made up for."""
    with database.write() as unit:
        settings.write(unit, _OFF + job.id, "on" if on else "off")
        if on:
            settings.write(unit, SINCE + job.id, unit.now.isoformat())
            job_runs.give_up(unit, job.id, before=unit.now)


def known_since(unit: Unit, job: Job) -> datetime:
    """A job is due from when the server first saw it, or it was switched on: nothing of before is made up for."""
    found = settings.read(unit, SINCE + job.id)
    # One that lies ahead was written before the clock was set back.
    if found is None or datetime.fromisoformat(found) > unit.now:
        settings.write(unit, SINCE + job.id, unit.now.isoformat())
        return unit.now
    return datetime.fromisoformat(found)


def _claim(unit: Unit, job: Job) -> Claim | None:
    """Nothing else of a job begins while one runs; a run whose runner died is begun again."""
    since, runs = known_since(unit, job), job_runs.of(unit, job.id)
    running = _running(runs)
    if running is not None and _is_held(unit, running):
        return None
    last = max([since, *(one.due for one in runs if one.due <= unit.now)])
    dues = due_between(job, last, unit.now)
    if dues:
        return _newest(unit, job, running, dues)
    if running is not None:
        return _taken_over(unit, job, running)
    again = next((one for one in runs if one.again_at is not None and one.again_at <= unit.now), None)
    if again is None:
        return None
    if _is_too_late(unit, job, again):
        job_runs.give_up(unit, job.id, before=unit.now)
        return None
    return _once_more(unit, job, again)


def _newest(unit: Unit, job: Job, running: JobRun | None, dues: Sequence[datetime]) -> Claim | None:
    """It does the work of all before it, of one whose runner died too."""
    *missed, newest = dues
    for due in missed:
        job_runs.claim(unit, job.id, due, held_until=unit.now, state=RunState.SKIPPED)
    if running is not None:
        job_runs.end(unit, running, RunState.FAILED, error=_GONE)
    job_runs.give_up(unit, job.id, before=newest)
    return _as_claim(unit, job, newest, 1) if _new(unit, job, newest) else None


def _new(unit: Unit, job: Job, due: datetime) -> bool:
    return job_runs.claim(unit, job.id, due, held_until=unit.now + HELD)


def _running(runs: Sequence[JobRun]) -> JobRun | None:
    return next((one for one in runs if one.state is RunState.RUNNING), None)


def _is_held(unit: Unit, run: JobRun) -> bool:
    """Whether its runner was heard of lately."""
    return unit.now <= job_runs.held_until(unit, run) <= unit.now + _NOBODYS


def _is_too_late(unit: Unit, job: Job, run: JobRun) -> bool:
    """The night's work is not begun at noon, also not once more."""
    return unit.now - run.due > timedelta(hours=job.catch_up_hours)


def _taken_over(unit: Unit, job: Job, run: JobRun) -> Claim | None:
    if run.tries >= job.tries or _is_too_late(unit, job, run):
        job_runs.end(unit, run, RunState.FAILED, error=_GONE)
        return None
    return _once_more(unit, job, run)


def _once_more(unit: Unit, job: Job, run: JobRun) -> Claim | None:
    if not job_runs.claim_again(unit, run, held_until=unit.now + HELD):
        return None
    return _as_claim(unit, job, run.due, run.tries + 1)


def _as_claim(unit: Unit, job: Job, due: datetime, tries: int) -> Claim:
    return Claim(
        job=job.id, due=due, state=RunState.RUNNING, tries=tries, started_at=unit.now, runs=job.runs,
        tries_most=job.tries, again_after=timedelta(minutes=job.again_after_min),
        longest=timedelta(hours=job.longest_hours),
    )  # fmt: skip
