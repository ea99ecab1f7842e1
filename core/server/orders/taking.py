"""Orders of the outcomes that desks push: a sale makes one, a correction follows it or takes it back."""

import msgspec

from core.domain.order_state import OrderState, OrderStep, PlacedOrder, order_id
from core.domain.outcome import Outcome
from core.domain.text import Text
from core.server.db import orders
from core.server.db.engine import Unit
from core.server.orders.confirming import put_planned_away
from core.server.orders.moving import move
from core.server.orders.returning import to_cancel
from core.server.orders.telling import tell

_HERE = (OrderState.PENDING, OrderState.CONFIRMED)
_THERE = (OrderState.SUBMITTED, OrderState.ACCEPTED)
"""the CRM has it"""
NOT_AGREED = Text(
    "没有复述价格、期限、协议和生效日，或没有客户的明确同意",
    "price, term, lock and start were not read back, or the customer did not agree in so many words",
)


def take_order(unit: Unit, outcome: Outcome, *, team_id: str) -> None:
    """Called once for each outcome that is taken, in its transaction.

    Also a sale on a task that had gone to somebody else leaves: what the customer agreed to is asked of the customer.
    """
    if outcome.corrects is not None:
        _follow(unit, outcome)
    elif outcome.order is not None and outcome.success:
        _make(unit, outcome, team_id)


def _make(unit: Unit, outcome: Outcome, team_id: str) -> None:
    assert outcome.order is not None
    made = PlacedOrder(
        id=order_id(outcome.id),
        outcome_id=outcome.id,
        first_outcome=outcome.id,
        customer_id=outcome.customer_id,
        agent=outcome.agent,
        scenario=outcome.scenario,
        number=outcome.call.number,
        order=outcome.order,
        steps=(OrderStep(state=OrderState.PENDING, at=unit.now, by=outcome.agent),),
    )
    orders.add(unit, made, team_id=team_id, due_at=unit.now)
    if outcome.order.read_back and outcome.order.consent:
        tell(unit, made)
    else:
        move(unit, str(made.id), OrderState.FAILED, by="server", reason=NOT_AGREED)


def _follow(unit: Unit, outcome: Outcome) -> None:
    """The order belongs to the newest record; one that is no sale any more takes back what has not left yet.

    What has set out is not taken back here: the worker hears from the CRM whether it has it, and if so the agent is
    given the task of cancelling it there.
    """
    order = orders.of_outcome(unit, str(outcome.corrects))
    if order is None:
        return
    gone = order.leaving or order.state in _THERE
    moved = msgspec.structs.replace(order, outcome_id=outcome.id, taken_back=gone and not outcome.success)
    orders.edit(unit, moved)
    if order.asked_at is not None:
        # The correction brings the planned text along; the customer has it already.
        put_planned_away(unit, moved)
    if order.asked_at is not None or moved.taken_back is not order.taken_back:
        tell(unit, moved)
    if outcome.success:
        return
    if order.state in _HERE and not gone:
        move(unit, str(order.id), OrderState.WITHDRAWN, by=outcome.agent)
    elif order.state in _THERE and not order.taken_back:
        to_cancel(unit, moved)
