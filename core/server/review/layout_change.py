"""A newer program's packs have more in them: those of before are made anew, a few at a time as after any change."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Table, select

from core.domain.clock import local_day
from core.domain.later_event import LaterKind
from core.review.pack_layout import LAYOUT_VERSION
from core.server.db import packs, settings
from core.server.db.engine import Database, Unit
from core.server.db.reviewed import number_of, touch_team_days
from core.server.db.schema import app_user, customer, later_event, promise, repair_case
from core.server.review.periods import days_of

LAYOUT_SETTING = "review_layout"
"""setting: the version of the layout that packs are made in, or waited to be made in"""


def note_layout(database: Database) -> None:
    """Marks every pack, and each day of a promise or case, as changed where the layout is another one now."""
    now = str(LAYOUT_VERSION)
    with database.read() as unit:
        if settings.read(unit, LAYOUT_SETTING) == now:
            return
    with database.write() as unit:
        days = {(team, days_of(period)[0]) for team, period in packs.made(unit)}
        touch_team_days(unit, {*days, *_worked(unit)})
        settings.write(unit, LAYOUT_SETTING, now)


def _worked(unit: Unit) -> Iterator[tuple[str, int]]:
    """Days that have no call perhaps, but promises, cases or orders."""
    columns: tuple[tuple[Table, ColumnElement[datetime]], ...] = (
        (promise, promise.c.due_at),
        (repair_case, repair_case.c.first_contact_due),
        (repair_case, repair_case.c.closed_at),
    )
    for table, at in columns:
        statement = select(table.c.team_id, at).where(table.c.tenant_id == unit.tenant, at.is_not(None))
        yield from ((team, number_of(local_day(moment))) for team, moment in unit.conn.execute(statement) if team)
    yield from _elsewhere(unit)


def _elsewhere(unit: Unit) -> Iterator[tuple[str, int]]:
    statement = (
        select(app_user.c.team_id, later_event.c.at)
        .select_from(later_event)
        .join(
            customer,
            (customer.c.tenant_id == later_event.c.tenant_id) & (customer.c.id == later_event.c.customer_id),
        )
        .join(
            app_user,
            (app_user.c.tenant_id == customer.c.tenant_id) & (app_user.c.staff_number == customer.c.manager),
        )
        .where(
            later_event.c.tenant_id == unit.tenant,
            later_event.c.outcome_id == "",
            later_event.c.kind == LaterKind.ORDERED.value,
        )
    )
    yield from ((team, number_of(local_day(at))) for team, at in unit.conn.execute(statement) if team)
