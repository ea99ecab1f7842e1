"""Taking an event (ID-24, TASK-09, 11, 13): the customer's task has its reason from then on, or is made of it."""

from datetime import timedelta

import structlog
from msgspec.structs import replace

from core.compliance import normalise
from core.domain import decoding
from core.domain.errors import Refused
from core.domain.incoming import ASIDE_WORDS, EVENT_KIND, Aside, EventKind, Taken
from core.domain.masking import DIGITS_MOST, holds_long_number, holds_telephone
from core.domain.task import Task, TaskState
from core.domain.text import Text, filled
from core.server.db import audit, customers, incoming, published, refusals, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.incoming import KeptEvent
from core.server.known_as import kept_id
from core.server.loading.new_tasks import add_tasks
from core.server.loading.own_tasks import own_task
from core.server.loading.reasons import in_front
from core.wire.incoming import IncomingEvent, IncomingState

_log = structlog.get_logger("stayline.events")
_FIELDS_MOST, _VALUE_MOST = 20, 80
_AHEAD = timedelta(minutes=10)
"""a sender's clock may be ahead by so much"""


class NoSuchEvent(Exception):
    """None of that id has come."""


def take_event(database: Database, by: str, event: IncomingEvent) -> IncomingState:
    """The same id again is answered with what became of the first. What cannot become a task is kept aside and says
    why. Raises Refused: no id, one that names another event, a time without its zone, or words that may not be kept."""
    _check(event)
    with database.write() as unit:
        if event.at > unit.now + _AHEAD:
            raise _refused("bad_time", Text("时间在未来。", "The time lies in the future."))
        state = take_in(unit, by, event)
        _refuse_another(unit, event)
        return state


def take_in(unit: Unit, by: str, event: IncomingEvent) -> IncomingState:
    """As `take_event`, of an event that the server made itself: it is kept with what it came of, or neither is."""
    if incoming.get(unit, event.id) is None:
        customer_id = _customer(unit, event)
        if customer_id:
            tasks.lock_customer(unit, customer_id)
        # Another sender may have been quicker while this one waited.
        if incoming.get(unit, event.id) is None:
            _take(unit, by, event, customer_id)
    return state_of(unit, event.id)


def _refuse_another(unit: Unit, event: IncomingEvent) -> None:
    """Two senders that number alike: what the later one tells must not pass for taken. Raises Refused."""
    kept = incoming.get(unit, event.id)
    if kept is None:
        return
    who = _customer(unit, event)
    if kept.event.kind != event.kind or (kept.customer_id and who and kept.customer_id != who):
        raise _refused(
            "id_taken",
            Text("这个编号已用于另一件事。", "The id stands for another event already."),
        )


def take_again(database: Database, by: str, event_id: str) -> IncomingState:
    """One that was kept aside, judged anew: content, or the customer, may be there by now. Raises NoSuchEvent."""
    with database.write() as unit:
        kept = incoming.get(unit, event_id)
        if kept is None or kept.state is not Taken.ASIDE:
            raise NoSuchEvent
        customer_id = _customer(unit, kept.event)
        if customer_id:
            tasks.lock_customer(unit, customer_id)
        # Another may have been quicker while this one waited.
        kept = incoming.get(unit, event_id, lock=True)
        if kept is None or kept.state is not Taken.ASIDE:
            raise NoSuchEvent
        why, task = _judged(unit, kept.event, customer_id)
        state = Taken.TASK if task is not None else Taken.ASIDE
        incoming.settle(unit, event_id, state, task_id=task.id if task else "", customer_id=customer_id, why=why)
        _note(unit, by, kept.event, customer_id, state)
        return state_of(unit, event_id)


def close_event(database: Database, by: str, event_id: str) -> None:
    """Looked at, nothing is to be done. Raises NoSuchEvent."""
    with database.write() as unit:
        kept = incoming.get(unit, event_id, lock=True)
        if kept is None or kept.state is not Taken.ASIDE:
            raise NoSuchEvent
        incoming.settle(unit, event_id, Taken.CLOSED, customer_id=kept.customer_id, why=kept.why)
        _note(unit, by, kept.event, kept.customer_id, Taken.CLOSED)


def state_of(unit: Unit, event_id: str) -> IncomingState:
    """Raises NoSuchEvent."""
    kept = incoming.get(unit, event_id)
    if kept is None:
        raise NoSuchEvent
    task = tasks.get(unit, kept.task_id) if kept.task_id else None
    return IncomingState(
        id=event_id,
        state=kept.state,
        why=kept.why,
        words=ASIDE_WORDS[kept.why] if kept.why else None,
        task=kept.task_id,
        task_state=task.state.value if task else "",
        assigned_to=task.assigned_to if task else "",
    )


def kind_of(unit: Unit, name: str) -> EventKind | None:
    """What content says is done about that kind; None where it knows none."""
    found = published.body(unit, EVENT_KIND, name)
    return None if found is None else decoding.decode(found, EventKind)


def _take(unit: Unit, by: str, event: IncomingEvent, customer_id: str) -> None:
    why, task = _judged(unit, event, customer_id)
    state = Taken.TASK if task is not None else Taken.ASIDE
    kept = KeptEvent(
        event=event, customer_id=customer_id, state=state, why=why, task_id=task.id if task else "",
        received_at=unit.now,
    )  # fmt: skip
    if not incoming.add(unit, kept, by=by):
        # Of whom nobody is known nobody is held: another sender was quicker, and no task was made here.
        return
    if why is not None:
        # What no content knows may be anything that was typed, a name too.
        kind = "" if why is Aside.UNKNOWN_KIND else event.kind
        _log.warning("an event is kept aside", kind=kind, why=why.value)
    _note(unit, by, event, customer_id, state)


def _note(unit: Unit, by: str, event: IncomingEvent, customer_id: str, state: Taken) -> None:
    audit.write(
        unit, writer=by, action=Action.EVENT_TAKEN, object_=event.id, kind=event.kind,
        customer=customer_id, became=state.value,
    )  # fmt: skip


def _judged(unit: Unit, event: IncomingEvent, customer_id: str) -> tuple[Aside | None, Task | None]:
    """Why it is kept aside, or the task that it became."""
    kind = kind_of(unit, event.kind)
    if kind is None:
        return Aside.UNKNOWN_KIND, None
    if not customer_id:
        return Aside.UNKNOWN_CUSTOMER, None
    if event.at + timedelta(hours=kind.expires_after_hours) <= unit.now:
        return Aside.TOO_OLD, None
    if refusals.is_opted_out(unit, customer_id):
        return Aside.OPTED_OUT, None
    if kind.scenario not in published.scenarios(unit):
        return Aside.NO_SCRIPT, None
    held = next(iter(tasks.open_of(unit, customer_id)), None)
    return None, _joined(unit, kind, event, held) if held is not None else _made(unit, kind, event, customer_id)


def _made(unit: Unit, kind: EventKind, event: IncomingEvent, customer_id: str) -> Task:
    made = own_task(
        unit, f"incoming-{event.id}", customer_id=customer_id, scenario=kind.scenario, reason=reason(kind, event),
        agent="", state=TaskState.WAITING, due_at=unit.now + timedelta(minutes=kind.due_within_min),
    )  # fmt: skip
    made = replace(
        made, owed=kind.asked, priority=kind.priority, expires_at=event.at + timedelta(hours=kind.expires_after_hours)
    )
    add_tasks(unit, [made], list_id=f"event:{kind.id}")
    return made


def _joined(unit: Unit, kind: EventKind, event: IncomingEvent, held: Task) -> Task:
    """One customer has one task: it is more urgent now, and its agent reads what has happened."""
    due = unit.now + timedelta(minutes=kind.due_within_min)
    ends, expires = event.at + timedelta(hours=kind.expires_after_hours), held.expires_at
    after = replace(
        held,
        reason=in_front(reason(kind, event), held.reason),
        priority=min(held.priority, kind.priority),
        due_at=due if held.due_at is None else min(held.due_at, due),
        # What it was made for may be over before this is.
        expires_at=None if expires is None else max(expires, ends),
        besides=True,
        # What another system merely tells of spares nobody who complained, or who agreed to no calls that sell.
        owed=held.owed or kind.asked,
    )
    tasks.change(unit, held, after)
    return after


def reason(kind: EventKind, event: IncomingEvent) -> Text:
    """What the agent reads."""
    stated = {name: value.strip() for name, value in event.fields.items() if value.strip()}
    return filled(kind.reason, **{one.name: stated.get(one.name, one.otherwise) for one in kind.fields})


def _customer(unit: Unit, event: IncomingEvent) -> str:
    """Empty where nobody is known by what was said."""
    if event.customer_id:
        return kept_id(unit, event.customer_id)
    number = normalise(event.number)
    found = customers.find(unit, number=number, text="", limit=1) if number else []
    return str(found[0][0]) if found else ""


def _check(event: IncomingEvent) -> None:
    written = (event.id, event.kind, event.customer_id, event.number, *event.fields, *event.fields.values())
    if event.at.tzinfo is None:
        raise _refused("bad_time", Text("时间要带时区，例如 +08:00。", "Times need their zone, such as +08:00."))
    if not event.id.strip() or len(event.id) > 60 or not event.kind.strip() or len(event.kind) > 40:
        raise _refused("malformed", Text("缺少编号或种类，或者太长。", "The id or kind is missing, or too long."))
    if any("\0" in one for one in written) or len(event.customer_id) > 80 or len(event.number) > 40:
        raise _refused("malformed", Text("内容不可用。", "It cannot be used as it is."))
    if holds_long_number(event.kind) or holds_telephone(event.id) or _names_the_line(event):
        raise _refused(
            "number_in_id",
            Text("编号或种类里有电话号码。", "The id or kind holds a telephone number."),
        )
    values = [*event.fields, *event.fields.values()]
    if len(event.fields) > _FIELDS_MOST or any(len(one) > _VALUE_MOST or holds_long_number(one) for one in values):
        raise _refused(
            "number_in_words",
            Text("字段太多或太长，或有 7 位以上的数字。", "Too many or too long fields, or one holds a long number."),
        )


def _names_the_line(event: IncomingEvent) -> bool:
    """The id stays in the audit for good, when the customer's number is long gone."""
    number = normalise(event.number)
    return len(number) > DIGITS_MOST and number in event.id


def _refused(code: str, message: Text) -> Refused:
    return Refused(
        code=code,
        title=Text("没有收下", "Not taken"),
        message=message,
        next_step=Text("请核对后再提交。", "Look at it again and send it once more."),
    )
