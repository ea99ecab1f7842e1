"""When each desk last asked the server for anything: noted in memory with each request, kept now and then.

A request must never wait for a write: on SQLite an import may hold the database for seconds.
"""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock

from core.server.db import presence
from core.server.db.engine import Database


class Hearing:
    """Of one server process. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._heard: dict[str, datetime] = {}

    def note(self, staff_number: str, at: datetime) -> None:
        with self._lock:
            self._heard[staff_number] = at

    def all(self) -> Mapping[str, datetime]:
        with self._lock:
            return dict(self._heard)

    def keep(self, database: Database) -> None:
        """What a restarted server, or another process beside it, is to know."""
        heard = self.all()
        if heard:
            with database.write() as unit:
                presence.hear(unit, heard)
