"""What the child keeps between two questions: library, rules in use and newest snapshot, until they change."""

import hashlib
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select

from core.content.resources import folder
from core.domain.factor import Library
from core.screening.model.published import published_model
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import Scores
from core.server.db import planned_rules
from core.server.db.engine import Database, Unit
from core.server.db.schema import indicator_catalogue
from core.server.screening.rules import RulesInUse, rules_in_use
from core.server.screening.taking import library_of
from core.wire.screening import SnapshotSeen


class Known(Struct, frozen=True, kw_only=True):
    library: Library
    rules: RulesInUse
    snapshot: Snapshot | None
    stamp: tuple[object, ...]
    """another one wherever something of these has changed"""

    @property
    def seen(self) -> SnapshotSeen | None:
        one = self.snapshot
        return None if one is None else SnapshotSeen(id=one.id, taken_at=one.taken_at, customers=one.rows)


def _which(snapshot: Snapshot | None) -> tuple[str, str]:
    """With its digest: the file is another once somebody was erased from it."""
    return (snapshot.id, snapshot.sha256) if snapshot else ("", "")


class Knowing:
    def __init__(self, database: Database, data: Path, root: Path | None = None) -> None:
        self.database, self.shelf = database, Shelf(data, database.tenant)
        self.root = root or folder()
        self._known: Known | None = None
        self._library: tuple[str, Library] | None = None

    def now(self) -> Known:
        """Raises ContentError where a file of the content is wrong."""
        snapshot = self.shelf.newest()
        with self.database.read() as unit:
            brought = _brought(unit)
            stamp = (brought, *planned_rules.stamp(unit), *_which(snapshot), self._scored(snapshot))
            if self._known is None or self._known.stamp != stamp:
                library = self._library_of(unit, brought)
                rules = rules_in_use(unit, library, self.root)
                self._known = Known(library=library, rules=rules, snapshot=snapshot, stamp=stamp)
        return self._known

    def _scored(self, snapshot: Snapshot | None) -> str:
        """The model that counts, once it has scored the snapshot: its chances stand for a factor from then on."""
        model = published_model(self.shelf.data, self.shelf.tenant)
        if snapshot is None or not model:
            return ""
        return model if Scores(self.shelf.data, self.shelf.tenant).record(snapshot.id, model).exists() else ""

    def _library_of(self, unit: Unit, brought: str) -> Library:
        if self._library is None or self._library[0] != brought:
            self._library = (brought, library_of(unit, self.root))
        return self._library[1]


def _brought(unit: Unit) -> str:
    """Names the indicators that lists and other systems brought."""
    table = indicator_catalogue
    bodies = unit.conn.execute(
        select(table.c.body).where(table.c.tenant_id == unit.tenant).order_by(table.c.source)
    ).scalars()
    digest = hashlib.sha256()
    for body in bodies:
        digest.update(body)
    return digest.hexdigest()
