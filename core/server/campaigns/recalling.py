"""Tasks of a campaign taken back, as long as nobody has opened them: desks that are online lose them at once."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import and_, or_, select

from core.domain.clock import day_start
from core.domain.task import OPEN_STATES, Task, TaskState
from core.server.db import campaigns, tasks
from core.server.db.engine import Database, Unit
from core.server.db.schema import campaign_member, dial, reveal, task

TOGETHER = 200
"""tasks that share a transaction"""


def recall(database: Database, campaign_id: str, *, given: bool = True) -> int:
    """How many tasks were taken back. Whoever was dialled, or whose number was shown, keeps theirs; without `given`
    those that lie on desks stay too."""
    taken, passed = 0, ""
    while True:
        with database.write() as unit:
            ids = _unopened(unit, campaign_id, passed, given=given)
            if not ids:
                return taken
            passed = ids[-1]
            taken += _take_back(unit, campaign_id, ids)


def _unopened(unit: Unit, campaign_id: str, after: str, *, given: bool) -> list[str]:
    states = (TaskState.WAITING, TaskState.ASSIGNED) if given else (TaskState.WAITING,)
    statement = select(task.c.id).where(
        task.c.tenant_id == unit.tenant,
        task.c.list_id == campaign_id,
        task.c.state.in_(states),
        task.c.attempts == 0,
        task.c.callback_at.is_(None),
        task.c.id > after,
    )
    return list(unit.conn.execute(statement.order_by(task.c.id).limit(TOGETHER)).scalars())


def _take_back(unit: Unit, campaign_id: str, ids: Sequence[str]) -> int:
    free = tasks.free_of(unit, ids)
    opened = _opened(unit, free)
    # Read before they were held: whoever has called meanwhile keeps theirs.
    still = [one for one in free if one.id not in opened and one.attempts == 0 and one.callback_at is None]
    wanted = [one for one in still if one.state in (TaskState.WAITING, TaskState.ASSIGNED)]
    pairs = [(one, msgspec.structs.replace(one, state=TaskState.CANCELLED)) for one in wanted]
    tasks.withdraw(unit, pairs)
    campaigns.recalled(unit, campaign_id, [one.customer_id for one in wanted])
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
    """Members whose tasks were taken back may be reached again, such as after a pause."""
    member = campaign_member
    mine = and_(member.c.tenant_id == unit.tenant, member.c.campaign_id == campaign_id, member.c.state == "recalled")
    unit.conn.execute(member.update().where(mine).values(state="ready", barrier=""))


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
