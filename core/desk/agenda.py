"""What is due when: callbacks, promises, commitments, trials, visits, times at stores, work orders on one calendar; and
moving one."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from core.compliance import next_open, site_window
from core.desk import case_acts, casework, committing, errands, quiet_hours, trials
from core.desk.desk import Desk
from core.desk.due import checked
from core.domain.calendar import Window
from core.domain.callback_move import MAY_AGREE, CallbackMove
from core.domain.clock import CHINA, local_day
from core.domain.commitment import COMMITMENT, moment_on, occurrences
from core.domain.customer import decode_document
from core.domain.errand import ERRAND_KINDS, ErrandKind, errand_words
from core.domain.errors import InputError
from core.domain.outcome import Contact
from core.domain.promise import STATE_NAMES, Promise
from core.domain.store import StoreTime
from core.domain.text import Text
from core.store.types import QueueQuery, Section
from core.wire.errands import CallbackMoved

MOST = 500
_AT_NOON = time(10)
"""where a day has no hour: when it is shown"""


class ItemKind(StrEnum):
    CALLBACK = "callback"
    PROMISE = "promise"
    COMMITMENT = "commitment"
    TRIAL = "trial"
    VISIT = "visit"
    STORE_TIME = "store_time"
    WORK_ORDER = "work_order"
    """and whatever else a department is asked, at the time by when it answers"""


class AgendaItem(Struct, frozen=True, kw_only=True):
    key: str
    kind: ItemKind
    at: datetime
    name: str
    """of the customer, as this machine may show it"""
    what: Text
    state: Text | None = None
    customer_id: str = ""
    task_id: str = ""
    """opens the customer; empty: none is on this desk"""
    movable: bool = False
    late: bool = False
    over: bool = False
    """nothing is to be done any more"""


def agenda(desk: Desk, start: datetime, end: datetime) -> list[AgendaItem]:
    """All that falls into [start, end), by its time; what is late and open stands at its time all the same."""
    found = [*_callbacks(desk), *_promises(desk), *_commitments(desk, start, end), *_trials(desk), *_errands(desk)]
    found += _store_times(desk)
    tasks: dict[str, str] = {}
    named = [_on_desk(desk, one, tasks) for one in found if start <= one.at < end]
    return sorted(named, key=lambda one: (one.at, one.name, one.key))


def move(desk: Desk, item: AgendaItem, to: datetime, agreed_with: Contact) -> datetime:
    """The time that it has now; the customer has agreed to it.

    Raises InputError: nobody agreed, it cannot be moved, the time is over or too far, lies outside calling hours
    or in those in which the customer wants no calls.
    """
    if not item.movable or agreed_with not in MAY_AGREE:
        raise _cannot(Text("这一项改不了时间。", "Its time cannot be changed."))
    now = desk.moment().wall
    to = checked(to, now=now)
    if item.kind is ItemKind.VISIT:
        errands.move(desk, UUID(item.key), to, agreed_with)
        return to
    if item.kind is ItemKind.PROMISE:
        promise = next((one for one in owed(desk) if str(one.id) == item.key), None)
        if promise is None:
            raise _cannot(Text("这个承诺已经了结。", "That promise is settled by now."))
        case_acts.move(desk, promise, to, agreed=True)
        return to
    _check_hours(desk, checked(to, now=now, quiet=_quiet(desk, item.customer_id)))
    desk.store.log(
        CallbackMoved(
            callback_move=CallbackMove(
                id=uuid4(),
                task_id=item.task_id,
                customer_id=item.customer_id,
                agent=desk.agent.staff_number,
                at=now,
                before=item.at,
                to=to,
                agreed_with=agreed_with,
            )
        )
    )
    return to


def _quiet(desk: Desk, customer_id: str) -> tuple[Window, ...]:
    """The hours without calls, as far as this machine knows the customer."""
    body = desk.store.customer(customer_id)
    return quiet_hours.known(desk, decode_document(body)) if body is not None else ()


def _check_hours(desk: Desk, to: datetime) -> None:
    """A call may be promised only for a time at which it may be made."""
    opens = next_open(to, site=site_window(desk.site), calendar=desk.calendar)
    if opens == to:
        return
    if opens is None:
        raise _cannot(Text("那几天都不能外呼。", "No calls may be made in those days."))
    hour = f"{opens.astimezone(desk.calendar.zone):%m-%d %H:%M}"
    raise _cannot(
        Text(f"那个时间不能外呼，最早是 {hour}。", f"No call may be made then; the first time after it is {hour}.")
    )


def _callbacks(desk: Desk) -> Iterable[AgendaItem]:
    now = desk.moment().wall
    for section in (Section.DUE, Section.LATER):
        for row in desk.store.queue(QueueQuery(section=section, now=now), offset=0, limit=MOST):
            if row.callback_at is not None:
                yield AgendaItem(
                    key=row.task_id,
                    kind=ItemKind.CALLBACK,
                    at=row.callback_at,
                    name=row.name,
                    what=row.reason,
                    customer_id=row.customer_id,
                    task_id=row.task_id,
                    # The server knows no task of a promise that has not reached it.
                    movable=desk.store.task(row.task_id) is not None,
                    late=row.callback_at < now,
                )


def owed(desk: Desk) -> list[Promise]:
    board = casework.board(desk)
    of_cases = [one for row in board.open for one in row.promises if one.is_owed]
    return [*of_cases, *(one.promise for one in board.loose)]


def _promises(desk: Desk) -> Iterable[AgendaItem]:
    now, me = desk.moment().wall, desk.agent.staff_number
    for one in owed(desk):
        late = one.is_late(now)
        yield AgendaItem(
            key=str(one.id),
            kind=ItemKind.PROMISE,
            at=one.due_at,
            name=one.made.customer,
            what=Text(one.made.words, one.made.words),
            state=STATE_NAMES[one.state],
            customer_id=one.made.customer_id,
            movable=not late and one.owner.staff_number == me,
            late=late,
        )


def _commitments(desk: Desk, start: datetime, end: datetime) -> Iterable[AgendaItem]:
    now = desk.moment().wall
    for told in committing.running(desk):
        made = told.commitment
        first, last = start.astimezone(CHINA).date(), end.astimezone(CHINA).date() + timedelta(days=1)
        for day in occurrences(made, first, last):
            done = day in told.kept_on
            if told.raised == day and not done:
                # It is a task by now, and stands among the callbacks.
                continue
            yield AgendaItem(
                key=f"{COMMITMENT}:{made.id}:{day.isoformat()}",
                kind=ItemKind.COMMITMENT,
                at=moment_on(made, day),
                name=told.customer,
                what=Text(made.text, made.text),
                state=Text("已做", "Done") if done else None,
                customer_id=made.customer_id,
                late=not done and moment_on(made, day) < now,
                over=done,
            )


def _trials(desk: Desk) -> Iterable[AgendaItem]:
    """FOLLOW-07: the last day of what was given for a time."""
    today = local_day(desk.moment().wall)
    for one in trials.running(desk):
        yield AgendaItem(
            key=trials.key_of(one),
            kind=ItemKind.TRIAL,
            at=datetime.combine(one.until, _AT_NOON, CHINA),
            name=one.customer,
            what=Text(f"{one.name.zh} 到期", f"{one.name.en} ends"),
            customer_id=one.customer_id,
            over=one.until < today,
        )


def _store_times(desk: Desk) -> Iterable[AgendaItem]:
    now = desk.moment().wall
    for one in desk.store.store_times():
        yield AgendaItem(
            key=str(one.id),
            kind=ItemKind.STORE_TIME,
            at=one.slot.begins_at,
            name=one.customer,
            what=store_words(one),
            state=Text(one.reference, one.reference) if one.reference else None,
            customer_id=one.customer_id,
            over=one.slot.begins_at < now,
        )


def store_words(one: StoreTime) -> Text:
    """The store, and what it puts by."""
    put_by = one.what_name or (Text(one.what, one.what) if one.what else None)
    if put_by is None:
        return one.name
    return Text(f"{one.name.zh}，留 {put_by.zh}", f"{one.name.en}, keeps {put_by.en}")


def _errands(desk: Desk) -> Iterable[AgendaItem]:
    names = errands.department_names(desk)
    for one in errands.standing(desk):
        told, asked = one.told, one.told.errand
        visit = asked.kind is ErrandKind.HOME_VISIT
        kind, where = ERRAND_KINDS[asked.kind], names.get(asked.department)
        head = Text(f"{kind.zh} · {where.zh}", f"{kind.en} · {where.en}") if where else kind
        yield AgendaItem(
            key=str(asked.id),
            kind=ItemKind.VISIT if visit else ItemKind.WORK_ORDER,
            at=asked.due_at if visit and asked.due_at else told.answer_by,
            name=told.customer,
            what=Text(f"{head.zh}：{asked.text}", f"{head.en}: {asked.text}"),
            state=errand_words(told),
            customer_id=asked.customer_id,
            movable=visit and told.is_open and asked.agent == desk.agent.staff_number,
            late=told.overdue and told.is_open,
            over=not told.is_open,
        )


def _on_desk(desk: Desk, item: AgendaItem, tasks: dict[str, str]) -> AgendaItem:
    """With the task that opens the customer, and the name in full, where they are on this desk."""
    if item.task_id or not item.customer_id:
        return item
    if item.customer_id not in tasks:
        tasks[item.customer_id] = next((task.id for task in desk.store.tasks_of(item.customer_id)), "")
    name = desk_name(desk, item.customer_id) or item.name
    return msgspec.structs.replace(item, name=name, task_id=tasks[item.customer_id])


def desk_name(desk: Desk, customer_id: str) -> str:
    """The customer's name as this machine knows it; empty where it does not."""
    body = desk.store.customer(customer_id)
    identity = decode_document(body).identity if body else None
    return identity.name if identity else desk.store.saved_name(customer_id)


def desk_area(desk: Desk, customer_id: str) -> str:
    """The customer's area; empty where this machine does not know it."""
    body = desk.store.customer(customer_id)
    identity = decode_document(body).identity if body else None
    return identity.area if identity else ""


def _cannot(message: Text) -> InputError:
    return InputError(
        title=Text("时间没有改", "The time stays as it was"),
        message=message,
        next_step=Text("请和客户另约一个时间。", "Agree on another time with the customer."),
    )
