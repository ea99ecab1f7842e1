"""The server's own purge: once a day, at an hour in which nobody may call, a little at a time."""

from datetime import date, timedelta
from time import monotonic

import structlog

from core.compliance import site_window
from core.domain.clock import CHINA, local_day
from core.server.db import settings
from core.server.db.engine import Database, Unit
from core.server.purge.purging import purge

_log = structlog.get_logger("stayline.purge")
BUDGET_S = 20.0
"""for one round of the housekeeping, which has leases to look after; the next round goes on"""
LONGEST_DAYS = 2
"""after so long without one it no longer waits for the night: the machine may be off by then"""
LEAP_DAYS = 7
"""so many days from the last one the clock may have been set wrong: what it takes for old would be gone for good"""
_DONE = "purged_on"
"""setting: the day on which it was last brought to its end"""


def keep_periods(database: Database) -> bool:
    """Whether a round of it was made. Raises ContentError where the site's periods cannot be read."""
    with database.read() as unit:
        today, done = local_day(unit.now), settings.read(unit, _DONE)
        may_call = _may_call(unit)
    if done is None:
        # A server that is new to this waits for the night as any other.
        _note(database, today - timedelta(days=1))
        return False
    waited = (today - date.fromisoformat(done)).days
    if abs(waited) > LEAP_DAYS:
        # Whoever sees to the clock has a day for it; a machine that was off for so long waits that day too.
        _log.warning("the purge waits for a day, for the clock has leapt", days=waited)
        _note(database, today + timedelta(days=1))
        return False
    if waited <= 0 or (may_call and waited < LONGEST_DAYS):
        return False
    until = monotonic() + BUDGET_S
    if purge(database, by="server", stop=lambda: monotonic() >= until).finished:
        _note(database, today)
    return True


def _note(database: Database, day: date) -> None:
    with database.write() as unit:
        settings.write(unit, _DONE, day.isoformat())


def _may_call(unit: Unit) -> bool:
    """By the centre's own hours: what is written anew then keeps nobody waiting."""
    hours, now = site_window(settings.site(unit)), unit.now.astimezone(CHINA)
    return hours.from_min <= now.hour * 60 + now.minute < hours.until_min
