"""Writing a snapshot batch by batch: the memory in use does not grow with the customers."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from core.domain.factor import Factor, Library
from core.screening.snapshots.columns import ARROW, column_of
from core.screening.snapshots.record import Seen

CUSTOMER_ID = "customer_id"
TAKEN_AT, OWNER, TENANT = "taken_at", "owner", "tenant"
"""keys of the file's own metadata"""
GROUP = 20_000
"""customers in a row group: what stands in memory at once"""


class Tally:
    """Running figures of one factor."""

    def __init__(self) -> None:
        self.filled = self.unusable = 0
        self.total = self.squares = 0.0
        self.counts = False

    def add(self, values: pa.Array, unusable: int) -> None:
        self.filled += len(values) - values.null_count
        self.unusable += unusable
        if pa.types.is_string(values.type) or pa.types.is_date(values.type):
            return
        figures = np.asarray(values.drop_null().to_numpy(zero_copy_only=False), dtype=np.float64)
        self.counts = True
        self.total += float(figures.sum())
        self.squares += float(np.dot(figures, figures))

    def seen(self) -> Seen:
        if not self.counts or not self.filled:
            return Seen(filled=self.filled, unusable=self.unusable)
        mean = self.total / self.filled
        spread = max(self.squares / self.filled - mean * mean, 0.0) ** 0.5
        return Seen(filled=self.filled, unusable=self.unusable, mean=mean, deviation=spread)


class SnapshotWriter:
    """Writes beside the place and moves there once all is written: a snapshot is whole or is not there."""

    def __init__(self, path: Path, library: Library, *, taken_at: datetime, owner: str, tenant: str) -> None:
        self.path, self.partial = path, path.with_suffix(".partial")
        self.factors: list[Factor] = sorted(
            (one for one in library.factors.values() if one.working is None and one.name != CUSTOMER_ID),
            key=lambda one: one.name,
        )
        fields = [pa.field(CUSTOMER_ID, pa.string(), nullable=False)]
        fields += [pa.field(one.name, ARROW[one.kind]) for one in self.factors]
        marks = {TAKEN_AT: taken_at.astimezone(UTC).isoformat(), OWNER: owner, TENANT: tenant}
        self.schema = pa.schema(fields, metadata=marks)
        self.rows = 0
        self.rows_of: dict[str, int] = dict.fromkeys(library.sources, 0)
        self._tallies = {one.name: Tally() for one in self.factors}
        self._waiting: list[pa.RecordBatch] = []
        self._writer = pq.ParquetWriter(self.partial, self.schema, compression="zstd")

    def __enter__(self) -> "SnapshotWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._writer.close()
        if kind is not None:
            self.partial.unlink(missing_ok=True)

    def add(self, customer_ids: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
        """Customers with what is known of them by name of the factor, each customer once in the whole snapshot."""
        columns: list[pa.Array] = [pa.array(customer_ids, type=pa.string())]
        filled: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
        for factor in self.factors:
            values, unusable = column_of(factor.kind, [row.get(factor.name) for row in rows])
            self._tallies[factor.name].add(values, unusable)
            columns.append(values)
            valid = values.is_valid().to_numpy(zero_copy_only=False)
            filled[factor.source] = filled[factor.source] | valid if factor.source in filled else valid
        for source, valid in filled.items():
            self.rows_of[source] += int(valid.sum())
        self.rows += len(customer_ids)
        self._waiting.append(pa.RecordBatch.from_arrays(columns, schema=self.schema))
        if sum(batch.num_rows for batch in self._waiting) >= GROUP:
            self._flush()

    def finish(self) -> dict[str, Seen]:
        """The file at its place, which nobody writes to again; what was seen of each factor."""
        self._flush()
        self._writer.close()
        with self.partial.open("rb+") as file:
            os.fsync(file.fileno())
        self.partial.chmod(0o400)
        self.partial.replace(self.path)
        return {name: tally.seen() for name, tally in self._tallies.items()}

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting), row_group_size=GROUP)
            self._waiting.clear()
