"""The duty roster (VIP-11): kept as a setting, told to every desk, and asked whom a diamond customer's call finds."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace
from sqlalchemy import func, select

from core.domain import decoding
from core.domain.duty import DUTY, Colleague, Roster, Shift
from core.domain.people import Right
from core.domain.task import OPEN_STATES, TIER_RANK, Block, Task, TaskState, Tier
from core.server.cases.attending import is_there
from core.server.cases.minding import retell_open
from core.server.cases.shifts import KEY, shifts
from core.server.db import audit, people, presence, published, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import task
from core.server.departments.telling import retell_passed_on
from core.server.desks import too_early
from core.server.dispatching import put_on_record
from core.server.review.cause_names import retell_names
from core.server.sync.effects import given_to
from core.server.team.teams import every_lead
from core.wire.pull import ContentDocument

_LEADS = "leads_told"
_MOST = 500
_decode_task = decoding.decoder(Task).decode


def put_shifts(unit: Unit, wanted: Sequence[Shift], *, by: str) -> None:
    settings.write(unit, KEY, msgspec.json.encode(tuple(wanted)).decode())
    audit.write(unit, writer=by, action=Action.DUTY_CHANGED, object_=KEY, shifts=len(wanted))
    tell_roster(unit)


def roster(unit: Unit) -> Roster:
    """The shifts, and all who may own a case."""
    staff = [account.agent for account in people.everyone(unit) if not account.disabled]
    able = [one for one in staff if Right.CALL_WITHOUT_TASK in one.rights]
    return Roster(
        shifts=shifts(unit),
        colleagues=tuple(Colleague(staff_number=one.staff_number, name=one.name, team=one.team) for one in able),
    )


def tell_roster(unit: Unit) -> bool:
    """To every desk, where it is other than before."""
    body = msgspec.json.encode(roster(unit))
    before = published.body(unit, DUTY, DUTY)
    if before is not None and bytes(before) == body:
        return False
    published.put(unit, [ContentDocument(kind=DUTY, name=DUTY, version=1, body=msgspec.Raw(body))])
    return True


def on_duty(unit: Unit) -> str:
    """Staff number of the first on duty now who still works here and is not away; empty where nobody is."""
    found = roster(unit)
    able = {one.staff_number for one in found.colleagues} - presence.away(unit)
    return next((one for one in found.on_duty(unit.now) if one in able), "")


def keep_duty(database: Database) -> int:
    """Tells of a changed roster and of new leads, and gives diamond customers' calls that found nobody, or an empty
    desk, to who is on duty.

    Gives how many were given out."""
    with database.write() as unit:
        changed = tell_roster(unit)
        led = _leads_changed(unit)
    if changed or led:
        retell_open(database)
    if led:
        retell_passed_on(database)
        retell_names(database)
    with database.write() as unit:
        found = on_duty(unit)
        if not found:
            return 0
        given: list[Task] = []
        for task_id, customer_id in _left_waiting(unit):
            tasks.lock_customer(unit, customer_id)
            value = tasks.get(unit, task_id, lock=True)
            if value is None or value.state is not TaskState.WAITING or too_early(value.callback_at, unit.now):
                continue
            until = unit.now + settings.lease_time(unit)
            after = given_to(replace(value, callback_mine=False), found, until)
            tasks.assign(unit, [(value, after)])
            given.append(after)
        # Those that are taken off an empty desk stand in the audit as moved, each by itself.
        moved = _from_empty_desks(unit, found)
        put_on_record(unit, "server", given)
        return len(given) + moved


def _leads_changed(unit: Unit) -> bool:
    """Somebody leads a team, or stands in for who does, and did not before; or does no more."""
    now = msgspec.json.encode({team: sorted(staff) for team, staff in sorted(every_lead(unit).items())}).decode()
    if settings.read(unit, _LEADS) == now:
        return False
    settings.write(unit, _LEADS, now)
    return True


def _from_empty_desks(unit: Unit, found: str) -> int:
    """Callbacks that are due by now and whose agent is not there; who is on duty keeps the promise for them."""
    given, there = 0, {found: True}
    for task_id, customer_id, holder in _due_on_desks(unit):
        if holder not in there:
            there[holder] = is_there(unit, holder)
        if there[holder]:
            continue
        tasks.lock_customer(unit, customer_id)
        value = tasks.get(unit, task_id, lock=True)
        due = value is not None and value.callback_at is not None and value.callback_at <= unit.now
        if value is None or not due or value.assigned_to != holder or value.state not in OPEN_STATES:
            continue
        until = unit.now + settings.lease_time(unit)
        tasks.change(unit, value, given_to(replace(value, callback_mine=False), found, until))
        audit.write(unit, writer="server", action=Action.TASK_MOVED, object_=task_id, holder=holder, to=found)
        given += 1
    return given


def _due_on_desks(unit: Unit) -> list[tuple[str, str, str]]:
    """Task, customer and holder, by customer."""
    statement = (
        select(task.c.id, task.c.customer_id, task.c.assigned_to)
        .where(
            task.c.tenant_id == unit.tenant,
            task.c.state.in_(OPEN_STATES),
            task.c.assigned_to != "",
            task.c.tier_rank == TIER_RANK[Tier.DIAMOND],
            task.c.block != Block.OPTED_OUT.value,
            task.c.callback_at <= unit.now,
        )
        .order_by(task.c.customer_id)
        .limit(_MOST)
    )
    return [(row[0], row[1], row[2]) for row in unit.conn.execute(statement)]


def _left_waiting(unit: Unit) -> list[tuple[str, str]]:
    """By customer, as locks are taken; dispatch has given out what it could."""
    statement = (
        select(task.c.id, task.c.customer_id)
        .where(
            task.c.tenant_id == unit.tenant,
            task.c.state == TaskState.WAITING.value,
            task.c.tier_rank == TIER_RANK[Tier.DIAMOND],
            task.c.block != Block.OPTED_OUT.value,
            func.coalesce(task.c.callback_at, task.c.created_at) <= unit.now,
        )
        .order_by(task.c.customer_id)
        .limit(_MOST)
    )
    return [(row[0], row[1]) for row in unit.conn.execute(statement)]
