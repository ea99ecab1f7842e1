"""What waits and why, counted over all waiting tasks: by the rules of dispatch, from one grouped look."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from core.domain.task import TIER_RANK, Block, TaskState, TaskType, Tier
from core.server.db.engine import Unit
from core.server.db.schema import customer, task
from core.server.desks import CALLBACK_LEAD, REVISITS, Desk, Need, Room, WaitsFor, places_of
from core.server.list_quality.holding import held

NOBODY = frozenset({WaitsFor.SKILL, WaitsFor.AREA, WaitsFor.VIP_SPECIALIST})
"""reasons by which no agent can be given the task, however long it waits"""


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Tasks of one scenario and place that wait for the same."""

    why: WaitsFor
    scenario: str
    places: tuple[str, ...]
    tasks: int


def outstanding(unit: Unit, desks: list[Desk], *, list_id: str = "") -> list[Outstanding]:
    """Every waiting task counted once, the most first; with `list_id` those of that list alone.

    Tasks that would go out at the next dispatch count as waiting for room: to be asked after one.
    """
    room = Room(desks)
    found: dict[tuple[WaitsFor, str, tuple[str, ...]], int] = {}
    for row in unit.conn.execute(_groups(unit, list_id)):
        places = places_of(row.area, row.grid, row.branch)
        revisit = row.promised or TaskType(row.type) in REVISITS
        able = room.able(Need(row.scenario, places, vip=row.vip, revisit=revisit))
        why = (
            able
            if isinstance(able, WaitsFor)
            else WaitsFor.LIST_HELD
            if row.held
            else WaitsFor.REST
            if row.rests
            else WaitsFor.ROOM
        )
        key = (WaitsFor.OPTED_OUT if row.refused else WaitsFor.LATER if row.later else why, row.scenario, places)
        found[key] = found.get(key, 0) + row.tasks
    counted = [Outstanding(*key, tasks) for key, tasks in found.items()]
    return sorted(counted, key=lambda one: (-one.tasks, one.why, one.scenario, one.places))


def _groups(unit: Unit, list_id: str) -> Select[*tuple[Any, ...]]:
    each = (
        select(
            task.c.scenario,
            task.c.type,
            task.c.area,
            customer.c.grid,
            customer.c.branch,
            (task.c.tier_rank != TIER_RANK[Tier.NONE]).label("vip"),
            (task.c.block == Block.OPTED_OUT.value).label("refused"),
            task.c.callback_at.is_not(None).label("promised"),
            func.coalesce(task.c.callback_at > unit.now + CALLBACK_LEAD, False).label("later"),
            task.c.list_id.in_(sorted(held(unit))).label("held"),
            func.coalesce(task.c.rests_until > unit.now, False).label("rests"),
        )
        .join(customer, (customer.c.tenant_id == task.c.tenant_id) & (customer.c.id == task.c.customer_id))
        .where(task.c.tenant_id == unit.tenant, task.c.state == TaskState.WAITING.value)
    )
    if list_id:
        each = each.where(task.c.list_id == list_id)
    # Grouped from outside, so that both databases see one expression and not two that look alike.
    rows = each.subquery()
    return select(rows, func.count().label("tasks")).group_by(*rows.c)
