"""One change of an errand: checked, written with its step, on record, told; what went wrong makes its agent's task."""

from datetime import date, datetime, timedelta

import msgspec

from core.domain.errand import (
    ENDED_ERRANDS,
    ERRAND_STATES,
    OPEN_ERRANDS,
    ErrandState,
    ErrandStep,
    PlacedErrand,
    Stage,
    may_move,
)
from core.domain.errors import InputError
from core.domain.follow_up import FollowUpState
from core.domain.text import Text
from core.server.branch_telling import branch_heard
from core.server.db import audit, errands, records, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.departments.returning import refused_returns
from core.server.departments.telling import tell

LOOK_AGAIN = timedelta(seconds=1)
"""the first look at an errand that the department has; later ones come further apart"""


def move(
    unit: Unit,
    errand_id: str,
    to: ErrandState,
    *,
    by: str,
    stage: Stage | None = None,
    reason: Text | None = None,
    reference: str = "",
    bill_on: date | None = None,
) -> PlacedErrand:
    """The errand in its new state, or at a further stage of the same; asked for what it is already, nothing changes.

    Raises InputError where there is no such errand, or it cannot go there from where it is.
    """
    placed = locked(unit, errand_id)
    news = _same_state(placed, stage, reference, bill_on) if placed.state is to else None
    if placed.state is to and news is None:
        return placed
    if news is None and not may_move(placed.state, to):
        raise _cannot(placed, to)
    step = ErrandStep(state=to, at=unit.now, by=by, stage=stage or placed.stage, words=reason)
    moved = msgspec.structs.replace(
        placed,
        state=to,
        stage=stage or placed.stage,
        reason=reason or placed.reason,
        reference=reference or placed.reference,
        bill_on=bill_on or placed.bill_on,
        steps=(*placed.steps, step),
    )
    errands.put(unit, moved, due_at=due_of(unit, moved))
    audit.write(unit, writer=by, action=Action.ERRAND_MOVED, object_=errand_id, before=placed.state, after=to)
    _follow_up(unit, moved)
    tell(unit, moved)
    branch_heard(unit, moved, by=by)
    if to is ErrandState.REFUSED:
        refused_returns(unit, moved)
    return moved


def withdraw(unit: Unit, placed: PlacedErrand, *, by: str) -> None:
    """Not wanted any more; the department is told where it may have it."""
    if placed.state not in OPEN_ERRANDS:
        return
    if errands.handed_over(placed):
        placed = msgspec.structs.replace(placed, revision=placed.revision + 1)
        errands.edit(unit, placed)
    move(unit, str(placed.id), ErrandState.WITHDRAWN, by=by)


def locked(unit: Unit, errand_id: str) -> PlacedErrand:
    """The errand, its customer locked first as everywhere. Raises InputError where there is none."""
    found = errands.get(unit, errand_id)
    if found is not None:
        if found.errand.customer_id:
            tasks.lock_customer(unit, found.errand.customer_id)
        found = errands.get(unit, errand_id, lock=True)
    if found is None:
        raise InputError(
            title=Text("没有这张单", "No such errand"),
            message=Text(f"没有编号为 {errand_id} 的单。", f"There is no errand {errand_id}."),
            next_step=Text("用 stayline-server errands list 查看。", "See them with stayline-server errands list."),
        )
    return found


def due_of(unit: Unit, placed: PlacedErrand) -> datetime | None:
    """When it is looked at again; of one that has ended, when its desk is told of it no longer."""
    if placed.state is ErrandState.WITHDRAWN and placed.heard < placed.revision and errands.handed_over(placed):
        return unit.now
    if placed.state in ENDED_ERRANDS:
        return unit.now + timedelta(days=settings.site(unit).orders_told_days)
    return unit.now if placed.state is ErrandState.WAITING else unit.now + LOOK_AGAIN


_FOLLOW_UP_STATES = {
    ErrandState.SUBMITTED: FollowUpState.SENT,
    ErrandState.ACCEPTED: FollowUpState.SENT,
    ErrandState.IN_PROGRESS: FollowUpState.SENT,
    ErrandState.DONE: FollowUpState.DONE,
    ErrandState.REFUSED: FollowUpState.CANCELLED,
    ErrandState.WITHDRAWN: FollowUpState.CANCELLED,
}


def _follow_up(unit: Unit, placed: PlacedErrand) -> None:
    """The follow-up of the call says the same: what has left is not exported a second time."""
    found = records.get_follow_up(unit, str(placed.id))
    state = _FOLLOW_UP_STATES.get(placed.state)
    if found is not None and state is not None and found.state is not state:
        records.set_follow_up(unit, found, state)


def _same_state(placed: PlacedErrand, stage: Stage | None, reference: str, bill_on: date | None) -> bool | None:
    """True where something is new though the state is not."""
    fresh = (stage not in (None, placed.stage), reference not in ("", placed.reference), bill_on != placed.bill_on)
    return True if fresh[0] or fresh[1] or (bill_on is not None and fresh[2]) else None


def _cannot(placed: PlacedErrand, to: ErrandState) -> InputError:
    is_now, wanted = ERRAND_STATES[placed.state], ERRAND_STATES[to]
    return InputError(
        title=Text("单子状态不能这样改", "The errand cannot be changed so"),
        message=Text(
            f"现在是“{is_now.zh}”，不能变成“{wanted.zh}”。",
            f"It stands at “{is_now.en}” and cannot become “{wanted.en}”.",
        ),
        next_step=Text("不用再处理；有疑问请查承办部门。", "Nothing is left to do; if in doubt, ask the department."),
    )
