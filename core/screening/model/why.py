"""Why a model thinks so, in words, of the customers of a snapshot who are going to be called, and of nobody else:
contributions cost a hundred times the score."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from core.domain.clock import local_day
from core.domain.factor import Factor
from core.domain.text import Text
from core.screening.model.applying import contributions
from core.screening.model.blocks import Misfits, asked_columns, figures_of
from core.screening.model.reasons import reasons
from core.screening.model.record import Record
from core.screening.model.sampling import rows_of, these
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID

if TYPE_CHECKING:
    from lightgbm import Booster

_AT_ONCE = 2_000
"""customers whose contributions stand in memory"""


def why(
    record: Record, booster: "Booster", path: Path, snapshot: Snapshot, customers: Collection[str],
    factors: Mapping[str, Factor],
) -> dict[str, tuple[Text, ...]]:  # fmt: skip
    """By customer what raised the chance, the strongest first; of whom the file does not hold nothing is said."""
    asked = asked_columns(record, booster)
    names = [CUSTOMER_ID, *(one.name for one in asked)]
    labels = {name: one.label for name, one in factors.items()}
    found: dict[str, tuple[Text, ...]] = {}
    for part in _parts(path, names, customers):
        figures = figures_of(record, asked, part, local_day(snapshot.taken_at), Misfits())
        added = contributions(record, booster, figures)
        for at, customer_id in enumerate(part.column(CUSTOMER_ID).to_pylist()):
            found[customer_id] = tuple(reasons(record.columns, figures[at], added[at], labels, factors=factors))
    return found


def _parts(path: Path, names: list[str], customers: Collection[str]) -> Iterator[pa.RecordBatch]:
    if not customers:
        return
    for table in rows_of(path, names, these(customers)):
        yield from table.combine_chunks().to_batches(max_chunksize=_AT_ONCE)
