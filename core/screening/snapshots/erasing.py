"""Customers who asked to be erased go out of the snapshots that were taken before (PIPL art. 47).

It is the one thing for which a snapshot is written again (DATA-02): the rest stays as it was taken, its record says how
many went and what the file was before. Figures of its columns stay as well: they name nobody.
"""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import structs

from core.domain import decoding
from core.domain.errors import InputError
from core.screening.snapshots.digests import digest_now, digest_of
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot, written
from core.screening.snapshots.scored import Scored, Scores
from core.screening.snapshots.writing import CUSTOMER_ID, GROUP

_PENDING = ".json.next"
"""ends the name of a record whose file is about to take the place of the former one"""


@dataclass(frozen=True, slots=True)
class Erased:
    """A snapshot without some customers, written beside the one that stands."""

    shelf: Shelf
    snapshot: Snapshot
    """as it will be recorded"""
    gone: int
    files: Mapping[Path, Path] = field(default_factory=dict)
    """by the place that each will take; nothing where nobody had to go"""
    scored: tuple[Scored, ...] = ()

    def put_in_place(self) -> None:
        """Readers find the one or the other. Cut short, `settle` brings it to its end; what models said of the snapshot
        then has to be worked out anew."""
        record, scores = self.shelf.record(self.snapshot.id), Scores(self.shelf.data, self.shelf.tenant)
        if self.gone:
            pending = _pending(record)
            pending.unlink(missing_ok=True)
            pending.write_bytes(written(self.snapshot))
            _to_disk(pending)
            # Rows and scores stand side by side: without its record a column of scores is not read.
            for one in self.scored:
                scores.record(one.snapshot, one.model).unlink(missing_ok=True)
            self.files[self.shelf.path(self.snapshot.id)].replace(self.shelf.path(self.snapshot.id))
        self.shelf.keep(self.snapshot)
        _pending(record).unlink(missing_ok=True)
        for one in self.scored:
            place = scores.path(one.snapshot, one.model)
            self.files[place].replace(place)
            scores.keep(one)


def without(shelf: Shelf, snapshot: Snapshot, customer_ids: Collection[str], *, until: datetime) -> Erased:
    """The snapshot without them, who were erased until then; nothing takes its place yet. Scores that fit the file no
    more go at once. Raises OSError, and ValueError where it is no Parquet file any more."""
    place = shelf.path(snapshot.id)
    if not _holds(place, customer_ids):
        return Erased(shelf, structs.replace(snapshot, erased_until=until), 0)
    # What somebody altered before stays altered: it loses the rows, and is not taken for whole by that.
    whole = digest_now(place) == snapshot.sha256
    partial, gone = _written(place, customer_ids)
    now = structs.replace(
        snapshot, rows=snapshot.rows - gone, sha256=digest_of(partial) if whole else snapshot.sha256,
        size=partial.stat().st_size, erased=snapshot.erased + gone, erased_until=until,
        taken_sha256=snapshot.taken_sha256 or snapshot.sha256,
    )  # fmt: skip
    files, scored, scores = {place: partial}, [], Scores(shelf.data, shelf.tenant)
    for model in scores.models(snapshot.id):
        one = _usable(scores, snapshot, model) if whole else None
        if one is None:
            # Nobody is called by them, and they are worked out again: they only must not keep who has to go.
            scores.forget(snapshot.id, model)
            continue
        column = scores.path(one.snapshot, one.model)
        bare, fewer = _written(column, customer_ids)
        scored.append(
            structs.replace(
                one, snapshot_sha256=now.sha256, rows=one.rows - fewer, sha256=digest_of(bare), size=bare.stat().st_size
            )
        )
        files[column] = bare
    return Erased(shelf, now, gone, files, tuple(scored))


def _usable(scores: Scores, snapshot: Snapshot, model: str) -> Scored | None:
    """What that model said of the file as it stands."""
    try:
        found = scores.find(snapshot.id, model)
    except InputError:
        return None
    if found is None or found.snapshot_sha256 != snapshot.sha256 or not scores.whole(found):
        return None
    return found


def settle(shelf: Shelf) -> None:
    """What was cut short while a snapshot took another's place: its record follows its file."""
    for pending in shelf.folder.glob(f"*{_PENDING}"):
        try:
            wanted = decoding.decode(pending.read_bytes(), Snapshot)
        except msgspec.DecodeError:
            # Cut off before it was whole: the file that it speaks of was not moved yet.
            pending.unlink()
            continue
        place = shelf.path(wanted.id)
        if place.exists() and digest_of(place) == wanted.sha256:
            shelf.keep(wanted)
        pending.unlink()


def _pending(record: Path) -> Path:
    return record.with_name(record.name.removesuffix(".json") + _PENDING)


def _holds(file: Path, customer_ids: Collection[str]) -> bool:
    wanted = pa.array(sorted(customer_ids), type=pa.string())
    with pq.ParquetFile(file) as whole:
        return any(
            pc.any(pc.is_in(whole.read_row_group(at, columns=[CUSTOMER_ID]).column(0), value_set=wanted)).as_py()
            for at in range(whole.num_row_groups)
        )


def _written(file: Path, customer_ids: Collection[str]) -> tuple[Path, int]:
    """The file without their rows, the others in their order: where it lies, and how many rows went. One group of rows
    stands in memory at once."""
    wanted = pa.array(sorted(customer_ids), type=pa.string())
    partial = file.with_name(f"{file.stem}.erased.partial")
    # What was cut short may be read-only, and is of no use.
    partial.unlink(missing_ok=True)
    gone = 0
    with (
        pq.ParquetFile(file) as whole,
        pq.ParquetWriter(partial, whole.schema_arrow, compression="zstd") as writer,
    ):
        for at in range(whole.num_row_groups):
            group = whole.read_row_group(at)
            theirs = pc.is_in(group.column(CUSTOMER_ID), value_set=wanted)
            if pc.any(theirs).as_py():
                rows = group.num_rows
                group = group.filter(pc.invert(theirs))
                gone += rows - group.num_rows
            writer.write_table(group, row_group_size=GROUP)
    _to_disk(partial)
    partial.chmod(0o400)
    return partial, gone


def _to_disk(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
