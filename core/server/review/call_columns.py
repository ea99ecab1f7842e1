"""The columns of a pack's calls and offers, and the details beside them."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from core.domain.call import Direction, TalkTimeSource
from core.domain.clock import local_day
from core.domain.offered import Reply
from core.domain.order_state import OrderState
from core.domain.reviewed import nameless_call
from core.review.pack_layout import LAYOUT, Flag
from core.review.pack_write import write_details, write_part
from core.server.db.engine import Unit
from core.server.db.reviewed import number_of
from core.server.review.detail import detail_of
from core.server.review.reading import Read, departures, earlier_records, follow_ups, order_states
from core.server.review.stages import stages_of
from core.wire.review import CALLS, DETAILS, OFFERS

NAMELESS = "nameless"
"""name of the details for those who may see no persons; handed out as `details`"""
_WORD = 80
_encode = msgspec.json.Encoder().encode
Columns = dict[str, list[Any]]


def call_parts(unit: Unit, reads: Sequence[Read]) -> dict[str, bytes]:
    """Calls, their offers and details, by name of the part."""
    ids = [one.id for one in reads]
    states, stages = order_states(unit, ids), stages_of(unit, reads)
    left = departures(unit, [one.outcome.customer_id for one in reads])
    rows = [_row(one, states.get(one.id), stages.get(one.id, 0), left.get(one.outcome.customer_id)) for one in reads]
    offers = [row for at, one in enumerate(reads) for row in _offers(at, one)]
    return {
        CALLS: write_part(CALLS, _columns(CALLS, rows)),
        OFFERS: write_part(OFFERS, _columns(OFFERS, offers)),
        **_details(unit, reads),
    }


def _details(unit: Unit, reads: Sequence[Read]) -> dict[str, bytes]:
    earlier = earlier_records(unit, [one.root_id for one in reads if one.root_id != one.id])
    promised = follow_ups(unit, [one.id for one in reads])
    found = [detail_of(one, earlier.get(one.root_id, ()), promised.get(one.id, ())) for one in reads]
    return {
        DETAILS: write_details([_encode(one) for one in found]),
        NAMELESS: write_details([_encode(nameless_call(one)) for one in found]),
    }


def _columns(part: str, rows: Sequence[dict[str, Any]]) -> Columns:
    return {name: [row[name] for row in rows] for name in LAYOUT[part]}


def _row(one: Read, order: OrderState | None, stages: int, left_on: date | None) -> dict[str, Any]:
    value = one.outcome
    replies = Counter(made.reply for made in value.offers)
    gone = number_of(left_on) if left_on is not None and left_on >= local_day(one.at) else 0
    return {
        "at": int(one.at.timestamp()),
        **whose(one.agent, value.scenario, one),
        "customer": customer_code(value.customer_id),
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
    }


def whose(agent: str, scenario: str, one: Read) -> dict[str, str]:
    """The columns by which figures are chosen and grouped."""
    return {
        "agent": agent,
        "scenario": scenario,
        "campaign": one.campaign,
        "area": one.area,
        "tier": one.tier,
        "value": one.value,
    }


def customer_code(customer_id: str) -> int:
    """Equal for equal customers, and says nothing of them."""
    digest = hashlib.blake2b(customer_id.encode(), digest_size=8, person=b"review").digest()
    return int.from_bytes(digest, signed=True)


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


def _offers(at: int, one: Read) -> list[dict[str, Any]]:
    return [
        {
            "call": at,
            "offer": made.offer,
            "kind": str(made.kind),
            "reply": made.reply.value,
            "cost_fen": made.cost_fen if made.reply is Reply.ACCEPTED else 0,
        }
        for made in one.outcome.offers
    ]
