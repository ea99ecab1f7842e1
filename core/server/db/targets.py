"""What agents are to reach in a day, per scenario, as their leads set it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select

from core.server.db.engine import Unit
from core.server.db.schema import agent_target
from core.server.db.upsert import upsert


@dataclass(frozen=True, slots=True)
class Target:
    calls: int
    successes: int


def put(unit: Unit, staff_number: str, scenario: str, target: Target, *, by: str) -> None:
    """Zero and zero take it back."""
    where = (agent_target.c.tenant_id == unit.tenant, agent_target.c.staff_number == staff_number)
    if not target.calls and not target.successes:
        unit.conn.execute(delete(agent_target).where(*where, agent_target.c.scenario == scenario))
        return
    row = {
        "tenant_id": unit.tenant,
        "staff_number": staff_number,
        "scenario": scenario,
        "calls": target.calls,
        "successes": target.successes,
        "set_by": by,
        "set_at": unit.now,
    }
    upsert(unit, agent_target, [row], keys=("tenant_id", "staff_number", "scenario"))


def of(unit: Unit, staff: Collection[str]) -> dict[str, dict[str, Target]]:
    """By staff number and scenario."""
    found: dict[str, dict[str, Target]] = {}
    statement = select(agent_target).where(
        agent_target.c.tenant_id == unit.tenant, agent_target.c.staff_number.in_(sorted(staff))
    )
    for row in unit.conn.execute(statement):
        found.setdefault(row.staff_number, {})[row.scenario] = Target(row.calls, row.successes)
    return found
