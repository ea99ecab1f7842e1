"""An order, referral, bonus or payment that a call brought days later finds its way back to it (OUTCOME-07, 08)."""

from datetime import timedelta

import msgspec

from core.domain.clock import local_day
from core.domain.customer import Care, OrderEvent
from core.domain.later_event import (
    LATER_EVENT,
    LATER_MONEY,
    MONEY,
    WITHIN,
    BoundEvent,
    LaterEvent,
    LaterKind,
    cause,
    later_words,
)
from core.domain.masking import mask_name
from core.domain.outcome import Outcome
from core.server.db import audit, customers, later_events, published, records, settings, tasks
from core.server.db.audit import Action
from core.server.db.engine import Unit
from core.wire.pull import ContentDocument

_ID_MOST, _TEXT_MOST = 120, 80
_FEN_MOST = 10**9
"""ten million yuan: more of one customer is a mistake of the source"""
WINDOW_SETTING = "later_window_days"
"""days within which an order is held to come of a call, where the site says so; else the usual windows"""


def take_event(unit: Unit, event: LaterEvent, *, by: str) -> BoundEvent | None:
    """Kept once, bound to its call where there is one; None where none is found, or it is known already."""
    if not _is_whole(event) or later_events.known(unit, event.id):
        return None
    head = customers.head(unit, event.customer_id)
    if head is None or not tasks.lock_customer(unit, event.customer_id):
        later_events.add(unit, event, None, team_id="")
        return None
    bound = _bind(unit, event, mask_name(head.name), by=by)
    if bound is None:
        later_events.add(unit, event, None, team_id="")
    return bound


def bind_waiting(unit: Unit, outcome: Outcome, *, by: str) -> None:
    """What was told of before its call came: a desk may be offline for days. Called with the customer held."""
    waiting = later_events.unbound_of(unit, outcome.customer_id)
    head = customers.head(unit, outcome.customer_id) if waiting else None
    if head is not None:
        for event in waiting:
            _bind(unit, event, mask_name(head.name), by=by)


def _bind(unit: Unit, event: LaterEvent, customer: str, *, by: str) -> BoundEvent | None:
    """Kept with the call that caused it; None where there is none."""
    within = window(unit, event)
    call = cause(event, later_events.calls_of(unit, event.customer_id, event.at - within), within=within)
    if call is None:
        return None
    bound = _bound(event, call, customer)
    later_events.add(unit, event, bound, team_id=records.team_of_outcome(unit, str(call.id)))
    audit.write(unit, writer=by, action=Action.LATER_BOUND, object_=event.id[:_ID_MOST], outcome=str(call.id))
    _tell(unit, bound)
    return bound


def window(unit: Unit, event: LaterEvent) -> timedelta:
    """How long before the event its call may lie: of orders and referrals as the site says, else as is usual."""
    stated = settings.read(unit, WINDOW_SETTING)
    if stated is None or event.kind not in (LaterKind.ORDERED, LaterKind.REFERRED):
        return WITHIN[event.kind]
    return timedelta(days=int(stated))


def _bound(event: LaterEvent, call: Outcome, customer: str) -> BoundEvent:
    called = call.call.ended_at or call.call.answered_at or call.recorded_at
    return BoundEvent(
        event=event,
        outcome_id=call.id,
        scenario=call.scenario,
        agent=call.agent,
        days=(local_day(event.at) - local_day(called)).days,
        customer=customer,
    )


def _tell(unit: Unit, bound: BoundEvent) -> None:
    event = bound.event
    kind = LATER_MONEY if event.kind in MONEY else LATER_EVENT
    document = ContentDocument(kind=kind, name=event.id, version=1, body=msgspec.Raw(msgspec.json.encode(bound)))
    published.put(unit, [document], audience=bound.agent)
    entry = OrderEvent(at=event.at, label=later_words(bound), order_id=f"{LATER_EVENT}:{event.id}")

    def edit(care: Care) -> None:
        others = [one for one in care.orders if one.order_id != entry.order_id]
        care.orders = sorted([entry, *others], key=lambda one: one.at, reverse=True)

    customers.edit_care(unit, event.customer_id, edit)


def _is_whole(event: LaterEvent) -> bool:
    """What no database keeps, has no zone, or is money without an amount, is not taken."""
    texts = (event.id, event.customer_id, event.what, event.channel)
    return (
        bool(event.id)
        and len(event.id) <= _ID_MOST
        and max(map(len, texts[1:])) <= _TEXT_MOST
        and event.at.tzinfo is not None
        and (0 < event.fen <= _FEN_MOST if event.kind in MONEY else event.fen == 0)
        and not any("\0" in text for text in texts)
    )
