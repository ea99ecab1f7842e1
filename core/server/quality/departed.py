"""Saves whose customer has left after all, as the billing system tells it (QA-02, BB-12): each is looked at."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from core.domain import decoding
from core.domain.clock import day_start, local_day
from core.domain.outcome import Outcome
from core.domain.quality.sampling import is_save, risks_of
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import outcome
from core.server.quality.arrived import Arrived, Surroundings, left_at
from core.server.quality.content import rules
from core.server.quality.sampling import call_of, put

_decode = decoding.decoder(Outcome).decode


def note_departures(unit: Unit, left: Mapping[str, date]) -> int:
    """Customers by id with the day on which they left: the saves claimed shortly before go into the queue.

    Returns how many are new there."""
    by = rules(unit)
    around, found = Surroundings(unit, by), []
    for save in _saves(unit, left, timedelta(days=by.churn_days)):
        gone = left_at(left[save.outcome.customer_id], save.outcome)
        found.append(call_of(unit, save, risks_of(save.outcome, around.around(save.outcome, left_at=gone), by)))
    return put(unit, found)


def _saves(unit: Unit, left: Mapping[str, date], within: timedelta) -> Iterator[Arrived]:
    for chunk in chunks(sorted(left)):
        since = day_start(min(left[one] for one in chunk)) - within
        statement = select(outcome.c.body, outcome.c.team_id, outcome.c.received_at).where(
            outcome.c.tenant_id == unit.tenant,
            outcome.c.customer_id.in_(chunk),
            outcome.c.success,
            ~outcome.c.superseded,
            outcome.c.corrected_by == "",
            outcome.c.recorded_at >= since,
        )
        for row in unit.conn.execute(statement.order_by(outcome.c.recorded_at)).all():
            save = _decode(row.body)
            days = (left[save.customer_id] - local_day(save.recorded_at)).days
            if is_save(save) and 0 <= days <= within.days:
                yield Arrived(save, row.team_id, superseded=False, received_at=row.received_at)
