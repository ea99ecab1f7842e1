"""Which desk a task was taken from by a lead: dispatch does not give it back there on the same day."""

from datetime import datetime

from sqlalchemy import select

from core.server.db.engine import Unit
from core.server.db.schema import task_recall
from core.server.db.upsert import upsert


def add(unit: Unit, task_id: str, staff_number: str, *, by: str, until: datetime) -> None:
    key = {"tenant_id": unit.tenant, "task_id": task_id, "staff_number": staff_number}
    upsert(unit, task_recall, [key | {"recalled_by": by, "at": unit.now, "until": until}], keys=tuple(key))


def standing(unit: Unit) -> dict[str, frozenset[str]]:
    """By task, the desks that it does not go back to yet."""
    found: dict[str, set[str]] = {}
    statement = select(task_recall.c.task_id, task_recall.c.staff_number).where(
        task_recall.c.tenant_id == unit.tenant, task_recall.c.until > unit.now
    )
    for task_id, staff_number in unit.conn.execute(statement):
        found.setdefault(task_id, set()).add(staff_number)
    return {task_id: frozenset(staff) for task_id, staff in found.items()}
