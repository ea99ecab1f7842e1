"""Asks the departments now and then what came of calls, and takes it event by event.

An event that this server does not understand is put aside and told to who runs it (`errands strange`); the others go
on, and it is looked at again when the server starts: a newer one may know its kind.
"""

from datetime import datetime, timedelta
from time import monotonic

import msgspec
import structlog
from msgspec import Struct
from sqlalchemy.exc import SQLAlchemyError

from core.domain.later_event import LaterEvent
from core.server.db import audit, later_events, settings
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.departments.binding import take_event
from core.server.departments.later_decode import Strange, later_key, read_event
from core.server.departments.port import DepartmentPort
from core.server.logs import where
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
        self._looked = False
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
        taken = self._look_again()
        for event in told.events:
            taken += self._take(event)
        for strange in told.strange:
            self._put_aside(strange)
        if told.after != one.after:
            with self._database.write() as unit:
                settings.write(unit, _AFTER, told.after)
        if taken:
            _log.info("later events bound to their calls", events=taken)

    def _take(self, event: LaterEvent) -> bool:
        """Whether it was bound to its call. One that cannot be worked on is put aside: it would else be the last."""
        try:
            with self._database.write() as unit:
                return take_event(unit, event, by="departments") is not None
        except SQLAlchemyError:
            raise
        except Exception as error:
            _log.error("a later event cannot be worked on", **where(error))
            body = msgspec.json.encode(event)
            self._put_aside(Strange(later_key(body), type(error).__name__, body))
            return False

    def _put_aside(self, strange: Strange) -> None:
        with self._database.write() as unit:
            new = later_events.put_aside(unit, strange.key, strange.body)
            if new:
                audit.write(unit, writer="departments", action=Action.LATER_STRANGE, object_=strange.key)
        if new:
            _log.error("a later event is not understood and was put aside", key=strange.key)

    def _look_again(self) -> int:
        """Once a start: how many of those put aside were understood and bound to their call."""
        if self._looked:
            return 0
        self._looked = True
        with self._database.read() as unit:
            aside = later_events.aside(unit)
        bound = 0
        for one in aside:
            found = read_event(one.body)
            if not isinstance(found, Strange):
                bound += self._take_up(one.key, found)
        return bound

    def _take_up(self, key: str, event: LaterEvent) -> bool:
        """One that was put aside; it stays there where it still cannot be worked on."""
        try:
            with self._database.write() as unit:
                later_events.drop_aside(unit, key)
                return take_event(unit, event, by="departments") is not None
        except SQLAlchemyError:
            raise
        except Exception as error:
            _log.error("a later event cannot be worked on", **where(error))
            return False
