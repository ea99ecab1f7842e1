"""Leases that a restored database has forgotten: given since the backup, to desks that have worked under them."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import select

from core.domain.outcome import Outcome
from core.domain.task import OPEN_STATES, Task, TaskState
from core.server.db import settings, tasks
from core.server.db.engine import Unit
from core.server.db.schema import lease


def with_lost_lease(unit: Unit, task: Task, outcome: Outcome) -> tuple[Task, Outcome]:
    """Both as they stood when the agent called, where only this outcome remembers it.

    Epochs only grow: who recorded before the restore under one that this database had not given, held the task after
    all that it knows of it. Where it has been given to somebody since, that was for want of this outcome: it is taken
    back, under an epoch of its own."""
    restored, epoch = settings.restored_at(unit), outcome.lease_epoch
    if restored is None or epoch is None or outcome.recorded_at >= restored or epoch < task.lease_epoch:
        return task, outcome
    if task.state not in OPEN_STATES and task.state is not TaskState.EXPIRED:
        return task, outcome
    given_at = _given_at(unit, task.id, epoch)
    if given_at is not None and given_at < restored:
        return task, outcome
    if given_at is not None:
        outcome = replace(outcome, lease_epoch=epoch + 1)
    known = replace(task, lease_epoch=outcome.lease_epoch or 0)
    tasks.record_leases(unit, [replace(known, assigned_to=outcome.agent)])
    if task.state in OPEN_STATES:
        known = replace(
            known,
            state=TaskState.ASSIGNED if task.state is TaskState.WAITING else task.state,
            assigned_to=outcome.agent,
            lease_expires_at=unit.now + settings.lease_time(unit),
        )
    tasks.change(unit, task, known)
    return known, outcome


def _given_at(unit: Unit, task_id: str, epoch: int) -> datetime | None:
    statement = select(lease.c.at).where(
        lease.c.tenant_id == unit.tenant, lease.c.task_id == task_id, lease.c.epoch == epoch
    )
    return unit.conn.execute(statement).scalar_one_or_none()
