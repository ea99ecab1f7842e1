"""Runs of jobs in the database: one row for each time that a job was due, claimed by whoever runs it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.domain.job import JobRun, RunState
from core.server.db.engine import Unit
from core.server.db.schema import job_run

_columns = job_run.c
_LOCK = 0x4A6F_6273


def one_looks_at_a_time(unit: Unit) -> None:
    """Until the transaction ends: two servers that look at once would each see that nothing runs. SQLite's writers wait
    for each other in any case."""
    if unit.postgres:
        unit.conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def of(unit: Unit, job: str, *, limit: int = 20) -> list[JobRun]:
    """Newest first."""
    statement = select(job_run).where(_columns.tenant_id == unit.tenant, _columns.job == job)
    return [_run(row) for row in unit.conn.execute(statement.order_by(_columns.due.desc()).limit(limit))]


def claim(unit: Unit, job: str, due: datetime, *, held_until: datetime, state: RunState = RunState.RUNNING) -> bool:
    """Whether the run is ours; False where another has it, or had it."""
    insert = postgresql.insert(job_run) if unit.postgres else sqlite.insert(job_run)
    ended = None if state is RunState.RUNNING else unit.now
    statement = insert.values(
        tenant_id=unit.tenant, job=job, due=due, state=state.value, tries=1, started_at=unit.now,
        held_until=held_until, ended_at=ended, again_at=None, step="", error="",
    ).on_conflict_do_nothing().returning(_columns.job)  # fmt: skip
    return unit.conn.execute(statement).one_or_none() is not None


def claim_again(unit: Unit, run: JobRun, *, held_until: datetime) -> bool:
    """A run that failed, or whose runner is gone, once more; False where another was quicker."""
    done = unit.conn.execute(
        update(job_run)
        .where(*_is(unit, run.job, run.due), _columns.state == run.state.value, _columns.tries == run.tries)
        .values(
            state=RunState.RUNNING.value, tries=run.tries + 1, started_at=unit.now, held_until=held_until,
            ended_at=None, again_at=None, step="", error="",
        )
    )  # fmt: skip
    return bool(done.rowcount)


def beat(unit: Unit, run: JobRun, *, step: str, held_until: datetime) -> bool:
    """It still runs, and this is what it is at; False where it is another's by now."""
    done = unit.conn.execute(update(job_run).where(*_still(unit, run)).values(step=step[:200], held_until=held_until))
    return bool(done.rowcount)


def end(
    unit: Unit, run: JobRun, state: RunState, *, step: str = "", error: str = "", again_at: datetime | None = None
) -> bool:
    """False where it is another's by now: what that one says of it counts."""
    values = {"state": state.value, "ended_at": unit.now, "error": error[:400], "again_at": again_at}
    if step:
        values["step"] = step[:200]
    return bool(unit.conn.execute(update(job_run).where(*_still(unit, run)).values(**values)).rowcount)


def give_up(unit: Unit, job: str, *, before: datetime) -> None:
    """Earlier runs that failed are not tried again: a newer one does their work."""
    unit.conn.execute(
        update(job_run)
        .where(_columns.tenant_id == unit.tenant, _columns.job == job, _columns.due < before)
        .where(_columns.again_at.is_not(None))
        .values(again_at=None)
    )


def held_until(unit: Unit, run: JobRun) -> datetime:
    statement = select(_columns.held_until).where(*_is(unit, run.job, run.due))
    found: datetime = unit.conn.execute(statement).scalar_one()
    return found


def _still(unit: Unit, run: JobRun) -> tuple[ColumnElement[bool], ...]:
    """It runs, and is the same try: each that takes it up counts one more."""
    running = _columns.state == RunState.RUNNING.value
    return (*_is(unit, run.job, run.due), running, _columns.tries == run.tries)


def _is(unit: Unit, job: str, due: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_columns.tenant_id == unit.tenant, _columns.job == job, _columns.due == due)


def _run(row: Row[tuple[object, ...]]) -> JobRun:
    return JobRun(
        job=row.job,
        due=row.due,
        state=RunState(row.state),
        tries=row.tries,
        started_at=row.started_at,
        ended_at=row.ended_at,
        again_at=row.again_at,
        step=row.step,
        error=row.error,
    )
