"""Tasks that no list brought: a promise or an order makes one for a customer whom the server knows."""

from datetime import datetime

from core.domain.customer import Contacting, Identity
from core.domain.task import Task, TaskCustomer, TaskState
from core.domain.text import Text
from core.server.db import customers, published
from core.server.db.engine import Unit


def own_task(
    unit: Unit,
    task_id: str,
    *,
    customer_id: str,
    scenario: str,
    reason: Text,
    agent: str,
    state: TaskState,
    due_at: datetime | None = None,
) -> Task:
    """The task, first in line, which the customer waits for; with `agent` it is on that desk.

    A callback is the caller's to add."""
    who = customers.section(unit, customer_id, "identity", Identity) or Identity()
    contact = customers.section(unit, customer_id, "contact", Contacting) or Contacting()
    return Task(
        id=task_id,
        customer_id=customer_id,
        type=published.task_type(unit, scenario),
        scenario=scenario,
        state=state,
        priority=0,
        reason=reason,
        customer=TaskCustomer(name=who.name, numbers=tuple(n.number for n in contact.numbers), tier=who.tier),
        area=who.area,
        grid=who.grid,
        branch=who.branch,
        created_at=unit.now,
        due_at=due_at,
        assigned_to=agent,
        owed=True,
    )
