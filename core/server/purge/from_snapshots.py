"""Who asked to be erased goes out of the snapshots too: at once by the command, and out of any that comes later.

Nothing but the tables of who was erased and the records beside the files says what is still to be done: whatever cuts
it short, the next one goes on.
"""

import hashlib
from pathlib import Path

from msgspec import Struct
from sqlalchemy import update

from core.screening.snapshots.erasing import Erased, settle, without
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot, written
from core.screening.snapshots.scored import Scores
from core.server.db import audit, past
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.schema import written_file
from core.server.purge.files import machine


class Taken(Struct, frozen=True, kw_only=True):
    """Out of which snapshots."""

    snapshots: int = 0
    rows: int = 0


def take_out(database: Database, data: Path, *, by: str) -> Taken:
    """All who asked, of all snapshots that are older than that; on record. Raises InputError where a record cannot be
    read, OSError where a file cannot be written."""
    with database.read() as unit:
        asked = past.asked(unit)
        # A warehouse may go on delivering who is gone here; who came back with a list is in what was taken since.
        gone = past.gone_of(unit, asked)
    shelf = Shelf(data, database.tenant)
    if not asked or not shelf.folder.is_dir():
        return Taken()
    settle(shelf)
    done = Taken()
    for snapshot in shelf.all():
        since = snapshot.erased_until
        new = {who: at for who, at in asked.items() if since is None or at > since}
        new = {who: at for who, at in new.items() if who in gone or at >= snapshot.taken_at}
        if not new or not shelf.path(snapshot.id).exists():
            continue
        erased = without(shelf, snapshot, new, until=max(new.values()))
        _put(database, erased, snapshot, by=by)
        if erased.gone:
            done = Taken(snapshots=done.snapshots + 1, rows=done.rows + erased.gone)
    return done


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
    """The same file, from the same day: its period does not begin anew."""
    file = written_file.c
    mine = (file.tenant_id == unit.tenant, file.machine == machine(), file.path == str(place.absolute()))
    unit.conn.execute(update(written_file).where(*mine).values(digest=digest))
