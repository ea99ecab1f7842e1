"""Bringing new tasks in: with pinyin, block and, where they are somebody's already, a lease."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from sqlalchemy import select

from core.domain.task import OPEN_STATES, Block, Task, TaskCustomer
from core.server.db import refusals, settings, tasks
from core.server.db.engine import Unit
from core.server.db.schema import task
from core.server.pinyin import sound_of


def add_tasks(unit: Unit, wanted: Sequence[Task], *, list_id: str = "") -> int:
    """Insert those that are new and whose customer has no open task yet. Returns how many."""
    if not wanted:
        return 0
    ids = [value.customer_id for value in wanted]
    taken = unit.conn.execute(
        select(task.c.id, task.c.customer_id, task.c.state).where(
            task.c.tenant_id == unit.tenant, task.c.customer_id.in_(ids)
        )
    ).all()
    known = {row.id for row in taken}
    busy = {row.customer_id for row in taken if row.state in OPEN_STATES}
    refused = refusals.met(unit, {value.customer_id: value.customer.numbers for value in wanted})
    lease = settings.lease_time(unit)
    new: list[Task] = []
    for value in wanted:
        if value.id in known or (value.state in OPEN_STATES and value.customer_id in busy):
            continue
        known.add(value.id)
        busy.add(value.customer_id)
        new.append(_ready(unit, value, lease, opted_out=value.customer_id in refused))
    tasks.insert(unit, new, list_id=list_id)
    return len(new)


def _ready(unit: Unit, value: Task, lease: timedelta, *, opted_out: bool) -> Task:
    """The task with its pinyin, its block, and a lease where it is already somebody's."""
    who = value.customer
    if not who.pinyin:
        sound = sound_of(who.name)
        who = TaskCustomer(
            name=who.name, pinyin=sound.pinyin, initials=sound.initials, numbers=who.numbers, tier=who.tier
        )
    block = value.block or (Block.OPTED_OUT if opted_out else None if who.numbers else Block.NO_NUMBER)
    value = msgspec.structs.replace(value, customer=who, block=block)
    if not value.assigned_to:
        return value
    return msgspec.structs.replace(
        value, lease_epoch=max(1, value.lease_epoch), lease_expires_at=value.lease_expires_at or unit.now + lease
    )
