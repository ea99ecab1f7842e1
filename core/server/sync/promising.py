"""Callbacks that their own task cannot carry: promised in a call without one, or on one that is closed, another's, or
overtaken by the customer's newer task. The promise to the customer stands all the same."""

from collections.abc import Sequence

import msgspec

from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.outcome import CONNECTED, Outcome
from core.domain.task import OPEN_STATES, Task, TaskState
from core.domain.text import Text
from core.server.db import refusals, tasks
from core.server.db.engine import Unit
from core.server.loading.new_tasks import add_tasks
from core.server.loading.own_tasks import own_task

_REASON = Text("通话中答应了回拨", "A callback was promised in a call")
_OWN = "callback-"
"""begins the id of a task that a promise alone has made"""


def carry(unit: Unit, outcome: Outcome, follow_ups: Sequence[FollowUp]) -> tuple[FollowUp, ...]:
    """The follow-ups, each callback tied to the customer's open task, or to a new one where there is none."""
    if outcome.opt_out or refusals.is_opted_out(unit, outcome.customer_id):
        return tuple(follow_ups)
    return tuple(
        _tied(unit, outcome, one) if one.kind is FollowUpKind.CALLBACK and one.due_at is not None else one
        for one in follow_ups
    )


def withdraw(unit: Unit, promise: FollowUp) -> None:
    """A promise that was carried is taken back: its task goes, or is without it again."""
    value = tasks.get(unit, promise.task_id, lock=True) if promise.task_id else None
    if value is None or value.state not in OPEN_STATES or value.callback_at != promise.due_at:
        return
    calm = msgspec.structs.replace(
        value, callback_at=None, callback_number="", callback_mine=True, callback_agreed=True
    )
    state = value.state
    if value.id.startswith(_OWN):
        state = TaskState.CANCELLED
    elif state is TaskState.FOLLOW_UP:
        state = TaskState.ASSIGNED
    tasks.change(unit, value, msgspec.structs.replace(calm, state=state))


def _tied(unit: Unit, outcome: Outcome, promise: FollowUp) -> FollowUp:
    held = next(iter(tasks.open_of(unit, promise.customer_id)), None)
    if held is None:
        made = _task(unit, outcome, promise)
        add_tasks(unit, [made])
        return msgspec.structs.replace(promise, task_id=made.id)
    sooner = held.callback_at is None or (promise.due_at is not None and promise.due_at < held.callback_at)
    if sooner:
        dated = msgspec.structs.replace(
            held,
            state=TaskState.FOLLOW_UP if held.assigned_to else held.state,
            callback_at=promise.due_at,
            callback_number=promise.number,
            callback_mine=promise.mine and held.assigned_to == promise.agent,
            callback_agreed=outcome.contact in CONNECTED,
            expires_at=None,
        )
        tasks.change(unit, held, dated)
    return msgspec.structs.replace(promise, task_id=held.id)


def _task(unit: Unit, outcome: Outcome, promise: FollowUp) -> Task:
    made = own_task(
        unit,
        f"{_OWN}{promise.id}",
        customer_id=promise.customer_id,
        scenario=outcome.scenario,
        reason=_REASON,
        agent=promise.agent if promise.mine else "",
        state=TaskState.FOLLOW_UP if promise.mine else TaskState.WAITING,
    )
    agreed = outcome.contact in CONNECTED
    return msgspec.structs.replace(
        made,
        callback_at=promise.due_at,
        callback_number=promise.number,
        callback_mine=promise.mine,
        callback_agreed=agreed,
        owed=agreed,
    )
