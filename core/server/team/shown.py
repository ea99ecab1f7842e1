"""A lead who looks at an agent's desk sees customers and why they are called: on record, once a day for each task.

The window of a lead asks anew all the time; what it was shown before is remembered here by each server for itself.
"""

from collections.abc import Sequence
from datetime import date
from threading import Lock

from core.domain.clock import local_day
from core.server.access.caller import Caller
from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.team.moving import desk_tasks
from core.wire.team import DeskTasks


class ShownDesks:
    """Tasks by who was shown them, of one day."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day: date | None = None
        self._shown: dict[str, set[str]] = {}

    def desk(self, database: Database, caller: Caller, staff_number: str) -> DeskTasks:
        """As `desk_tasks`, on record before anything is shown."""
        with database.read() as unit:
            found, day = desk_tasks(unit, caller, staff_number), local_day(unit.now)
        new = self._new(day, caller.staff_number, [one.task_id for one in found.tasks])
        if new:
            with database.write() as unit:
                audit.write(
                    unit, writer=caller.staff_number, action=Action.DESK_SEEN, object_=staff_number, ids=tuple(new)
                )
            with self._lock:
                self._shown.setdefault(caller.staff_number, set()).update(new)
        return found

    def _new(self, day: date, who: str, ids: Sequence[str]) -> list[str]:
        with self._lock:
            if day != self._day:
                self._day, self._shown = day, {}
            before = self._shown.get(who, set())
            return [one for one in ids if one not in before]
