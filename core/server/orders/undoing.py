"""An accepted offer whose order came to nothing: the customer does not have it, and nobody goes to work for it."""

from core.domain.customer import Care
from core.domain.follow_up import FollowUpKind, FollowUpState
from core.domain.offered import Reply
from core.domain.order_state import PlacedOrder
from core.server.db import customers, records
from core.server.db.engine import Unit


def undo_offer(unit: Unit, order: PlacedOrder) -> None:
    """Nothing for a plan's order."""
    if order.offer:
        undo(unit, order.customer_id, str(order.outcome_id), order.offer)


def undo(unit: Unit, customer_id: str, record: str, offer: str) -> None:
    """The history says that it was mentioned, so that it may be made again and costs no budget; what it was to bring
    is cancelled; a callback that was promised stands. `record` is the id of the outcome."""
    for one in records.waiting_follow_ups(unit, outcome_id=record):
        if one.offer == offer and one.kind is not FollowUpKind.CALLBACK:
            records.set_follow_up(unit, one, FollowUpState.CANCELLED)

    def edit(care: Care) -> None:
        for past in care.offers:
            if past.offer == offer and past.outcome_id == record and past.reply is Reply.ACCEPTED:
                past.reply, past.cost_fen, past.until, past.card = Reply.MADE, 0, None, ""

    customers.edit_care(unit, customer_id, edit)
