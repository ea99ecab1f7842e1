"""An order that failed, or is to be cancelled in the CRM, comes back as a task with the reason: to its agent, or to who
has taken the customer over."""

import msgspec

from core.domain.order_state import CANCEL_THERE, PlacedOrder
from core.domain.task import TaskState
from core.domain.text import Text
from core.server.db import orders as stored
from core.server.db import people, tasks
from core.server.db.engine import Unit
from core.server.loading.back_to_agent import back_to_agent

_OWN = "order-"
"""begins the id of a task that an order alone has made"""


def come_back(unit: Unit, order: PlacedOrder) -> None:
    """It failed (INTEG-07): the customer's open task says so, or a new one does.

    It is on the desk of who follows the order unless another has the customer.

    A customer who wants no more calls gets none for this either: that person reads it from the order's state.
    """
    why = order.reason or Text("系统没有说明原因", "no reason was given")
    what = order.what
    _return(unit, order, Text(f"订单没办成（{what.zh}）：{why.zh}", f"Order failed ({what.en}): {why.en}"))


def need_not_come_back(unit: Unit, order: PlacedOrder) -> None:
    """It goes on after all: nobody needs to be called about it. A task that the customer had anyway stays."""
    for task in tasks.open_of(unit, order.customer_id):
        if task.id == f"{_OWN}{order.id}" and task.state in (TaskState.WAITING, TaskState.ASSIGNED):
            tasks.change(unit, task, msgspec.structs.replace(task, state=TaskState.CANCELLED))


def to_cancel(unit: Unit, order: PlacedOrder) -> None:
    """The CRM has an order whose record says by now that nothing was sold; the same way back."""
    what = order.what
    _return(
        unit,
        order,
        Text(f"CRM 已收到订单（{what.zh}）：{CANCEL_THERE.zh}", f"Order in the CRM ({what.en}): {CANCEL_THERE.en}"),
    )


def _return(unit: Unit, order: PlacedOrder, reason: Text) -> None:
    account = people.get(unit, order.taken_over_by) if order.taken_over_by else None
    back_to_agent(
        unit,
        f"{_OWN}{order.id}",
        customer_id=order.customer_id,
        scenario=order.scenario,
        agent=order.follower,
        team_id=account.agent.team if account else stored.team_of(unit, str(order.id)),
        reason=reason,
    )
