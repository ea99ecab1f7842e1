"""Asks the departments now and then what came of calls, and takes it event by event."""

from datetime import datetime, timedelta
from time import monotonic

import structlog
from msgspec import Struct

from core.server.db import settings
from core.server.db.engine import Database, Unit
from core.server.departments.binding import take_event
from core.server.departments.port import DepartmentPort
from core.server.outside.rounds import Side

EVERY = timedelta(seconds=20)
_AFTER = "later_after"
_log = structlog.get_logger("stayline.errands")


class Look(Struct, frozen=True):
    """One asking."""

    after: str
    tries: int = 0
    key: str = "later"


class Later:
    """A side of the rounds: its only row is the bookmark."""

    def __init__(self, database: Database, port: DepartmentPort) -> None:
        self._database, self._port = database, port
        self._next = 0.0
        """monotonic seconds"""
        self.side: Side[Look] = Side("later", self._due, self._claim, self._work, self._rest)

    def _due(self, unit: Unit, _most: int) -> list[Look]:
        return [Look(settings.read(unit, _AFTER) or "")] if monotonic() >= self._next else []

    def _claim(self, _unit: Unit, one: Look) -> Look:
        self._next = monotonic() + EVERY.total_seconds()
        return one

    def _rest(self, _unit: Unit, _one: Look, _until: datetime) -> None:
        """The bookmark stands until all before it is taken."""

    def _work(self, one: Look) -> None:
        told = self._port.later(one.after)
        taken = 0
        for event in told.events:
            with self._database.write() as unit:
                taken += take_event(unit, event, by="departments") is not None
        if told.after != one.after:
            with self._database.write() as unit:
                settings.write(unit, _AFTER, told.after)
        if taken:
            _log.info("later events bound to their calls", events=taken)
