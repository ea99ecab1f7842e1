"""Numbers that were shown in full and not called: one entry an agent, customer and day."""

from datetime import datetime, timedelta

from sqlalchemy import select

from core.domain.clock import local_day
from core.domain.quality.sampling import Risk, Why, called_about
from core.domain.quality.scorecard import Subject
from core.server.db import quality, settings
from core.server.db.engine import Database, Unit
from core.server.db.quality import StoredCall
from core.server.db.schema import app_user, dial, quality_call, reveal
from core.server.quality.content import rules
from core.server.quality.sampling import put

LOOK_EVERY = timedelta(hours=1)
LOOK_BACK = timedelta(days=3)
"""a desk that was offline tells of what it showed when it is back"""
_MARK = "quality_reveals"


def look(database: Database) -> int:
    """How many went into the queue; looks once an hour."""
    with database.write() as unit:
        before = settings.read(unit, _MARK)
        if before and datetime.fromisoformat(before) + LOOK_EVERY > unit.now:
            return 0
        settings.write(unit, _MARK, unit.now.isoformat())
        return take_reveals(unit)


def take_reveals(unit: Unit) -> int:
    hours = rules(unit).reveal_hours
    until = unit.now - timedelta(hours=hours)
    theirs = (app_user.c.tenant_id == reveal.c.tenant_id) & (app_user.c.staff_number == reveal.c.staff_number)
    rows = unit.conn.execute(
        select(reveal, app_user.c.team_id)
        .join(app_user, theirs)
        .where(reveal.c.tenant_id == unit.tenant, reveal.c.at <= until, reveal.c.at > until - LOOK_BACK)
        .order_by(reveal.c.at, reveal.c.id)
    ).all()  # fmt: skip
    seen = {(one.staff_number, one.customer_id, local_day(one.at)) for one in _there(unit, until)}
    found = []
    for row in rows:
        key = (row.staff_number, row.customer_id, local_day(row.at))
        if key in seen or called_about(row.at, _dials(unit, row.staff_number, row.customer_id), hours):
            continue
        seen.add(key)
        found.append(
            StoredCall(
                id=row.id, subject=Subject.REVEAL, outcome_id="", team=row.team_id, staff_number=row.staff_number,
                customer_id=row.customer_id, scenario="", at=row.at, sampled_at=unit.now,
                why=(Why(risk=Risk.NO_CALL),),
            )
        )  # fmt: skip
    return put(unit, found)


def _there(unit: Unit, until: datetime) -> list[StoredCall]:
    since = until - LOOK_BACK - timedelta(days=1)
    return quality.calls(unit, quality_call.c.subject == Subject.REVEAL.value, quality_call.c.at > since)


def _dials(unit: Unit, staff_number: str, customer_id: str) -> list[datetime]:
    statement = select(dial.c.at).where(
        dial.c.tenant_id == unit.tenant, dial.c.customer_id == customer_id, dial.c.staff_number == staff_number
    )
    return list(unit.conn.execute(statement).scalars())
