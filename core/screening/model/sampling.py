"""As many of a snapshot's customers as memory has room for, drawn by a hash of their id: a customer is drawn in every
snapshot or in none, and those drawn of few snapshots are among those drawn of fewer. Read a row group at a time."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.domain.clock import local_day
from core.screening.model.reading import Flags, Listed
from core.screening.model.splitting import keys_of
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID, TAKEN_AT

MOST_CELLS = 24_000_000
"""rows times columns that are learnt from at once: learning holds each cell about eight times over, 8 bytes each"""
_KEYS = 2.0**53
_FEW = 20_000
Kept = tuple[Snapshot, Path]
Wanted = Callable[[pa.ChunkedArray], Flags]
"""ids of customers; which of them are wanted"""


def rows_of(path: Path, names: Sequence[str], wanted: Wanted) -> Iterator[pa.Table]:
    """Those columns of the customers who are wanted, in the file's order, a row group at a time; groups that hold none
    of them are passed over."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            ids = file.read_row_group(group, columns=[CUSTOMER_ID], use_threads=False).column(CUSTOMER_ID)
            held = np.flatnonzero(wanted(ids))
            if len(held):
                table = file.read_row_group(group, columns=list(names), use_threads=False)
                yield table.take(pa.array(held))


def these(customers: Collection[str]) -> Wanted:
    """Nobody but them."""
    if len(customers) > _FEW:
        # Arrow hashes the whole of them again for each row group: a million took a minute over 5 M rows, and so 1 s.
        known = frozenset(customers)
        return lambda ids: np.fromiter(map(known.__contains__, ids.to_pylist()), dtype=bool, count=len(ids))
    wanted = pa.array(sorted(customers), type=pa.string())
    return lambda ids: pc.is_in(ids, value_set=wanted).to_numpy()


def part(share: float) -> Wanted:
    """That part of everybody."""
    # The highest bits: which fold a customer is of hangs on the lowest.
    return lambda ids: keys_of(ids.to_pandas()).astype(np.float64) < share * _KEYS


def filled(snapshots: Sequence[Kept]) -> list[str]:
    """The columns of any of them that hold a value, the customer's id first: an empty one only takes room."""
    names: dict[str, None] = {CUSTOMER_ID: None}
    for snapshot, path in snapshots:
        empty = {name for name, seen in snapshot.columns.items() if not seen.filled}
        names |= dict.fromkeys(one for one in pq.read_schema(path).names if one not in empty)
    return list(names)


def share_of(snapshots: Sequence[Kept], columns: int, most_cells: int = MOST_CELLS) -> float:
    """Which part of their customers there is room for, 0…1."""
    cells = sum(one.rows for one, _path in snapshots) * columns
    return min(1.0, most_cells / max(1, cells))


def drawn(path: Path, names: Sequence[str], wanted: Wanted) -> pd.DataFrame:
    """Those of the columns that the file has, of the customers who are wanted; types as pandas has them of Parquet."""
    there = pq.read_schema(path)
    known = [one for one in names if one in there.names]
    schema = pa.schema([there.field(one) for one in known])
    tables = rows_of(path, known, wanted)
    frame: pd.DataFrame = pa.concat_tables([schema.empty_table(), *tables]).to_pandas(ignore_metadata=True)
    return frame


def drawn_list(snapshot: Snapshot, path: Path) -> Listed:
    """A snapshot as a list of its day, no larger than there is room for."""
    names = filled([(snapshot, path)])
    frame = drawn(path, names, part(share_of([(snapshot, path)], len(names))))
    frame[TAKEN_AT] = local_day(snapshot.taken_at).isoformat()
    return Listed(frame, path.name, snapshot.as_taken, of=snapshot.rows if len(frame) < snapshot.rows else 0)
