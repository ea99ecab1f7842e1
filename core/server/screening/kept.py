"""What becomes of a snapshot's file once it is written: judged against those before, recorded, on record."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.domain.data_periods import Kept
from core.domain.factor import Library
from core.domain.text import Text
from core.screening.snapshots.digests import digest_of
from core.screening.snapshots.health import Arrival, judge
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Fault, FaultKind, Seen, Snapshot
from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.purge.files import note_written
from core.server.purge.from_snapshots import take_out
from core.server.screening.measures import measured_by


def keep(
    database: Database, shelf: Shelf, library: Library, snapshot_id: str, *, taken_at: datetime, rows: int,
    columns: Mapping[str, Seen], rows_of: Mapping[str, int], arrivals: Mapping[str, Arrival], by: str,
    absent: Sequence[str] = (), files: Sequence[str] = (),
) -> Snapshot:  # fmt: skip
    """The record of the file that lies at its place. `absent` are factors that a delivery of `files` did not hold."""
    earlier, path = shelf.before(taken_at), shelf.path(snapshot_id)
    with database.read() as unit:
        measures = measured_by(unit, earlier, taken_at)
    judged = judge(library, columns, rows_of, rows=rows, taken_at=taken_at, arrivals=arrivals, earlier=measures)
    lacking = frozenset(absent)
    faults = [one for one in judged.faults if one.factor not in lacking]
    faults += [_absent(library, name) for name in absent]
    snapshot = Snapshot(
        id=snapshot_id, owner=by, taken_at=taken_at, rows=rows, sha256=digest_of(path), size=path.stat().st_size,
        before=earlier[-1].id if earlier else "", columns=dict(columns), sources=judged.sources, faults=faults,
        tenant=database.tenant,
    )  # fmt: skip
    shelf.keep(snapshot)
    shelf.sweep(database.clock())
    with database.write() as unit:
        audit.write(
            unit, writer=by, action=Action.SNAPSHOT_TAKEN, object_=snapshot.id, rows=snapshot.rows,
            sha256=snapshot.sha256, faults=len(snapshot.faults), files=len(files),
        )  # fmt: skip
        # With its record: without the one the other would be taken for damaged.
        for file in (shelf.record(snapshot_id), path):
            note_written(unit, Kept.SNAPSHOTS, file)
    # Of a day past, or begun before somebody was erased: it may hold who asked since.
    return shelf.named(snapshot.id) if take_out(database, shelf.data, by=by).rows else snapshot


def _absent(library: Library, name: str) -> Fault:
    factor = library.factors[name]
    why = Text(f"没有送来“{factor.label.zh}”", f"“{factor.label.en}” was not delivered")
    return Fault(kind=FaultKind.ABSENT, source=factor.source, factor=name, why=why)
