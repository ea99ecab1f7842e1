"""What an outcome does to the server's task: pure rules."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from core.domain.aftermath import Course, aftermath
from core.domain.disposition import Result
from core.domain.follow_up import FollowUp
from core.domain.outcome import CONNECTED, Outcome
from core.domain.task import OPEN_STATES, Task, TaskState


class Standing(StrEnum):
    """How an outcome stands to its task."""

    COUNTS = "counts"
    MOVED = "moved"
    """the task is somebody else's now"""
    CLOSED = "closed"


def standing(task: Task, outcome: Outcome, *, holder: str | None) -> Standing:
    """Fenced by the lease's epoch: who held the newest epoch may still report, also after the lease ran out."""
    if outcome.lease_epoch != task.lease_epoch:
        return Standing.MOVED
    return standing_of(task, outcome.agent, holder=holder)


def standing_of(task: Task, agent: str, *, holder: str | None) -> Standing:
    """How what an agent says stands to the task; `holder` is who held its newest epoch."""
    if holder != agent:
        return Standing.MOVED
    if task.state in OPEN_STATES or task.state is TaskState.EXPIRED:
        return Standing.COUNTS
    return Standing.CLOSED


def after_outcome(
    task: Task, outcome: Outcome, follow_ups: Sequence[FollowUp], result: Result | None, now: datetime
) -> Task:
    """The task once the outcome counts: promised, done, or to be tried again."""
    moved = _moved(task, outcome, follow_ups, result, now)
    return msgspec.structs.replace(moved, attempts=task.attempts + 1)


def after_correction(
    task: Task, outcome: Outcome, follow_ups: Sequence[FollowUp], result: Result | None, now: datetime
) -> Task:
    """The task once its last outcome is corrected. A finished one opens again as a follow-up; no attempt is added."""
    if task.state is TaskState.CANCELLED:
        return task
    moved = _moved(task, outcome, follow_ups, result, now)
    if task.state in (TaskState.DONE, TaskState.EXPIRED) and moved.state is TaskState.ASSIGNED:
        return msgspec.structs.replace(moved, state=TaskState.FOLLOW_UP)
    return moved


def _moved(task: Task, outcome: Outcome, follow_ups: Sequence[FollowUp], result: Result | None, now: datetime) -> Task:
    then = aftermath(outcome, follow_ups, result)
    if then.callback is not None:
        return promised(task, then.callback, outcome.agent, agreed=outcome.contact in CONNECTED)
    calm = msgspec.structs.replace(
        task, callback_at=None, callback_number="", callback_mine=True, callback_agreed=True, ended=None
    )
    if then.course is Course.CLOSED:
        return msgspec.structs.replace(calm, state=TaskState.DONE)
    return msgspec.structs.replace(
        calm, state=TaskState.ASSIGNED, assigned_to=outcome.agent, due_at=now + then.retry_after
    )


def promised(task: Task, callback: FollowUp, agent: str, *, agreed: bool) -> Task:
    """A callback was promised: it stays on this desk, or waits for anyone of the team. `agreed`: with somebody."""
    # What a customer was promised outlasts the term of the list that the task came from.
    dated = msgspec.structs.replace(
        task,
        callback_at=callback.due_at,
        callback_number=callback.number,
        callback_mine=callback.mine,
        callback_agreed=agreed,
        expires_at=None,
        ended=None,
    )
    if callback.mine:
        return msgspec.structs.replace(dated, state=TaskState.FOLLOW_UP, assigned_to=agent)
    return given_up(dated)


def given_to(task: Task, staff_number: str, until: datetime) -> Task:
    """The task on that desk, under a lease with a new epoch."""
    return msgspec.structs.replace(
        task,
        state=TaskState.FOLLOW_UP if task.callback_at else TaskState.ASSIGNED,
        assigned_to=staff_number,
        lease_epoch=task.lease_epoch + 1,
        lease_expires_at=until,
    )


def given_up(task: Task) -> Task:
    """The task leaves its desk and waits for whom dispatch finds."""
    return msgspec.structs.replace(
        task, state=TaskState.WAITING, assigned_to="", lease_expires_at=None, callback_mine=False
    )
