"""Who has left the net, as the billing system says: without it no save rate can be told."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete, select

from core.domain.clock import local_day
from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.chunks import chunks
from core.server.db.engine import Database, Unit
from core.server.db.reviewed import touch_outcomes
from core.server.db.schema import departure, review_call
from core.server.db.upsert import upsert
from core.server.quality.departed import note_departures
from core.server.review.reading import departures

ON_NET_DAY = "on_net_day"
"""setting: the last day of which it is known who has left"""


def on_net_day(unit: Unit) -> date | None:
    """The last day of which it is known who has left; None where nobody has said."""
    kept = settings.read(unit, ON_NET_DAY)
    return date.fromisoformat(kept) if kept else None


def keep_departures(database: Database, left: Mapping[str, date], *, as_of: date, by: str) -> int:
    """Customers by id who left the net, known completely until `as_of`. Returns how many were new or changed."""
    with database.write() as unit:
        known = departures(unit, list(left))
        changed = {customer_id: day for customer_id, day in left.items() if known.get(customer_id) != day}
        rows = [
            {"tenant_id": unit.tenant, "customer_id": customer_id, "left_on": day}
            for customer_id, day in changed.items()
        ]
        upsert(unit, departure, rows, keys=("tenant_id", "customer_id"))
        # Held before the packs are: a score holds its call first as well.
        note_departures(unit, changed)
        kept = on_net_day(unit)
        # A day that is still to come was a mistake: nobody can know until then.
        if kept is None or as_of > kept or kept > local_day(unit.now):
            settings.write(unit, ON_NET_DAY, as_of.isoformat())
        _touch(unit, changed)
        audit.write(unit, writer=by, action=Action.ON_NET, object_=as_of.isoformat(), rows=len(changed))
        return len(changed)


def take_back(database: Database, *, after: date, by: str) -> int:
    """Nothing is known of the time after that day any more: a list that said so was wrong. Gives how many customers
    had left after it by what was brought in, and have not now."""
    with database.write() as unit:
        statement = select(departure.c.customer_id).where(
            departure.c.tenant_id == unit.tenant, departure.c.left_on > after
        )
        wrong = list(unit.conn.execute(statement).scalars())
        unit.conn.execute(delete(departure).where(departure.c.tenant_id == unit.tenant, departure.c.left_on > after))
        settings.write(unit, ON_NET_DAY, after.isoformat())
        _touch(unit, wrong)
        audit.write(
            unit, writer=by, action=Action.ON_NET, object_=after.isoformat(), rows=len(wrong), taken_back=True
        )  # fmt: skip
        return len(wrong)


def _touch(unit: Unit, customers: Iterable[str]) -> None:
    """The packs of their calls are made anew."""
    for chunk in chunks(list(customers)):
        statement = select(review_call.c.outcome_id).where(
            review_call.c.tenant_id == unit.tenant, review_call.c.customer_id.in_(chunk)
        )
        touch_outcomes(unit, list(unit.conn.execute(statement).scalars()))
