"""Taking a callback that was moved to a time that the customer agreed to."""

import msgspec

from core.domain.callback_move import MAY_AGREE, CallbackMove
from core.domain.follow_up import FollowUpKind
from core.server.access.caller import Caller, may_record
from core.server.db import audit, records, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.sync.answers import ACCEPTED, Code, Ruling, rejected
from core.server.sync.effects import Standing, standing_of
from core.wire.push import Verdict


def take_callback_move(unit: Unit, caller: Caller, value: CallbackMove) -> Ruling:
    """The promise and its task say the new time; one that is another desk's by now, or was kept, stays as it is."""
    if value.agent != caller.staff_number or value.agreed_with not in MAY_AGREE:
        return rejected(Code.NOT_YOURS)
    if value.to <= value.at:
        return rejected(Code.BAD_TIME)
    known = tasks.get(unit, value.task_id)
    if known is None or known.customer_id != value.customer_id:
        return rejected(Code.UNKNOWN_TASK)
    if not may_record(unit, caller, value.customer_id, said_at=value.at):
        return rejected(Code.UNKNOWN_CUSTOMER)
    tasks.lock_customer(unit, value.customer_id)
    task = tasks.get(unit, value.task_id, lock=True)
    assert task is not None
    stands = standing_of(task, value.agent, holder=tasks.holder(unit, task.id, task.lease_epoch))
    if stands is not Standing.COUNTS or task.callback_at is None:
        return Ruling(Verdict.SUPERSEDED, Code.MOVED if stands is Standing.MOVED else Code.CLOSED)
    for promise in records.waiting_follow_ups(unit, task_id=task.id):
        if promise.kind is FollowUpKind.CALLBACK:
            records.move_follow_up(unit, promise, value.to)
    tasks.change(unit, task, msgspec.structs.replace(task, callback_at=value.to, callback_agreed=True))
    audit.write(
        unit, writer=caller.staff_number, action=Action.CALLBACK_MOVED, object_=task.id,
        before=task.callback_at.isoformat(), to=value.to.isoformat(), agreed_with=value.agreed_with.value,
    )  # fmt: skip
    return ACCEPTED
