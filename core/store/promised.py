"""Callbacks promised in calls without a task: they stand in the queue until the server has made a task of them."""

from sqlalchemy import Connection

from core.domain import decoding
from core.domain.follow_up import FollowUp
from core.domain.outcome import CONNECTED
from core.domain.task import Task, TaskCustomer, TaskState, TaskType
from core.domain.text import Text
from core.wire.push import Saved

KEY = "call:"
"""with the follow-up's id: also the key of the draft once the call has begun"""
REASON = Text("无任务通话中约定的回拨", "A callback promised in a call without a task")
_FOLLOW_UP, _SAVED = decoding.decoder(FollowUp), decoding.decoder(Saved)
_WAITING = (
    "SELECT f.body, o.body, o.name FROM work.follow_up AS f JOIN work.outcome AS o ON o.id = f.outcome_id"
    " WHERE f.kind = 'callback' AND f.state = 'waiting' AND f.task_id IS NULL AND f.due_at IS NOT NULL"
    " AND o.upload IN ('waiting', 'rejected')"
    f" AND NOT EXISTS (SELECT 1 FROM work.draft AS d WHERE d.key = '{KEY}' || f.id AND d.begun)"
)


def promised_alone(connection: Connection) -> list[Task]:
    """As tasks of this desk; those that anyone may take wait for the server."""
    rows = connection.exec_driver_sql(_WAITING).all()
    found = ((_FOLLOW_UP.decode(row[0]), _SAVED.decode(row[1]), str(row[2])) for row in rows)
    return [_task(follow_up, saved, name) for follow_up, saved, name in found if follow_up.mine]


def _task(follow_up: FollowUp, saved: Saved, name: str) -> Task:
    outcome = saved.outcome
    number = follow_up.number or outcome.call.number
    return Task(
        id=f"{KEY}{follow_up.id}",
        customer_id=follow_up.customer_id,
        type=TaskType.KEY_CUSTOMER_CALL,
        scenario=outcome.scenario,
        state=TaskState.FOLLOW_UP,
        priority=0,
        reason=REASON,
        customer=TaskCustomer(name=name, numbers=(number,) if number else ()),
        created_at=outcome.recorded_at,
        due_at=follow_up.due_at,
        callback_at=follow_up.due_at,
        callback_number=number,
        callback_agreed=outcome.contact in CONNECTED,
        attempts=1,
        assigned_to=outcome.agent,
    )
