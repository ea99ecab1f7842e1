"""Who is told of an order's state at the next pull: the desks of who sold it and of who follows it; everyone by the
customer's timeline."""

import msgspec

from core.domain.customer import Care, OrderEvent
from core.domain.masking import mask_name
from core.domain.order_state import ORDER_STATE, OrderState, OrderTold, PlacedOrder, order_name, told_words
from core.domain.text import Text
from core.server.db import customers, people, published
from core.server.db.engine import Unit
from core.wire.pull import ContentDocument


def tell(unit: Unit, order: PlacedOrder) -> None:
    """Called in the transaction that changed the order."""
    told = told_of(unit, order)
    document = ContentDocument(
        kind=ORDER_STATE,
        name=order_name(order.first_outcome, order.offer),
        version=max(1, len(order.steps)),
        body=msgspec.Raw(msgspec.json.encode(told)),
    )
    published.put_for(unit, document, frozenset({order.agent, order.follower}))
    _put_on_the_timeline(unit, order, told)


def told_of(unit: Unit, order: PlacedOrder) -> OrderTold:
    head = customers.head(unit, order.customer_id)
    seller = people.get(unit, order.agent) if order.taken_over_by else None
    return OrderTold(
        id=order.id,
        first_outcome=order.first_outcome,
        customer_id=order.customer_id,
        product=order.order.product,
        price_fen=order.order.price_fen,
        state=order.state,
        at=order.steps[-1].at if order.steps else unit.now,
        effective_from=order.effective_from,
        reason=order.reason,
        asked=order.asked_at is not None,
        outcome_id=order.outcome_id,
        taken_back=order.taken_back,
        offer=order.offer,
        name=order.name or order.order.name,
        follower=order.follower,
        sold_by=seller.agent.name if seller else "",
        customer=mask_name(head.name) if head else "",
    )


def _put_on_the_timeline(unit: Unit, order: PlacedOrder, told: OrderTold) -> None:
    """One entry an order, at its last change. A trial runs once the CRM has accepted it, and until it has accepted that
    the customer goes back."""
    what, words = told.what, told_words(told)
    accepted = order.state is OrderState.ACCEPTED
    trial = order.order.trial if accepted else None
    entry = OrderEvent(
        at=told.at,
        label=Text(f"{what.zh} · {words.zh}", f"{what.en} · {words.en}"),
        order_id=str(told.id),
        what=what if trial is not None else None,
        trial=trial,
    )

    def edit(care: Care) -> None:
        others = [one for one in care.orders if one.order_id != entry.order_id]
        for one in others:
            one.trial = None if accepted and order.order.ends_trial else one.trial
        care.orders = sorted([entry, *others], key=lambda one: one.at, reverse=True)

    customers.edit_care(unit, told.customer_id, edit)
