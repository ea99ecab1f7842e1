"""When the centre may call at all, by its own hours and its calendar (TASK-16): for what the server plans and sends."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from core.compliance import next_open, site_window
from core.domain.calendar import Window
from core.domain.errors import StaylineError
from core.server.calendars import calendar
from core.server.db import settings
from core.server.db.engine import Unit

_log = structlog.get_logger("stayline.serve")


class CallingHours:
    """As they stand in this transaction. Raises ContentError where the site's calendar cannot be read."""

    def __init__(self, unit: Unit) -> None:
        self.site = settings.site(unit)
        self._window, self.calendar = site_window(self.site), calendar(unit, self.site.calendar)

    def opens(self, at: datetime, quiet: Sequence[Window] = ()) -> datetime | None:
        """That moment where it lies within them, else when they begin; None beyond a year. `quiet`: hours in which one
        customer wants no calls."""
        return next_open(at, site=self._window, calendar=self.calendar, quiet=quiet)

    def hold(self, at: datetime) -> bool:
        return self.opens(at) == at


def allowed(unit: Unit, quiet: Sequence[Window] = ()) -> Callable[[datetime], bool]:
    """Whether that moment lies within them, and in no hours in which the customer wants no calls. A calendar that
    cannot be read costs no agent's record: all do then."""
    try:
        hours = CallingHours(unit)
    except StaylineError as error:
        _log.error("calling hours cannot be read", error=str(error))
        return lambda _at: True
    return lambda at: hours.opens(at, quiet) == at
