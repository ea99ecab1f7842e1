"""The demonstration's states and targets, as desks and leads would have told them."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from core.domain.presence import AgentState, StateChange
from core.server.db import presence, targets
from core.server.db.engine import Database
from core.server.db.schema import agent_state, session
from core.server.db.targets import Target
from core.server.db.upsert import upsert


def load_states(database: Database, changes: Iterable[StateChange], signed_in: Iterable[str]) -> None:
    """What agents did, each desk heard of last with its last change; known ones stay."""
    with database.write() as unit:
        known = set(unit.conn.execute(agent_state.select().with_only_columns(agent_state.c.id)).scalars())
        fresh = [change for change in changes if str(change.id) not in known]
        for change in fresh:
            presence.add(unit, change)
        last = {change.agent: change for change in fresh}
        presence.hear(unit, {staff: change.at for staff, change in last.items()})
        rows = [
            {
                "tenant_id": unit.tenant,
                "id": f"demo-{staff}",
                "staff_number": staff,
                "device": "demo",
                "started_at": last[staff].at,
                "ended_at": None,
            }
            for staff in signed_in
            if staff in last and last[staff].state is not AgentState.OFF
        ]
        upsert(unit, session, rows, keys=("tenant_id", "id"))


class Goal(Protocol):
    """What an agent is to reach in a day in one scenario, and the lead who says so."""

    @property
    def staff_number(self) -> str: ...
    @property
    def scenario(self) -> str: ...
    @property
    def calls(self) -> int: ...
    @property
    def successes(self) -> int: ...
    @property
    def lead(self) -> str: ...


def load_targets(database: Database, wanted: Sequence[Goal]) -> None:
    """What a lead set since stays."""
    with database.write() as unit:
        there = targets.of(unit, [one.staff_number for one in wanted])
        for one in wanted:
            if one.scenario not in there.get(one.staff_number, {}):
                targets.put(unit, one.staff_number, one.scenario, Target(one.calls, one.successes), by=one.lead)
