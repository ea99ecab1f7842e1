"""The columns of what hangs on a pack's calls: their scores, and what they brought days later (OUTCOME-07)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.later_event import LaterEvent
from core.domain.reviewed import CameLater
from core.review.pack_write import write_rows
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import later_event, quality_score, review_call
from core.server.review.reading import Read
from core.wire.review import LATER, SCORES

_DAYS_MOST = 32_767
_event = decoding.decoder(LaterEvent).decode


class _Card(msgspec.Struct):
    card: str = ""


class _Scored(msgspec.Struct):
    score: _Card


_scored = decoding.decoder(_Scored).decode


def scores_part(unit: Unit, reads: Sequence[Read]) -> bytes:
    """QA-01: scores that stand, with the call that they are of."""
    places = {one.root_id: at for at, one in enumerate(reads)}
    rows = []
    for chunk in chunks(places):
        statement = (
            select(quality_score)
            .where(quality_score.c.tenant_id == unit.tenant, quality_score.c.call_id.in_(chunk), quality_score.c.counts)
            .order_by(quality_score.c.scored_at, quality_score.c.id)
        )
        for row in unit.conn.execute(statement):
            rows.append(
                {
                    "call": places[row.call_id], "card": _scored(row.body).score.card, "points": row.points,
                    "passed": int(row.passed), "missed": row.missed, "wrong": row.wrong,
                }
            )  # fmt: skip
    return write_rows(SCORES, sorted(rows, key=lambda row: row["call"]))


def came_later(unit: Unit, reads: Sequence[Read]) -> dict[str, list[LaterEvent]]:
    """By the first record of the call what it is held to have brought, oldest first."""
    found: dict[str, list[LaterEvent]] = defaultdict(list)
    for chunk in chunks(one.root_id for one in reads):
        statement = (
            select(review_call.c.root_id, later_event.c.body)
            .join(
                later_event,
                (later_event.c.tenant_id == review_call.c.tenant_id)
                & (later_event.c.outcome_id == review_call.c.outcome_id),
            )
            .where(review_call.c.tenant_id == unit.tenant, review_call.c.root_id.in_(chunk))
            .order_by(later_event.c.at, later_event.c.id)
        )
        for root_id, body in unit.conn.execute(statement):
            found[root_id].append(_event(body))
    return found


def later_part(reads: Sequence[Read], came: Mapping[str, Sequence[LaterEvent]]) -> bytes:
    rows = [
        {"call": at, "kind": event.kind.value, "what": event.what, "days": _days(one, event), "fen": event.fen}
        for at, one in enumerate(reads)
        for event in came.get(one.root_id, ())
    ]
    return write_rows(LATER, rows)


def seen(read: Read, events: Sequence[LaterEvent]) -> tuple[CameLater, ...]:
    """The same as a call's detail tells it."""
    return tuple(
        CameLater(kind=one.kind.value, what=one.what, name=one.name, channel=one.channel, at=one.at,
                  days=_days(read, one), fen=one.fen)
        for one in events
    )  # fmt: skip


def _days(read: Read, event: LaterEvent) -> int:
    return min(max((local_day(event.at) - local_day(read.at)).days, 0), _DAYS_MOST)
