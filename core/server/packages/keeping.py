"""What the server does of packages unasked: tells leads once a day how they stand."""

from contextlib import suppress

from core.domain.clock import local_day
from core.server.db import settings
from core.server.db.engine import Database
from core.server.packages.faults import tell_faults
from core.server.packages.snapshot import SnapshotEmpty, take, taken
from core.server.packages.standing import packages, tell

_TOLD = "packages_told"
"""setting: the day on which leads were told last"""


def keep_packages(database: Database) -> int:
    """Tell of denied saves at once, and once a day how packages stand; how many standings changed."""
    tell_faults(database)
    with database.read() as unit:
        today = local_day(unit.now).isoformat()
        if settings.read(unit, _TOLD) == today:
            return 0
    changed = tell(database)
    with database.write() as unit:
        settings.write(unit, _TOLD, today)
    return changed


def begin_packages(database: Database, *, by: str) -> None:
    """Take the snapshot of every published package that has none, and tell how they stand: for the demo's city."""
    with database.read() as unit:
        waiting = [one for one in packages(unit) if not taken(unit, one.id)]
    for package in waiting:
        # A small city may hold nobody whom a package is about: it then has no snapshot to show.
        with suppress(SnapshotEmpty):
            take(database, package, by=by)
    tell(database)
    tell_faults(database)
