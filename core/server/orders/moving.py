"""One change of an order's state: checked, written with its steps, on record, told; a failure makes its task."""

from datetime import date, datetime, timedelta

import msgspec

from core.domain.errors import InputError
from core.domain.order_state import (
    ENDED_IN_NOTHING,
    OPEN_ORDERS,
    ORDER_WORDS,
    OrderState,
    OrderStep,
    PlacedOrder,
    may_move,
)
from core.domain.text import Text
from core.server.db import audit, orders, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.orders.returning import come_back, need_not_come_back, to_cancel
from core.server.orders.telling import tell
from core.server.orders.undoing import undo_offer

LOOK_AGAIN = timedelta(seconds=1)
"""the first look at an order that the CRM has received; later ones come further apart"""


def move(
    unit: Unit,
    order_id: str,
    to: OrderState,
    *,
    by: str,
    effective_from: date | None = None,
    reason: Text | None = None,
    reference: str = "",
) -> PlacedOrder:
    """The order in its new state. Asked for the state that it is in, nothing changes.

    Raises InputError where there is no such order, or it cannot go there from where it is.
    """
    order = _locked(unit, order_id)
    if order.state is to:
        return order
    if not may_move(order.state, to):
        raise _cannot(order, to)
    moved = msgspec.structs.replace(
        order,
        state=to,
        effective_from=effective_from or order.effective_from,
        reason=reason or order.reason,
        reference=reference or order.reference,
        steps=(*order.steps, OrderStep(state=to, at=unit.now, by=by)),
    )
    orders.put(unit, moved, due_at=_due(unit, moved))
    audit.write(unit, writer=by, action=Action.ORDER_MOVED, object_=order_id, before=order.state, after=to)
    tell(unit, moved)
    if to in ENDED_IN_NOTHING:
        undo_offer(unit, moved)
    if to is OrderState.FAILED and not moved.taken_back:
        come_back(unit, moved)
    if moved.taken_back and order.state is OrderState.CONFIRMED and to in (OrderState.SUBMITTED, OrderState.ACCEPTED):
        to_cancel(unit, moved)
    return moved


def open_again(unit: Unit, order: PlacedOrder, *, by: str) -> PlacedOrder:
    """One that was refused here before anybody had asked the customer, and may go on by now.

    Raises InputError where it is no such order."""
    locked = _locked(unit, str(order.id))
    if not refused_here(locked):
        raise _cannot(locked, OrderState.PENDING)
    step = OrderStep(state=OrderState.PENDING, at=unit.now, by=by)
    anew = msgspec.structs.replace(locked, state=OrderState.PENDING, reason=None, steps=(*locked.steps, step))
    orders.put(unit, anew, due_at=unit.now)
    audit.write(
        unit, writer=by, action=Action.ORDER_MOVED, object_=str(order.id), before=locked.state, after=anew.state
    )
    tell(unit, anew)
    need_not_come_back(unit, anew)
    return anew


def refused_here(order: PlacedOrder) -> bool:
    """It failed where it arrived: neither the customer nor the CRM has heard of it."""
    refused = order.state is OrderState.FAILED and order.steps[-1].by == "server"
    return refused and order.asked_at is None and not order.leaving


def asked(unit: Unit, order_id: str) -> None:
    """The confirmation SMS was handed to the gateway."""
    order = _locked(unit, order_id)
    if order.asked_at is not None or order.state is not OrderState.PENDING:
        return
    told = msgspec.structs.replace(order, asked_at=unit.now)
    orders.put(unit, told, due_at=unit.now + LOOK_AGAIN)
    tell(unit, told)


def _locked(unit: Unit, order_id: str) -> PlacedOrder:
    """The order, its customer locked first as everywhere."""
    found = orders.get(unit, order_id)
    if found is not None:
        tasks.lock_customer(unit, found.customer_id)
        found = orders.get(unit, order_id, lock=True)
    if found is None:
        raise InputError(
            title=Text("没有这个订单", "No such order"),
            message=Text(f"没有编号为 {order_id} 的订单。", f"There is no order {order_id}."),
            next_step=Text("用 stayline-server orders list 查看。", "See them with stayline-server orders list."),
        )
    return found


def _due(unit: Unit, order: PlacedOrder) -> datetime:
    """When it is looked at again; of one that has ended, when its desk is told of it no longer."""
    if order.state not in OPEN_ORDERS:
        return unit.now + timedelta(days=settings.site(unit).orders_told_days)
    return unit.now + LOOK_AGAIN if order.state is OrderState.SUBMITTED else unit.now


def _cannot(order: PlacedOrder, to: OrderState) -> InputError:
    is_now, wanted = ORDER_WORDS[order.state], ORDER_WORDS[to]
    return InputError(
        title=Text("订单状态不能这样改", "The order cannot be changed so"),
        message=Text(
            f"订单现在是“{is_now.zh}”，不能变成“{wanted.zh}”。",
            f"It stands at “{is_now.en}” and cannot become “{wanted.en}”.",
        ),
        next_step=Text("不用再处理；有疑问请查 CRM。", "Nothing is left to do here; if in doubt, look in the CRM."),
    )
