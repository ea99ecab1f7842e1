"""What was promised to customers and is still ahead."""

from typing import NamedTuple

from core.desk.desk import Desk
from core.domain.customer import decode_document
from core.domain.follow_up import FollowUp, FollowUpKind
from core.store.types import QueueQuery, QueueRow, Section

MOST = 500


class Promised(NamedTuple):
    callbacks: list[QueueRow]
    """due ones first, then by time"""
    others: list[tuple[FollowUp, str]]
    """texts, orders, visits and escalations made on this machine, with the customer's name"""


def promised(desk: Desk) -> Promised:
    now = desk.moment().wall
    callbacks = [
        row
        for section in (Section.DUE, Section.LATER)
        for row in desk.store.queue(QueueQuery(section=section, now=now), offset=0, limit=MOST)
        if row.callback_at is not None
    ]
    names: dict[str, str] = {}
    others = [f for f in desk.store.follow_ups() if f.kind is not FollowUpKind.CALLBACK][-MOST:]
    for follow_up in others:
        if follow_up.customer_id not in names:
            names[follow_up.customer_id] = _name(desk, follow_up.customer_id)
    return Promised(callbacks, [(f, names[f.customer_id]) for f in others])


def _name(desk: Desk, customer_id: str) -> str:
    body = desk.store.customer(customer_id)
    identity = decode_document(body).identity if body else None
    # A customer whose task is done may have left this machine; the promise made to them has not.
    return identity.name if identity else desk.store.saved_name(customer_id)
