"""Outcomes as they came since one looked last, page by page, and what must be known beside one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Row, select, tuple_

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.outcome import Outcome
from core.domain.quality.sampling import Around, SamplingRules, is_save
from core.server.db.engine import Unit
from core.server.db.schema import departure, outcome
from core.server.quality.content import offer_ids, plans_known
from core.server.sync import by_content

PAGE = 500
_decode = decoding.decoder(Outcome).decode


@dataclass(frozen=True, slots=True)
class Arrived:
    outcome: Outcome
    team: str
    superseded: bool
    received_at: datetime


def arrived_since(unit: Unit, since: datetime, after: str = "") -> list[Arrived]:
    """Up to a page of what was received from then on, in order; `after` is the id of the last one of that moment."""
    place = tuple_(outcome.c.received_at, outcome.c.id) > tuple_(
        since, after, types=[outcome.c.received_at.type, outcome.c.id.type]
    )
    statement = select(outcome.c.body, outcome.c.team_id, outcome.c.superseded, outcome.c.received_at).where(
        outcome.c.tenant_id == unit.tenant, outcome.c.received_at >= since, place
    )
    rows = unit.conn.execute(statement.order_by(outcome.c.received_at, outcome.c.id).limit(PAGE))
    return [Arrived(_decode(row.body), row.team_id, row.superseded, row.received_at) for row in rows]


def saves_before(unit: Unit, left: Outcome, days: int) -> Iterator[Arrived]:
    """Saves of the same customer that were claimed in so many days before they left."""
    statement = select(outcome.c.body, outcome.c.team_id, outcome.c.superseded, outcome.c.received_at).where(
        outcome.c.tenant_id == unit.tenant,
        outcome.c.customer_id == left.customer_id,
        outcome.c.success,
        ~outcome.c.superseded,
        outcome.c.corrected_by == "",
        outcome.c.recorded_at < left.recorded_at,
        outcome.c.recorded_at >= left.recorded_at - timedelta(days=days),
    )
    for row in unit.conn.execute(statement.order_by(outcome.c.recorded_at)).all():
        found = _decode(row.body)
        if is_save(found):
            yield Arrived(found, row.team_id, row.superseded, row.received_at)


def days_left(unit: Unit, page: Sequence[Arrived]) -> dict[str, date]:
    """Of the customers of these saves, who is known to have left: a desk may bring a save after the list has come."""
    wanted = sorted({one.outcome.customer_id for one in page if is_save(one.outcome)})
    if not wanted:
        return {}
    statement = select(departure.c.customer_id, departure.c.left_on).where(
        departure.c.tenant_id == unit.tenant, departure.c.customer_id.in_(wanted)
    )
    return {row[0]: row[1] for row in unit.conn.execute(statement)}


def left_at(day: date | None, save: Outcome) -> datetime | None:
    """The list says days alone: so many days after the call."""
    return None if day is None else save.recorded_at + (day - local_day(save.recorded_at))


class Surroundings:
    """What is looked up once for many outcomes: the tables of plans and offers, and the notes of an agent."""

    def __init__(self, unit: Unit, rules: SamplingRules) -> None:
        self._unit, self._rules = unit, rules
        self._plans, self._offers = plans_known(unit), offer_ids(unit)

    def around(self, of: Outcome, *, left_at: datetime | None = None, denied: bool = False) -> Around:
        # Reading an agent's notes is only worth it where one was written by hand.
        notes = self._notes(of) if of.note_edited and len(of.note) >= self._rules.note_least else ()
        return Around(
            plans=self._plans,
            offers=self._offers,
            notes=notes,
            left_at=left_at,
            denied=denied,
            claimed=self._claimed(of),
        )

    def _claimed(self, of: Outcome) -> bool:
        """Of those that do not count; only a short one is worth a look at the content."""
        if of.success or of.call.talk_time_s > self._rules.short_call_s:
            return False
        result = by_content.result_of(self._unit, of)
        return result is not None and result.success

    def _notes(self, of: Outcome) -> tuple[tuple[str, str], ...]:
        since = of.recorded_at - timedelta(days=self._rules.note_days)
        rows = self._unit.conn.execute(
            select(outcome.c.body).where(
                outcome.c.tenant_id == self._unit.tenant,
                outcome.c.staff_number == of.agent,
                outcome.c.received_at >= since,
                outcome.c.recorded_at < of.recorded_at,
                outcome.c.customer_id != of.customer_id,
            )
        )
        return tuple(_noted(row) for row in rows)


class _Note(msgspec.Struct):
    customer_id: str
    note: str = ""


_decode_note = decoding.decoder(_Note).decode


def _noted(row: Row[bytes]) -> tuple[str, str]:
    found = _decode_note(row[0])
    return found.customer_id, found.note
