"""What was promised to customers and is still ahead."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from core.desk import committing, errands, trials
from core.desk.desk import Desk
from core.desk.errands import Standing
from core.domain.commitment import CommitmentTold
from core.domain.customer import decode_document
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.later_event import BoundEvent
from core.domain.order_state import ENDED_IN_NOTHING, OPEN_ORDERS, OrderTold
from core.domain.promise import Promise
from core.domain.store import StoreTime
from core.domain.trial_told import TrialTold
from core.store.types import QueueQuery, QueueRow, Section

MOST = 500
ORDER_SHOWN = ERRAND_SHOWN = timedelta(days=7)
"""after its last change an order or errand that has ended is still listed"""
LATER_SHOWN = 50
STORE_TIME_SHOWN = timedelta(days=1)


class Promised(NamedTuple):
    callbacks: list[QueueRow]
    """due ones first, then by time"""
    others: list[tuple[FollowUp, str]]
    """texts made on this machine, and what is to go to departments once the server has it, with the customer's name"""
    orders: list[tuple[OrderTold, str]]
    """orders under way, and those that ended within a week, with the customer's name; those changed last first"""
    errands: list[tuple[Standing, str]]
    """what departments were asked, open and of the last week, with the customer's name; those changed last first"""
    commitments: list[tuple[CommitmentTold, str]]
    """standing ones that nobody has ended"""
    later: list[tuple[BoundEvent, str]]
    """what calls of this desk brought days later, the newest first"""
    promises: list[tuple[Promise, str]]
    """own ones that are owed, by their time, with the customer's name"""
    trials: list[tuple[TrialTold, str]]
    """what was given for a time, by its last day"""
    store_times: list[tuple[StoreTime, str]]
    """times at stores, the soonest first; those of the last day as well"""
    asked: frozenset[tuple[UUID, str]]
    """outcomes with the offer, or none for the plan, whose confirmation text has gone out"""
    fallen: frozenset[tuple[UUID, str]]
    """outcomes with the offer whose order came to nothing: what it was to bring falls with it"""


def promised(desk: Desk) -> Promised:
    now, me = desk.moment().wall, desk.agent.staff_number
    callbacks = [
        row
        for section in (Section.DUE, Section.LATER)
        for row in desk.store.queue(QueueQuery(section=section, now=now), offset=0, limit=MOST)
        if row.callback_at is not None
    ]
    standing = [one for one in errands.standing(desk) if one.told.is_open or now - one.told.at < ERRAND_SHOWN][:MOST]
    followed = {str(one.told.errand.id) for one in errands.standing(desk)}
    others = [f for f in desk.store.follow_ups() if f.kind is not FollowUpKind.CALLBACK and str(f.id) not in followed][
        -MOST:
    ]
    running, later = committing.running(desk), desk.store.later_events()[:LATER_SHOWN]
    told = desk.store.orders()
    followed_here = (one for one in told if one.is_followed_by(me))
    orders = [one for one in followed_here if one.state in OPEN_ORDERS or now - one.at < ORDER_SHOWN][:MOST]
    shown = {f.customer_id for f in others} | {one.customer_id for one in orders}
    shown |= {one.told.errand.customer_id for one in standing} | {one.commitment.customer_id for one in running}
    shown |= {one.event.customer_id for one in later}
    owed = [one for one in desk.store.casework().promises if one.is_owed and one.owner.staff_number == me]
    owed.sort(key=lambda one: one.due_at)
    ending = trials.listed(desk)[:MOST]
    booked = [one for one in desk.store.store_times() if now - one.slot.begins_at < STORE_TIME_SHOWN]
    shown |= {one.made.customer_id for one in owed} | {one.customer_id for one in ending}
    shown |= {one.customer_id for one in booked}
    names = {one: _name(desk, one) for one in shown}
    return Promised(
        callbacks,
        [(f, names[f.customer_id]) for f in others],
        [(one, names[one.customer_id] or one.customer) for one in orders],
        [(one, names[one.told.errand.customer_id] or one.told.customer) for one in standing],
        [(one, names[one.commitment.customer_id] or one.customer) for one in running],
        [(one, names[one.event.customer_id] or one.customer) for one in later],
        [(one, names[one.made.customer_id] or one.made.customer) for one in owed],
        [(one, names[one.customer_id] or one.customer) for one in ending],
        [(one, names[one.customer_id] or one.customer) for one in booked],
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
