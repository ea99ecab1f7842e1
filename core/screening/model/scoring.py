"""ID-04: the chance of leaving of every customer of a snapshot, by one model, written as a column beside it.

Block by block, so that the memory in use does not grow with the customers."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.applying import refuse_unfit, scores_of, too_many
from core.screening.model.blocks import Misfits, asked_columns, blocks, refuse_other_schema
from core.screening.model.drift import Today
from core.screening.model.reading import Floats
from core.screening.model.record import Record
from core.screening.snapshots.digests import digest_of
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import RISK, Scored, Scores
from core.screening.snapshots.writing import CUSTOMER_ID

if TYPE_CHECKING:
    from lightgbm import Booster

DRIFT_OF = 200_000
"""customers at most by whom drift is told: more say nothing more, and cost as much again as the score"""
_SCHEMA = pa.schema([pa.field(CUSTOMER_ID, pa.string()), pa.field(RISK, pa.float64())])
Progress = Callable[[int, int | None], None]


def score(
    record: Record, booster: "Booster", shelf: Shelf, snapshot: Snapshot, scores: Scores, *, at: datetime,
    progress: Progress,
) -> Scored:  # fmt: skip
    """The column at its place. What the model said of the snapshot already is worked out anew.

    Raises InputError where the snapshot is of another schema than the model was trained on: nothing is written then."""
    path = shelf.path(snapshot.id)
    refuse_other_schema(record.columns, path)
    asked, misfits = asked_columns(record, booster), Misfits()
    today, every = Today(record.columns, asked), max(1, -(-snapshot.rows // DRIFT_OF))
    place = scores.path(snapshot.id, record.id)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = place.with_suffix(".partial")
    rows, total = 0, 0.0
    try:
        with pq.ParquetWriter(partial, _SCHEMA, compression="zstd") as writer:
            for batch, figures in blocks(record, asked, path, local_day(snapshot.taken_at), misfits):
                chances = chances_of(record, booster, figures)
                ids = batch.column(CUSTOMER_ID)
                writer.write_batch(pa.record_batch([ids, pa.array(chances)], schema=_SCHEMA))
                # Each so-manieth customer of the file, wherever a block begins.
                today.add(figures[-rows % every :: every])
                rows, total = rows + batch.num_rows, total + float(chances.sum())
                progress(rows, snapshot.rows)
        retyped = [
            one for one in asked if too_many(one, misfits.filled.get(one.name, 0), misfits.other.get(one.name, 0))
        ]
        refuse_unfit(record.columns, [], retyped, [])
        _refuse_short(rows, snapshot)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.chmod(0o400)
        # While the record is away the snapshot counts as not scored, and never as altered.
        scores.record(snapshot.id, record.id).unlink(missing_ok=True)
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
    scored = Scored(
        snapshot=snapshot.id, snapshot_sha256=snapshot.sha256, model=record.id, trees_sha256=record.trees_sha256,
        at=at, rows=rows, sha256=digest_of(place), size=place.stat().st_size, mean=total / rows if rows else None,
        shifts=[one for one in today.shifts(trained_on=record.source.trained) if one.seen], shifts_of=today.rows,
    )  # fmt: skip
    scores.keep(scored)
    return scored


def chances_of(record: Record, booster: "Booster", figures: Floats) -> Floats:
    """Probabilities of leaving, calibrated."""
    return np.asarray(record.curve.chance(scores_of(record, booster, figures)), dtype=np.float64)


def _refuse_short(rows: int, snapshot: Snapshot) -> None:
    if rows != snapshot.rows:
        raise InputError(
            title=Text("快照被改动", "The snapshot was altered"),
            message=Text(
                f"快照 {snapshot.id} 应有 {snapshot.rows} 位客户，读到 {rows} 位。",
                f"Snapshot {snapshot.id} should have {snapshot.rows} customers; {rows} were read.",
            ),
            next_step=Text("请重新取一次快照。", "Take a snapshot anew."),
        )
