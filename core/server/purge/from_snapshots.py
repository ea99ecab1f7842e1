"""Who asked to be erased goes out of the snapshots too: at once by the command, and out of any that comes later.

Nothing but the tables of who was erased and the records beside the files says what is still to be done: whatever cuts
it short, the next one goes on.
"""

import hashlib
from collections.abc import Mapping, Set
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct
from sqlalchemy import update

from core.domain.errors import InputError
from core.screening.snapshots.erasing import Erased, settle, without
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot, written
from core.screening.snapshots.scored import Scores
from core.server.db import audit, past
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import written_file
from core.server.holding import by_turns
from core.server.purge.at_night import no_longer, waiting

_LATE = timedelta(days=1)
"""longer than any transaction of an erasure"""


class Taken(Struct, frozen=True, kw_only=True):
    """Out of which snapshots."""

    snapshots: int = 0
    rows: int = 0
    left: tuple[str, ...] = ()
    """snapshots that could not be read or written: who asked is still in them"""


def take_out(database: Database, data: Path, *, by: str) -> Taken:
    """All who asked, of all snapshots that are older than that; on record. A snapshot that cannot be read or written
    holds up none of the others. Raises InputError where a record cannot be read."""
    with database.read() as unit:
        waited = waiting(unit)
        asked = past.asked(unit)
        # A warehouse may go on delivering who is gone here; who came back with a list is in what was taken since.
        gone = past.gone_of(unit, asked)
    shelf = Shelf(data, database.tenant)
    done = list[Taken]()
    if asked and shelf.folder.is_dir():
        with by_turns(shelf.folder):
            settle(shelf)
            done = [_of_one(database, shelf, one, asked, gone, by=by) for one in shelf.all()]
    taken = Taken(
        snapshots=sum(one.snapshots for one in done), rows=sum(one.rows for one in done),
        left=tuple(name for one in done for name in one.left),
    )  # fmt: skip
    if waited and not taken.left:
        with database.write() as unit:
            no_longer(unit, waited)
    return taken


def _of_one(
    database: Database, shelf: Shelf, snapshot: Snapshot, asked: Mapping[str, datetime], gone: Set[str], *, by: str
) -> Taken:
    since = snapshot.erased_until
    # A moment is that of a transaction's begin: one that ended after the last look may have begun before it.
    new = {who: at for who, at in asked.items() if since is None or at > since - _LATE}
    new = {who: at for who, at in new.items() if who in gone or at >= snapshot.taken_at}
    if not new or not shelf.path(snapshot.id).exists():
        return Taken()
    try:
        erased = without(shelf, snapshot, new, until=max([*new.values(), *([since] if since else [])]))
        _put(database, erased, snapshot, by=by)
    except (InputError, OSError, ValueError):
        # What cannot be read as Parquet is a ValueError.
        return Taken(left=(snapshot.id,))
    return Taken(snapshots=int(erased.gone > 0), rows=erased.gone)


def _put(database: Database, erased: Erased, before: Snapshot, *, by: str) -> None:
    shelf, scores = erased.shelf, Scores(erased.shelf.data, erased.shelf.tenant)
    with database.write() as unit:
        # Before the files move: what is cut short here is done once more, what is cut short there is not forgotten.
        _renote(unit, shelf.path(before.id), bytes.fromhex(erased.snapshot.sha256))
        _renote(unit, shelf.record(before.id), hashlib.sha256(written(erased.snapshot)).digest())
        for one in erased.scored:
            _renote(unit, scores.path(one.snapshot, one.model), bytes.fromhex(one.sha256))
            _renote(unit, scores.record(one.snapshot, one.model), hashlib.sha256(written(one)).digest())
        if erased.gone:
            audit.write(
                unit, writer=by, action=Action.SNAPSHOT_ERASED, object_=before.id, rows=erased.gone,
                sha256=erased.snapshot.sha256, before=before.sha256,
            )  # fmt: skip
    erased.put_in_place()


def _renote(unit: Unit, place: Path, digest: bytes) -> None:
    """The same file, from the same day: its period does not begin anew. Whichever machine noted it: those that share a
    database share the folder."""
    file = written_file.c
    mine = (file.tenant_id == unit.tenant, file.path == str(place.absolute()))
    unit.conn.execute(update(written_file).where(*mine).values(digest=digest))
