"""Review packs hold notes and names of calls: those of days of which words went are dropped, and made anew when asked
for."""

from collections.abc import Sequence

from sqlalchemy import select

from core.domain.clock import local_day
from core.server.db import packs, reviewed
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import review_call
from core.server.review.periods import period_of_number


def without_packs(unit: Unit, outcome_ids: Sequence[str]) -> None:
    """The calls' packs, of the day and of the month, and a note that both are behind."""
    days: set[tuple[str, int]] = set()
    for some in chunks(outcome_ids):
        statement = select(review_call.c.team_id, review_call.c.day).where(
            review_call.c.tenant_id == unit.tenant, review_call.c.outcome_id.in_(some)
        )
        days |= {(row.team_id, row.day) for row in unit.conn.execute(statement)}
    today = local_day(unit.now)
    keys = {(team, reviewed.day_of(day).isoformat()) for team, day in days}
    packs.drop(unit, sorted(keys | {(team, period_of_number(day, today)) for team, day in days}))
    reviewed.touch_team_days(unit, days)
