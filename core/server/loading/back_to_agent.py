"""Something that an agent set going came to nothing: the customer comes back to them, with the reason."""

import msgspec

from core.domain.task import TaskState
from core.domain.text import Text
from core.server.db import people, refusals, settings, tasks
from core.server.db.engine import Unit
from core.server.loading.new_tasks import add_tasks
from core.server.loading.own_tasks import own_task
from core.server.loading.reasons import in_front
from core.server.sync.effects import given_to


def back_to_agent(
    unit: Unit, task_id: str, *, customer_id: str, scenario: str, agent: str, team_id: str, reason: Text
) -> None:
    """The customer's open task says so, or a new one of that id does; on the agent's own desk unless another has them.

    A customer who wants no more calls gets none for this either: the agent reads it from what their desk is told.
    """
    if refusals.is_opted_out(unit, customer_id):
        return
    account = people.get(unit, agent)
    on_desk = agent if account is not None and not account.disabled else ""
    held = next(iter(tasks.open_of(unit, customer_id)), None)
    if held is None:
        made = own_task(
            unit,
            task_id,
            customer_id=customer_id,
            scenario=scenario,
            reason=reason,
            agent=on_desk,
            state=TaskState.ASSIGNED if on_desk else TaskState.WAITING,
            due_at=unit.now,
        )
        add_tasks(unit, [made])
        return
    # What it was made for may end, or be taken back, before the agent has read this.
    told = msgspec.structs.replace(
        held, reason=in_front(reason, held.reason), priority=0, expires_at=None, besides=True, owed=True
    )
    if held.assigned_to or not on_desk:
        tasks.change(unit, held, told, team_id=None if held.assigned_to else team_id)
        return
    tasks.assign(unit, [(held, given_to(told, on_desk, unit.now + settings.lease_time(unit)))])
