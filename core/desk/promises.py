"""What was promised to customers and is still ahead."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from core.desk.desk import Desk
from core.domain.customer import decode_document
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.order_state import ENDED_IN_NOTHING, OPEN_ORDERS, OrderTold
from core.store.types import QueueQuery, QueueRow, Section

MOST = 500
ORDER_SHOWN = timedelta(days=7)
"""after its last change an order that has ended is still listed"""


class Promised(NamedTuple):
    callbacks: list[QueueRow]
    """due ones first, then by time"""
    others: list[tuple[FollowUp, str]]
    """texts, work orders, visits and escalations made on this machine, with the customer's name"""
    orders: list[tuple[OrderTold, str]]
    """orders under way, and those that ended within a week, with the customer's name; those changed last first"""
    asked: frozenset[tuple[UUID, str]]
    """outcomes with the offer, or none for the plan, whose confirmation text has gone out"""
    fallen: frozenset[tuple[UUID, str]]
    """outcomes with the offer whose order came to nothing: what it was to bring falls with it"""


def promised(desk: Desk) -> Promised:
    now = desk.moment().wall
    callbacks = [
        row
        for section in (Section.DUE, Section.LATER)
        for row in desk.store.queue(QueueQuery(section=section, now=now), offset=0, limit=MOST)
        if row.callback_at is not None
    ]
    others = [f for f in desk.store.follow_ups() if f.kind is not FollowUpKind.CALLBACK][-MOST:]
    told = desk.store.orders()
    orders = [one for one in told if one.state in OPEN_ORDERS or now - one.at < ORDER_SHOWN][:MOST]
    names = {one: _name(desk, one) for one in {f.customer_id for f in others} | {one.customer_id for one in orders}}
    return Promised(
        callbacks,
        [(f, names[f.customer_id]) for f in others],
        [(one, names[one.customer_id]) for one in orders],
        frozenset((record, one.offer) for one in told if one.asked for record in _records(one)),
        frozenset(
            (record, one.offer)
            for one in told
            if one.offer and one.state in ENDED_IN_NOTHING
            for record in _records(one)
        ),
    )


def _records(one: OrderTold) -> list[UUID]:
    return [record for record in (one.first_outcome, one.outcome_id) if record is not None]


def _name(desk: Desk, customer_id: str) -> str:
    body = desk.store.customer(customer_id)
    identity = decode_document(body).identity if body else None
    # A customer whose task is done may have left this machine; the promise made to them has not.
    return identity.name if identity else desk.store.saved_name(customer_id)
