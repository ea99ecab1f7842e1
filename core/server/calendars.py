"""The calendars of places as they are published, which desks go by too; what came with the program where none are."""

from datetime import date
from functools import cache, lru_cache

import structlog
from sqlalchemy import select

from core.content.decode import decode_calendar
from core.domain.calendar import CALENDAR, Calendar
from core.server.db import published, settings
from core.server.db.engine import Database, Unit
from core.server.db.schema import content

_log = structlog.get_logger("stayline.serve")


def calendar(unit: Unit, name: str) -> Calendar:
    """Raises ContentError where there is none of that name, or the shipped file is wrong."""
    body = published.body(unit, CALENDAR, name)
    return _shipped(name) if body is None else _decoded(bytes(body))


def names(unit: Unit) -> list[str]:
    """Of those that desks have or will have."""
    # Its room reads YAML, which a server need not know to listen.
    from core.content.calendars import calendar_names

    statement = select(content.c.name).where(content.c.tenant_id == unit.tenant, content.c.kind == CALENDAR)
    return sorted(unit.conn.execute(statement).scalars()) or calendar_names()


class CalendarKept:
    """For the housekeeping: once a day it says in the log that a year is near of which the site's calendar knows no
    holidays."""

    def __init__(self) -> None:
        self._told: date | None = None

    def keep(self, database: Database) -> None:
        with database.read() as unit:
            found = calendar(unit, settings.site(unit).calendar)
            today = unit.now.astimezone(found.zone).date()
        if self._told != today:
            self._told = today
            if (year := found.lacks_from(today)) is not None:
                _log.warning("the calendar has no holidays of a year", calendar=found.name, year=year)


@cache
def _shipped(name: str) -> Calendar:
    """One file, read once."""
    from core.content.calendars import load_calendar

    return load_calendar(name)


@lru_cache(maxsize=8)
def _decoded(body: bytes) -> Calendar:
    """Asked for with each task that is given out."""
    return decode_calendar(body)
