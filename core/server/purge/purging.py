"""A purge: each kind in its turn, an entry in the audit, then the bytes beneath. Cut short, the next one goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.data_periods import DataPeriods, Kept
from core.server.db import audit, settings
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.purge import steps
from core.server.purge.bytes import Cleaned, clean
from core.server.purge.files import Named, files
from core.server.purge.orders import orders
from core.server.purge.periods import periods
from core.server.purge.steps import Run
from core.server.purge.words import old_words

_UNCLEAN = "purge_unclean"
"""setting: rows went whose bytes may still be there"""
FILES = (Kept.SNAPSHOTS, Kept.EXPORTS, Kept.REJECTS, Kept.BACKUPS)


@dataclass(frozen=True, slots=True)
class Purged:
    """What came of it."""

    counts: dict[Kept, int]
    periods: DataPeriods
    named: Named
    finished: bool
    """False where it was stopped: the next one goes on"""
    cleaned: Cleaned | None = None
    """None where nothing of the database went"""

    @property
    def rows(self) -> int:
        """Of the database."""
        return sum(count for kind, count in self.counts.items() if kind not in FILES)


@dataclass(slots=True)
class _Stopping:
    """Whether somebody wanted to stop, and so something may be left."""

    asked: Callable[[], bool]
    stopped: bool = field(default=False)

    def __call__(self) -> bool:
        self.stopped = self.stopped or self.asked()
        return self.stopped


def purge(
    database: Database,
    *,
    by: str,
    really: bool = True,
    stop: Callable[[], bool] = lambda: False,
    report: Callable[[Kept, int], None] = lambda _kind, _done: None,
    cleaning: bool = True,
) -> Purged:
    """All that has been kept for longer than its period; `really` False: counted alone.

    `cleaning` False leaves the bytes to a later run. Raises ContentError where the site's periods cannot be read.
    """
    with database.read() as unit:
        kept, now = periods(unit), unit.now
    stopping, named = _Stopping(stop), Named()
    run = Run(database=database, really=really, stop=stopping, report=report)
    counts = {kind: _step(run, kind, kept.before(kind, now), named) for kind in Kept}
    found = Purged(counts, kept, named, finished=not stopping.stopped)
    if not really:
        return found
    if any(counts.values()):
        _put_on_record(database, found, by=by)
    if not cleaning or stopping.stopped or not _is_unclean(database):
        return found
    return Purged(counts, kept, named, finished=True, cleaned=clean_up(database))


def clean_up(database: Database) -> Cleaned:
    """Rows are gone: now their bytes. Raises SQLAlchemy's or SQLite's errors, and is then tried again."""
    cleaned = clean(database)
    # A journal that somebody reads, or that is not ours to empty, is written over in its own time.
    if cleaned.pages:
        with database.write() as unit:
            settings.write(unit, _UNCLEAN, "")
    return cleaned


def note_unclean(unit: Unit) -> None:
    """Rows went in this transaction: a purge that is cut short leaves their bytes to the next."""
    settings.write(unit, _UNCLEAN, "1")


def _is_unclean(database: Database) -> bool:
    with database.read() as unit:
        return bool(settings.read(unit, _UNCLEAN))


def _step(run: Run, kind: Kept, before: datetime, named: Named) -> int:
    match kind:
        case Kept.CUSTOMERS:
            return steps.customers(run, before)
        case Kept.NOTES:
            return old_words(run, kind, before)
        case Kept.NUMBERS:
            return steps.numbers(run, before) + old_words(run, kind, before)
        case Kept.ORDERS:
            return orders(run, before)
        case Kept.ASIDE:
            return steps.aside(run, before)
        case Kept.AUDIT:
            return steps.audit(run, before)
        case Kept.SESSIONS:
            return steps.sessions(run, before)
        case Kept.SNAPSHOTS | Kept.EXPORTS | Kept.REJECTS | Kept.BACKUPS:
            return files(run, kind, before, named)


def _put_on_record(database: Database, found: Purged, *, by: str) -> None:
    gone: dict[str, int] = {kind.value: count for kind, count in found.counts.items() if count}
    with database.write() as unit:
        audit.write(unit, writer=by, action=Action.PURGED, object_="", **gone)
        if found.rows:
            note_unclean(unit)
