"""An order that failed, or is to be cancelled in the CRM, comes back to its agent as a task with the reason."""

import msgspec

from core.domain.order_state import CANCEL_THERE, PlacedOrder
from core.domain.task import TaskState
from core.domain.text import Text
from core.server.db import orders as stored
from core.server.db import people, refusals, settings, tasks
from core.server.db.engine import Unit
from core.server.loading.new_tasks import add_tasks
from core.server.loading.own_tasks import own_task
from core.server.sync.effects import given_to

_OWN = "order-"
"""begins the id of a task that an order alone has made"""


def come_back(unit: Unit, order: PlacedOrder) -> None:
    """It failed (INTEG-07): the customer's open task says so, or a new one does.

    It is on the agent's own desk unless another has the customer.

    A customer who wants no more calls gets none for this either: the agent reads it from the order's state.
    """
    why = order.reason or Text("系统没有说明原因", "no reason was given")
    what = order.what
    _return(unit, order, Text(f"订单没办成（{what.zh}）：{why.zh}", f"Order failed ({what.en}): {why.en}"))


def to_cancel(unit: Unit, order: PlacedOrder) -> None:
    """The CRM has an order whose record says by now that nothing was sold; the same way back."""
    what = order.what
    _return(
        unit,
        order,
        Text(f"CRM 已收到订单（{what.zh}）：{CANCEL_THERE.zh}", f"Order in the CRM ({what.en}): {CANCEL_THERE.en}"),
    )


def _return(unit: Unit, order: PlacedOrder, reason: Text) -> None:
    if refusals.is_opted_out(unit, order.customer_id):
        return
    account = people.get(unit, order.agent)
    agent = order.agent if account is not None and not account.disabled else ""
    held = next(iter(tasks.open_of(unit, order.customer_id)), None)
    if held is None:
        made = own_task(
            unit,
            f"{_OWN}{order.id}",
            customer_id=order.customer_id,
            scenario=order.scenario,
            reason=reason,
            agent=agent,
            state=TaskState.ASSIGNED if agent else TaskState.WAITING,
            due_at=unit.now,
        )
        add_tasks(unit, [made])
        return
    told = msgspec.structs.replace(held, reason=_joined(reason, held.reason), priority=0)
    if held.assigned_to or not agent:
        team_id = None if held.assigned_to else stored.team_of(unit, str(order.id))
        tasks.change(unit, held, told, team_id=team_id)
        return
    tasks.assign(unit, [(held, given_to(told, agent, unit.now + settings.lease_time(unit)))])


def _joined(first: Text, second: Text) -> Text:
    return Text(f"{first.zh}；{second.zh}", f"{first.en}; {second.en}")
