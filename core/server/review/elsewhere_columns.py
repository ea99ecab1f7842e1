"""Orders that no call is known to have brought, with the team of the customer's manager (KPI-07): without them the
share of orders that came from dispatch would always be told too high."""

from sqlalchemy import select

from core.domain.clock import day_start, local_day
from core.domain.later_event import LaterKind
from core.review.pack_write import write_rows
from core.server.db.engine import Unit
from core.server.db.reviewed import day_of, number_of
from core.server.db.schema import later_event
from core.server.review.promise_columns import TeamOf
from core.server.review.whose import About, TaskAbout, customers_about, dealers, whose
from core.wire.review import ELSEWHERE


def elsewhere_part(unit: Unit, team_id: str, first: int, last: int, *, team_of: TeamOf) -> bytes:
    """Customers whom nobody manages are in no team's."""
    start, end = day_start(day_of(first)), day_start(day_of(last + 1))
    statement = (
        select(later_event.c.customer_id, later_event.c.at)
        .where(
            later_event.c.tenant_id == unit.tenant,
            later_event.c.outcome_id == "",
            later_event.c.kind == LaterKind.ORDERED.value,
            later_event.c.at >= start,
            later_event.c.at < end,
        )
        .order_by(later_event.c.at, later_event.c.id)
    )
    found = unit.conn.execute(statement).all()
    ids = [row.customer_id for row in found]
    known, bought, rows = customers_about(unit, ids), dealers(unit, ids), []
    for row in found:
        about, day = known.get(row.customer_id, About()), number_of(local_day(row.at))
        if about.manager and team_of(about.manager, day) == team_id:
            words = whose(about.manager, about, bought.get(row.customer_id, ""), TaskAbout())
            rows.append({"day": day, **words, "kind": LaterKind.ORDERED.value, "what": ""})
    return write_rows(ELSEWHERE, rows)
