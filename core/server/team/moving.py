"""Moving and recalling tasks (TASK-18): checked here, each task on its own, so that desks are never held up.

The desk that a task leaves loses it with its next pull; what its agent did there meanwhile is kept as a record, as the
lease's epoch is a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import func, select

from core.domain.clock import day_around
from core.domain.masking import mask_name
from core.domain.moving import Stays
from core.domain.people import Agent, Right
from core.domain.task import OPEN_STATES, Block, Task, Tier
from core.server import binding
from core.server.access.caller import Caller
from core.server.calling_rules import CallingRules
from core.server.db import audit, people, presence, recalls, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import task
from core.server.desks import REVISITS, Desk, Need, Room, WaitsFor, places_of
from core.server.sync.effects import given_to, given_up
from core.server.team.teams import led_agent
from core.wire.team import TASKS_MOST, DeskTask, DeskTasks, Held, Left, Moved, MoveTasks

_STAYS = {
    WaitsFor.SKILL: Stays.SKILL,
    WaitsFor.AREA: Stays.AREA,
    WaitsFor.VIP_SPECIALIST: Stays.VIP_SPECIALIST,
}


@dataclass(frozen=True, slots=True)
class Move:
    """One request as it was found to be allowed."""

    holder: str
    to: Agent | None
    """None: back to the pool"""
    by: str


def desk_tasks(unit: Unit, caller: Caller, staff_number: str) -> DeskTasks:
    """What lies on an agent's desk, with masked names for who may not see persons; raises Refused where they are in no
    team of the caller's."""
    led_agent(unit, caller, staff_number)
    found = tasks_on_desk(unit, staff_number)
    if not caller.may(Right.SEE_IDENTITY):
        found = tuple(msgspec.structs.replace(one, name=mask_name(one.name)) for one in found)
    return DeskTasks(staff_number=staff_number, tasks=found)


def tasks_on_desk(unit: Unit, staff_number: str) -> tuple[DeskTask, ...]:
    """Promised callbacks first, then by due time."""
    found = (tasks.get(unit, task_id) for task_id in _on_desk(unit, staff_number))
    return tuple(_told(one) for one in found if one is not None)


def move(database: Database, asked: MoveTasks, *, by: str, caller: Caller | None = None) -> Moved:
    """Move what was asked for. `caller` is the lead who asks by the API; None at the command line.

    Raises Refused where an agent is in no team of the caller's, or may not be given anything.
    """
    with database.read() as unit:
        _check(unit, caller, asked.holder)
        to = _check(unit, caller, asked.to) if asked.to else None
        task_ids = asked.task_ids or _on_desk(unit, asked.holder)
    if asked.away:
        with database.write() as unit:
            presence.set_away(unit, asked.holder, day_around(unit.now)[1])
            audit.write(unit, writer=by, action=Action.AGENT_AWAY, object_=asked.holder)
    wanted = Move(asked.holder, to, by)
    moved, left = [], []
    for task_id in dict.fromkeys(task_ids):
        why = _move_one(database, task_id, wanted)
        if why is None:
            moved.append(task_id)
        else:
            left.append(Left(task_id=task_id, why=why))
    return Moved(moved=tuple(moved), left=tuple(left), held=_held(database, moved) if to else ())


def _held(database: Database, moved: Sequence[str]) -> tuple[Held, ...]:
    """What the calling rules have against the calls (TASK-16): the desk asks them too, the lead would learn it last."""
    with database.read() as unit:
        rules, found = CallingRules(unit), list[Held]()
        for task_id in moved:
            value = tasks.get(unit, task_id)
            why = None if value is None else rules.what_holds(value)
            if why is not None:
                found.append(Held(task_id=task_id, why=why))
        return tuple(found)


def _check(unit: Unit, caller: Caller | None, staff_number: str) -> Agent:
    if caller is not None:
        return led_agent(unit, caller, staff_number)
    account = people.require(unit, staff_number)
    return account.agent


def _on_desk(unit: Unit, staff_number: str) -> Sequence[str]:
    due = func.coalesce(task.c.callback_at, task.c.due_at)
    statement = (
        select(task.c.id)
        .where(task.c.tenant_id == unit.tenant, task.c.assigned_to == staff_number, task.c.state.in_(OPEN_STATES))
        .order_by(task.c.callback_at.is_(None), due.is_(None), due, task.c.id)
        .limit(TASKS_MOST)
    )
    return list(unit.conn.execute(statement).scalars())


def _move_one(database: Database, task_id: str, wanted: Move) -> Stays | None:
    """None: it was moved."""
    with database.write() as unit:
        found = tasks.get(unit, task_id)
        if found is None or not tasks.lock_customer(unit, found.customer_id):
            return Stays.GONE
        value = tasks.get(unit, task_id, lock=True)
        why = Stays.GONE if value is None else _obstacle(unit, value, wanted)
        if why is not None or value is None:
            return why
        tasks.change(unit, value, _after(unit, value, wanted), team_id=_team(unit, value, wanted))
        until = day_around(unit.now)[1]
        recalls.add(unit, task_id, wanted.holder, by=wanted.by, until=until)
        action = Action.TASK_RECALLED if wanted.to is None else Action.TASK_MOVED
        to = wanted.to.staff_number if wanted.to else ""
        audit.write(unit, writer=wanted.by, action=action, object_=task_id, holder=wanted.holder, to=to)
        return None


def _obstacle(unit: Unit, value: Task, wanted: Move) -> Stays | None:
    if value.state not in OPEN_STATES:
        return Stays.GONE
    if value.assigned_to != wanted.holder:
        return Stays.CHANGED if value.assigned_to else Stays.POOL
    if value.block is Block.OPTED_OUT:
        return Stays.OPTED_OUT
    if wanted.to is None:
        return None
    # A refusal that came under another id of the customer is met here as it is at dispatch.
    if binding.bind_met(unit, {value.customer_id: value.customer.numbers}, writer=wanted.by):
        return Stays.OPTED_OUT
    if wanted.to.staff_number == wanted.holder:
        return Stays.SAME_DESK
    account = people.get(unit, wanted.to.staff_number)
    if account is None or account.disabled:
        return Stays.SKILL
    able = Room([Desk(account.agent)]).able(_need(value))
    return _STAYS[able] if isinstance(able, WaitsFor) else None


def _need(value: Task) -> Need:
    return Need(
        value.scenario,
        places_of(value.area, value.grid, value.branch),
        vip=value.customer.tier is not Tier.NONE,
        revisit=value.type in REVISITS or value.callback_at is not None,
    )


def _after(unit: Unit, value: Task, wanted: Move) -> Task:
    free = given_up(value)
    if wanted.to is None:
        return free
    return given_to(free, wanted.to.staff_number, unit.now + settings.lease_time(unit))


def _team(unit: Unit, value: Task, wanted: Move) -> str:
    """Whose promise a callback in the pool is: the team's of whoever gave it."""
    if wanted.to is not None or value.callback_at is None:
        return ""
    account = people.get(unit, wanted.holder)
    return account.agent.team if account else ""


def _told(value: Task) -> DeskTask:
    return DeskTask(
        task_id=value.id,
        name=value.customer.name,
        tier=value.customer.tier,
        scenario=value.scenario,
        reason=value.reason,
        area=value.area,
        due_at=value.due_at,
        callback_at=value.callback_at,
        attempts=value.attempts,
    )
