"""Tasks of a campaign taken back, as long as nobody has opened them: desks that are online lose them at once."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import ColumnElement, and_, or_, select

from core.domain import decoding
from core.domain.campaign import Barrier, MemberState
from core.domain.clock import day_start
from core.domain.task import OPEN_STATES, Task, TaskState
from core.server.campaigns.making import why_again
from core.server.db import campaigns, tasks
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign_member, dial, reveal, task
from core.server.one_run import one_run_at_a_time

ANYWHERE = (TaskState.WAITING, TaskState.ASSIGNED)
GIVEN_TO_NOBODY = (TaskState.WAITING,)
TOGETHER = 200
"""tasks that share a transaction"""


Whose = Callable[[Unit], ColumnElement[bool]]
"""of tasks: those of some customers alone, as the database knows them then"""


def recall(
    database: Database, campaign_id: str, states: Collection[TaskState], *, unlisted: Whose | None = None
) -> int:
    """How many tasks in these states were taken back. Whoever was dialled, or whose number was shown, keeps theirs.
    Where those on desks stay the campaign is to go on: the reasons of the others are kept for then. `unlisted`: of
    those alone whom its lists name no more; they are reached again only once they are back on one."""
    taken, passed = 0, ""
    busy: list[str] = []
    while True:
        with database.write() as unit:
            if unlisted is not None:
                # A list that comes meanwhile finds what was taken back by the one before.
                one_run_at_a_time(unit)
            ids = _unopened(unit, campaign_id, passed, states, unlisted)
            if not ids:
                break
            passed = ids[-1]
            free = tasks.free_of(unit, ids)
            taken += _take_back(unit, campaign_id, free, states, for_good=unlisted is not None)
            busy += sorted(set(ids) - {one.id for one in free})
    return taken + sum(_wait_for(database, campaign_id, one, states, unlisted) for one in busy)


def any_unopened(unit: Unit, campaign_id: str, states: Collection[TaskState], *, unlisted: Whose | None = None) -> bool:
    """Whether `recall` would find one."""
    member = campaign_member
    statement = (
        select(task.c.body)
        .join(member, and_(member.c.tenant_id == task.c.tenant_id, member.c.task_id == task.c.id))
        .where(
            member.c.tenant_id == unit.tenant, member.c.campaign_id == campaign_id,
            member.c.state == MemberState.DISPATCHED.value, task.c.state.in_(states), task.c.attempts == 0,
            task.c.callback_at.is_(None),
        )
    )  # fmt: skip
    if unlisted is not None:
        statement = statement.where(unlisted(unit))
    for table in (dial, reveal):
        theirs = and_(table.c.tenant_id == unit.tenant, table.c.customer_id == task.c.customer_id)
        statement = statement.where(~select(table.c.task_id).where(theirs, table.c.task_id == task.c.id).exists())
    bodies = unit.conn.execute(statement.limit(TOGETHER)).scalars().all()
    return any(not decoding.decode(body, Task).besides for body in bodies)


def _unopened(
    unit: Unit, campaign_id: str, after: str, states: Collection[TaskState], unlisted: Whose | None
) -> list[str]:
    statement = select(task.c.id).where(
        task.c.tenant_id == unit.tenant,
        task.c.list_id == campaign_id,
        task.c.state.in_(states),
        task.c.attempts == 0,
        task.c.callback_at.is_(None),
        task.c.id > after,
    )
    if unlisted is not None:
        statement = statement.where(unlisted(unit))
    return list(unit.conn.execute(statement.order_by(task.c.id).limit(TOGETHER)).scalars())


def _wait_for(
    database: Database, campaign_id: str, task_id: str, states: Collection[TaskState], unlisted: Whose | None
) -> int:
    """Of a customer whom somebody held as it came to them, such as a desk that pushes: nobody comes to them again."""
    with database.write() as unit:
        before = tasks.get(unit, task_id)
        if before is None or not tasks.lock_customer(unit, before.customer_id):
            return 0
        held = tasks.get(unit, task_id, lock=True)
        if held is None:
            return 0
        return _take_back(unit, campaign_id, [held], states, for_good=unlisted is not None)


def _take_back(
    unit: Unit, campaign_id: str, found: Sequence[Task], states: Collection[TaskState], *, for_good: bool
) -> int:
    """Tasks whose customers are held. `for_good`: resuming the campaign does not give them back."""
    opened = _opened(unit, found)
    # Read before they were held: whoever has called meanwhile keeps theirs.
    still = [one for one in found if one.id not in opened and one.attempts == 0 and one.callback_at is None]
    # A lead, or whatever else was told of the customer meanwhile, does not end with the campaign.
    wanted = [one for one in still if one.state in states and not one.besides]
    pairs = [(one, msgspec.structs.replace(one, state=TaskState.CANCELLED)) for one in wanted]
    tasks.withdraw(unit, pairs)
    campaigns.recalled(unit, campaign_id, [one.customer_id for one in wanted])
    if for_good:
        off = dict.fromkeys((one.customer_id for one in wanted), (MemberState.BLOCKED, Barrier.GONE))
        campaigns.bar(unit, campaign_id, off)
    if for_good or TaskState.ASSIGNED not in states:
        campaigns.keep_reasons(unit, campaign_id, {one.customer_id: why_again(one) for one in wanted})
    return len(pairs)


def _opened(unit: Unit, found: Collection[Task]) -> frozenset[str]:
    """Ids of those tasks for which somebody dialled, or had the number shown."""
    customers = [one.customer_id for one in found]
    ids: set[str] = set()
    for table in (dial, reveal):
        statement = select(table.c.task_id).where(
            table.c.tenant_id == unit.tenant, table.c.customer_id.in_(customers), table.c.task_id != ""
        )
        ids |= set(unit.conn.execute(statement).scalars())
    return frozenset(ids)


def give_back(unit: Unit, campaign_id: str) -> None:
    """Members whose tasks were taken back may be reached again, such as after a pause; not those whose reason is gone,
    or who were withdrawn for another one."""
    member = campaign_member
    mine = and_(
        member.c.tenant_id == unit.tenant, member.c.campaign_id == campaign_id,
        member.c.state == MemberState.RECALLED.value, member.c.barrier == "",
    )  # fmt: skip
    unit.conn.execute(member.update().where(mine).values(state=MemberState.READY.value))


def put_off(unit: Unit, campaign_id: str, ends_on: date) -> None:
    """Its open tasks are due until the end of that day; promised callbacks have no end."""
    until = day_start(ends_on + timedelta(days=1))
    statement = select(task.c.id).where(
        task.c.tenant_id == unit.tenant,
        task.c.list_id == campaign_id,
        task.c.state.in_(OPEN_STATES),
        or_(task.c.expires_at.is_not(None), task.c.callback_at.is_(None)),
    )
    for task_id in list(unit.conn.execute(statement.order_by(task.c.id)).scalars()):
        value = tasks.get(unit, task_id, lock=True)
        if value is not None and value.expires_at is not None:
            tasks.change(unit, value, msgspec.structs.replace(value, expires_at=until))
