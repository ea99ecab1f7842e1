"""The columns of a pack's calls and offers, and the details beside them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.domain.call import Direction, TalkTimeSource
from core.domain.clock import local_day
from core.domain.later_event import LaterEvent
from core.domain.offered import Reply
from core.domain.order_state import OrderState
from core.domain.outcome import Outcome, Verification
from core.domain.reviewed import nameless_call
from core.review.pack_layout import Flag, More
from core.review.pack_write import write_details, write_rows
from core.review.snapshots import word_of
from core.server.db.engine import Unit
from core.server.db.reviewed import number_of
from core.server.review.codes import Coder
from core.server.review.detail import detail_of
from core.server.review.hung_columns import came_later, later_part, scores_part, seen
from core.server.review.reading import Read, departures, earlier_records, follow_ups, order_states, snapshots
from core.server.review.stages import stages_of
from core.server.review.whose import About, TaskAbout, dealers, whose
from core.wire.review import CALLS, DETAILS, LATER, OFFERS, SCORES

NAMELESS = "nameless"
"""name of the details for those who may see no persons; handed out as `details`"""
_WORD = 80
_encode = msgspec.json.Encoder().encode


def call_parts(unit: Unit, reads: Sequence[Read], code: Coder) -> dict[str, bytes]:
    """Calls, their offers and details, by name of the part."""
    ids = [one.id for one in reads]
    states, stages = order_states(unit, ids), stages_of(unit, reads)
    customers = [one.outcome.customer_id for one in reads]
    left, bought, held = departures(unit, customers), dealers(unit, customers), snapshots(unit, customers)
    rows = [
        _row(one, states.get(one.id), stages.get(one.id, 0), left.get(one.outcome.customer_id))
        | _customer(one, bought, code)
        | {"snapshots": word_of(held.get(one.outcome.customer_id, ()))}
        for one in reads
    ]
    came = came_later(unit, reads)
    offers = [row for at, one in enumerate(reads) for row in _offers(at, one)]
    return {
        CALLS: write_rows(CALLS, rows),
        OFFERS: write_rows(OFFERS, offers),
        SCORES: scores_part(unit, reads),
        LATER: later_part(reads, came),
        **_details(unit, reads, came),
    }


def _customer(one: Read, bought: Mapping[str, str], code: Coder) -> dict[str, Any]:
    """Whose call it was, and of whom."""
    of = About(one.area, one.tier, one.value)
    task = TaskAbout(one.outcome.scenario, one.campaign)
    customer_id = one.outcome.customer_id
    return {**whose(one.agent, of, bought.get(customer_id, ""), task), "customer": code(customer_id)}


def _details(unit: Unit, reads: Sequence[Read], came: Mapping[str, Sequence[LaterEvent]]) -> dict[str, bytes]:
    earlier = earlier_records(unit, [one.root_id for one in reads if one.root_id != one.id])
    promised = follow_ups(unit, [one.id for one in reads])
    found = [
        detail_of(one, earlier.get(one.root_id, ()), promised.get(one.id, ()), seen(one, came.get(one.root_id, ())))
        for one in reads
    ]
    return {
        DETAILS: write_details([_encode(one) for one in found]),
        NAMELESS: write_details([_encode(nameless_call(one)) for one in found]),
    }


def _row(one: Read, order: OrderState | None, stages: int, left_on: date | None) -> dict[str, Any]:
    value = one.outcome
    replies = Counter(made.reply for made in value.offers)
    gone = number_of(left_on) if left_on is not None and left_on >= local_day(one.at) else 0
    return {
        "at": int(one.at.timestamp()),
        "contact": value.contact.value,
        "result": value.result,
        "reason": value.reason or (value.disconnect.reason[:_WORD] if value.disconnect else ""),
        "next_brand": value.disconnect.next_brand[:_WORD] if value.disconnect else "",
        "dealer": value.false_data.dealer[:_WORD] if value.false_data else "",
        "order": order.value if order else "",
        "flags": _flags(one),
        "talk_s": value.call.talk_time_s,
        "wrap_s": value.call.wrap_up_s,
        "offers_made": min(len(value.offers), 255),
        "offers_accepted": min(replies[Reply.ACCEPTED], 255),
        "offers_refused": min(replies[Reply.REFUSED], 255),
        "stages": stages,
        "left_day": gone,
        "more": _more(value),
    }


def _flags(one: Read) -> int:
    value = one.outcome
    return (
        Flag.DIALLED * one.dialled
        | Flag.CLAIMED * value.success
        | Flag.INBOUND * (value.call.direction is Direction.INBOUND)
        | Flag.OPT_OUT * value.opt_out
        | Flag.SUPERSEDED * one.superseded
        | Flag.CORRECTED * (value.corrects is not None)
        | Flag.CLOCK_WRONG * one.clock_wrong
        | Flag.MEASURED * (value.call.talk_time_source is TalkTimeSource.MEASURED)
    )


def _more(value: Outcome) -> int:
    return (
        More.VERIFIED * (value.verification is Verification.OWNER)
        | More.FALSE_DATA * (value.false_data is not None)
        | More.TASKED * bool(value.task_id)
        | More.ORDERED * (value.order is not None)
    )


def _offers(at: int, one: Read) -> list[dict[str, Any]]:
    return [
        {
            "call": at,
            "offer": made.offer,
            "kind": str(made.kind),
            "reply": made.reply.value,
            "cost_fen": made.cost_fen if made.reply is Reply.ACCEPTED else 0,
            "price_fen": made.price_fen if made.reply is Reply.ACCEPTED else 0,
        }
        for made in one.outcome.offers
    ]
