"""A snapshot's columns as the figures that a model asks for, a block of customers at a time, straight from Arrow's own
types: what `columns.matrix` gives of a list. Columns that the model never asks are not read at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.screening.model.applying import refuse_unfit
from core.screening.model.cells import YEARS
from core.screening.model.columns import Column, Kind, encoded, unusable
from core.screening.model.reading import BLANK, Floats
from core.screening.model.record import Learner, Record
from core.screening.snapshots.writing import CUSTOMER_ID

if TYPE_CHECKING:
    from lightgbm import Booster


ROWS = 20_000
"""customers in a block: what stands in memory at once"""
_EPOCH = date(1970, 1, 1)


class Columned(Protocol):
    """A kept model of whatever kind."""

    @property
    def columns(self) -> Sequence[Column]: ...


@dataclass(slots=True)
class Misfits:
    """How many cells were filled, and how many of another kind than in training, by column."""

    filled: dict[str, int] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, filled: int, other: int) -> None:
        self.filled[name] = self.filled.get(name, 0) + filled
        self.other[name] = self.other.get(name, 0) + other


def asked_columns(record: Record, booster: "Booster") -> list[Column]:
    """The columns whose values decide anything: a tree that never splits by a column reads none of it."""
    if record.used is not Learner.TREES:
        return list(record.columns)
    splits = booster.feature_importance("split")
    return [one for one, count in zip(record.columns, splits, strict=True) if count]


def refuse_other_schema(columns: Sequence[Column], path: Path) -> None:
    """By the file's own schema, before anything is read. Raises InputError where columns are missing or retyped."""
    schema = pq.read_schema(path)
    missing = [one.name for one in columns if one.name not in schema.names]
    retyped = [one for one in columns if one.name in schema.names and not _fits(one, schema.field(one.name).type)]
    refuse_unfit(columns, missing, retyped, [name for name in schema.names if name != CUSTOMER_ID])


def _fits(column: Column, kind: pa.DataType) -> bool:
    figure = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    if column.kind is Kind.DAY:
        return bool(pa.types.is_date(kind) or text)
    # Words of training may be figures by now, such as a code: whether they are the same words is seen as they are read.
    return bool(figure or text)


def blocks(
    record: Record, asked: Sequence[Column], path: Path, day: date, misfits: Misfits, *, rows: int = ROWS
) -> Iterator[tuple[pa.RecordBatch, Floats]]:
    """The file's rows in their order with their figures by the model's columns, NaN where a column is not asked."""
    names = [CUSTOMER_ID, *(one.name for one in asked)]
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=rows, columns=names, use_threads=False):
            yield batch, figures_of(record, asked, batch, day, misfits)


def figures_of(
    record: Columned, asked: Sequence[Column], batch: pa.RecordBatch, day: date, misfits: Misfits
) -> Floats:  # fmt: skip
    """One row a customer of the batch."""
    places = {one.name: at for at, one in enumerate(record.columns)}
    out = np.full((batch.num_rows, len(record.columns)), np.nan)
    moment = float((day - _EPOCH).days)
    for one in asked:
        out[:, places[one.name]] = _figures(one, batch.column(one.name), moment, misfits)
    return out


def _figures(column: Column, values: pa.Array, moment: float, misfits: Misfits) -> Floats:
    kind = values.type
    if column.kind is Kind.WORD:
        return _places(column, values, misfits)
    if column.kind is Kind.DAY and pa.types.is_date(kind):
        return moment - _days(column, values, misfits)
    if column.kind is Kind.NUMBER and not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        found = _plain(values, pa.float64())
        return np.where(np.isfinite(found), found, np.nan)
    cells: pd.Series[str] = values.to_pandas()
    misfits.add(column.name, len(values) - values.null_count, int(unusable(column, cells).sum()))
    return encoded(column, cells, np.full(len(values), moment))


def _plain(values: pa.Array, kind: pa.DataType) -> Floats:
    cast = pc.cast(values, kind)
    return np.asarray(cast.to_numpy(zero_copy_only=False), dtype=np.float64)


def _days(column: Column, values: pa.Array, misfits: Misfits) -> Floats:
    found = _plain(pc.cast(pc.cast(values, pa.date32()), pa.int32()), pa.float64())
    first, last = ((date(year, 1, 1) - _EPOCH).days for year in (YEARS[0], YEARS[1] + 1))
    kept = np.where((found >= first) & (found < last), found, np.nan)
    misfits.add(column.name, len(values) - values.null_count, int((np.isnan(kept) & ~np.isnan(found)).sum()))
    return kept


def _places(column: Column, values: pa.Array, misfits: Misfits) -> Floats:
    """Each word is looked at once, however many customers have it."""
    coded = values.dictionary_encode()
    levels = {level: float(at) for at, level in enumerate(column.levels)}
    strange = float(len(column.levels))
    words = [_word(one) for one in coded.dictionary.to_pylist()]
    places = np.array([*(np.nan if one is None else levels.get(one, strange) for one in words), np.nan])
    found = places[np.asarray(pc.fill_null(coded.indices, len(words)).to_numpy(zero_copy_only=False), dtype=np.int64)]
    filled = ~np.isnan(found)
    misfits.add(column.name, int(filled.sum()), int((found[filled] == strange).sum()))
    return found


def _word(value: object) -> str | None:
    plain = str(value).strip()
    whole = plain.removesuffix(".0")
    if whole != plain and whole.removeprefix("-").isdigit():
        plain = whole
    return None if value is None or plain.casefold() in BLANK else plain
