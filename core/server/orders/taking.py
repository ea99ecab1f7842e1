"""Orders of the outcomes that desks push: a sale makes one, as does each accepted offer that is to be confirmed; a
correction follows them or takes them back."""

from collections.abc import Collection

import msgspec

from core.domain.disposition import Result
from core.domain.offered import Reply
from core.domain.order import Order
from core.domain.order_state import ENDED_IN_NOTHING, OrderState, OrderStep, PlacedOrder, order_id
from core.domain.ordered import orders_of
from core.domain.outcome import Outcome
from core.domain.text import Text, filled
from core.server.db import audit, cards, orders, records
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.server.loading.back_to_agent import back_to_agent
from core.server.orders.checking import NOT_THE_OWNER, Checking, owner_agreed
from core.server.orders.confirming import put_planned_away
from core.server.orders.moving import move, open_again, refused_here
from core.server.orders.returning import to_cancel
from core.server.orders.telling import tell
from core.server.orders.undoing import undo, undo_offer

_HERE = (OrderState.PENDING, OrderState.CONFIRMED)
_THERE = (OrderState.SUBMITTED, OrderState.ACCEPTED)
"""the CRM has it"""
NOT_GIVEN = Text("“{what}”没有给客户：{why}", "{what} was not given: {why}")


def take_orders(unit: Unit, outcome: Outcome, result: Result | None, *, team_id: str) -> None:
    """Called once for each outcome that is taken, in its transaction, after its follow-ups and the customer's care.

    Also a sale on a task that had gone to somebody else leaves: what the customer agreed to is asked of the customer.
    """
    wanted, checking = orders_of(outcome), Checking(unit, outcome, result)
    if outcome.corrects is None:
        for offer, order in wanted.items():
            _make(unit, outcome, offer, order, team_id, checking.refusal(offer, order))
        if not owner_agreed(outcome):
            _give_nothing(unit, outcome, team_id, besides=wanted.keys())
        return
    if not owner_agreed(outcome):
        # Whoever was told of it with the record before needs no second task.
        before = records.get_outcome(unit, str(outcome.corrects))
        news = before is None or owner_agreed(before)
        _give_nothing(unit, outcome, team_id, besides=wanted.keys(), told=not news)
    for placed in orders.of_outcome(unit, str(outcome.corrects), lock=True):
        stands = placed.offer in wanted
        if stands and refused_here(placed) and checking.refusal(placed.offer, placed.order) is None:
            _go_on(unit, outcome, placed)
        else:
            _follow(unit, outcome, placed, stands=stands, refused=checking.by_record(placed.order))


def _go_on(unit: Unit, outcome: Outcome, order: PlacedOrder) -> None:
    """What stood in its way is gone: the record was corrected, or what it was held against."""
    edited = msgspec.structs.replace(order, outcome_id=outcome.id)
    orders.edit(unit, edited)
    open_again(unit, edited, by=outcome.agent)


def _make(unit: Unit, outcome: Outcome, offer: str, order: Order, team_id: str, refused: Text | None) -> None:
    """One that was refused stays on record with the reason, which comes back to its agent."""
    made = PlacedOrder(
        id=order_id(outcome.id, offer),
        outcome_id=outcome.id,
        first_outcome=outcome.id,
        customer_id=outcome.customer_id,
        agent=outcome.agent,
        scenario=outcome.scenario,
        number=outcome.call.number,
        order=order,
        offer=offer,
        name=next((one.name for one in outcome.offers if one.offer == offer), None),
        steps=(OrderStep(state=OrderState.PENDING, at=unit.now, by=outcome.agent),),
    )
    orders.add(unit, made, team_id=team_id, due_at=unit.now)
    if refused is None:
        tell(unit, made)
    else:
        move(unit, str(made.id), OrderState.FAILED, by="server", reason=refused)


def _give_nothing(unit: Unit, outcome: Outcome, team_id: str, *, besides: Collection[str], told: bool = False) -> None:
    """Accepted offers without an order that somebody else than the owner took; those with one fail as orders. `told`:
    the agent knows."""
    taken = [one for one in outcome.offers if one.reply is Reply.ACCEPTED and one.offer not in besides]
    for one in taken:
        undo(unit, outcome.customer_id, str(outcome.id), one.offer)
    if not taken:
        return
    cards.withdraw(unit, str(outcome.id))
    what = Text("、".join(one.name.zh for one in taken), ", ".join(one.name.en for one in taken))
    reason = filled(NOT_GIVEN, what=what, why=NOT_THE_OWNER)
    audit.write(unit, writer="server", action=Action.OFFER_NOT_GIVEN, object_=str(outcome.id), offers=len(taken))
    if told:
        return
    back_to_agent(
        unit,
        f"offers-{outcome.id}",
        customer_id=outcome.customer_id,
        scenario=outcome.scenario,
        agent=outcome.agent,
        team_id=team_id,
        reason=reason,
    )


def _follow(unit: Unit, outcome: Outcome, order: PlacedOrder, *, stands: bool, refused: Text | None) -> None:
    """The order belongs to the newest record; one in which it does not stand any more takes back what has not left yet.

    What has set out is not taken back here: the worker hears from the CRM whether it has it, and if so the agent is
    given the task of cancelling it there. A plan may be a sale after all by a further correction; an offer that was
    not accepted stays with the record that said it was. `refused`: why the corrected record itself lets nothing go on.
    """
    gone = order.leaving or order.state in _THERE
    record = outcome.id if stands or not order.offer else order.outcome_id
    moved = msgspec.structs.replace(order, outcome_id=record, taken_back=gone and not stands)
    orders.edit(unit, moved)
    if order.asked_at is not None:
        # The correction brings the planned text along; the customer has it already.
        put_planned_away(unit, moved)
    if order.asked_at is not None or moved.taken_back is not order.taken_back:
        tell(unit, moved)
    if stands:
        if order.state in ENDED_IN_NOTHING:
            # The correction brought what the acceptance was to bring once more.
            undo_offer(unit, moved)
        elif refused is not None and order.state in _HERE and not gone:
            move(unit, str(order.id), OrderState.FAILED, by="server", reason=refused)
        return
    if order.state in _HERE and not gone:
        move(unit, str(order.id), OrderState.WITHDRAWN, by=outcome.agent)
    elif order.state in _THERE and not order.taken_back:
        to_cancel(unit, moved)
