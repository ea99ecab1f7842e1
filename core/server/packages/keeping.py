"""What the server does of packages unasked: tells leads how they stand, once a day and whoever comes to lead a team."""

from contextlib import suppress
from hashlib import sha256

import msgspec

from core.domain.clock import local_day
from core.server.db import settings
from core.server.db.engine import Database, Unit
from core.server.packages.faults import tell_faults
from core.server.packages.snapshot import SnapshotEmpty, take, taken
from core.server.packages.standing import packages, tell
from core.server.packages.telling import planners
from core.server.team.teams import every_lead

_TOLD = "packages_told"
"""setting: the day on which leads were told last, and a digest of who they were"""


def keep_packages(database: Database) -> int:
    """Tell of denied saves at once, and how packages stand once a day; who leads a team, stands in or plans since then
    need not wait for the next. How many standings changed."""
    tell_faults(database)
    with database.read() as unit:
        now = _day_and_readers(unit)
        if settings.read(unit, _TOLD) == now:
            return 0
    changed = tell(database)
    with database.write() as unit:
        settings.write(unit, _TOLD, now)
    return changed


def _day_and_readers(unit: Unit) -> str:
    led = sorted((team, sorted(staff)) for team, staff in every_lead(unit).items())
    told = msgspec.json.encode((led, sorted(planners(unit))))
    return f"{local_day(unit.now).isoformat()} {sha256(told).hexdigest()[:16]}"


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
