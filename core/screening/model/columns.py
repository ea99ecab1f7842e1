"""The columns that a model asks for: of which kind each is, what was seen of it in training, and cells as figures."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
from msgspec import Struct, structs

from core.screening.model.cells import days, never, numbers, timely
from core.screening.model.reading import Flags, Floats, Whole, blank

_AGREE = 0.95
"""share of filled cells that have to be figures, or days"""
MOST_LEVELS, FEWEST_OF_LEVEL = 200, 5
_BINS, _LOOK = 10, 200


class Kind(StrEnum):
    NUMBER = "number"
    DAY = "day"
    """learnt as days before the row's own day; before the newest of the list where rows have none"""
    WORD = "word"


class Column(Struct, frozen=True, kw_only=True):
    """One column as it was in training."""

    name: str
    kind: Kind
    compact: bool = False
    """days written as 20261123 or 202611"""
    levels: list[str] = []
    """of words, the most frequent first; all others are one"""
    edges: list[float] = []
    """of figures: where bins of about a tenth of the rows meet"""
    shares: list[float] = []
    """of the rows, by bin; the last has no value"""
    median: float | None = None


def kind_of(name: str, values: "pd.Series[str]") -> tuple[Kind, bool]:
    """The kind, and whether days are written without signs between."""
    there = values[~blank(values)]
    filled, first = len(there), there.head(_LOOK)
    if not filled:
        return Kind.WORD, False
    if values.dtype.kind == "b":
        return Kind.NUMBER, False
    for compact in (False, True) if timely(name) else (False,):
        # Most columns hold no days, which a few cells show.
        if np.isfinite(days(first, compact=compact)[0]).mean() < _AGREE / 2:
            continue
        found = np.isfinite(days(there, compact=compact)[0]).sum()
        if found and found >= _AGREE * (filled - never(there).sum()):
            return Kind.DAY, compact
    return (Kind.NUMBER if np.isfinite(numbers(there)[0]).sum() >= _AGREE * filled else Kind.WORD), False


def words(values: "pd.Series[str]") -> "pd.Series[str]":
    """Cells as words, None where there is none; 1.0 and 1 are one word."""
    plain = values.astype(str).str.strip().str.replace(r"^(-?\d+)\.0$", r"\1", regex=True)
    return plain.where(~blank(values), None)


def seen(name: str, values: "pd.Series[str]", moment: Floats) -> Column:
    """The column with what is seen of it; `moment` is each row's own day, NaN where none is known."""
    kind, compact = kind_of(name, values)
    bare = Column(name=name, kind=kind, compact=compact)
    if kind is Kind.WORD:
        counted = words(values).value_counts()
        levels = [str(one) for one in counted.index[counted >= FEWEST_OF_LEVEL][:MOST_LEVELS]]
        worded = structs.replace(bare, levels=levels)
        return _with_shares(worded, encoded(worded, values, moment))
    figures = encoded(bare, values, moment)
    known = figures[np.isfinite(figures)]
    cuts = np.unique(np.quantile(known, np.linspace(0, 1, _BINS + 1)[1:-1])) if len(known) else np.zeros(0)
    median = float(np.median(known)) if len(known) else None
    return _with_shares(structs.replace(bare, edges=[float(one) for one in cuts], median=median), figures)


def _with_shares(column: Column, figures: Floats) -> Column:
    return structs.replace(column, shares=shares(column, figures))


def encoded(column: Column, values: "pd.Series[str]", moment: Floats) -> Floats:
    """Figures, days before the row's own, or the place of a word among the levels; NaN where there is no value."""
    if column.kind is Kind.NUMBER:
        return numbers(values)[0]
    if column.kind is Kind.DAY:
        found_days = days(values, compact=column.compact)[0]
        newest = float(np.nanmax(found_days)) if np.isfinite(found_days).any() else np.nan
        return np.where(np.isfinite(moment), moment, newest) - found_days
    places = {level: float(at) for at, level in enumerate(column.levels)}
    found = words(values)
    out = found.map(places).to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isnan(out) & found.notna().to_numpy(dtype=bool), float(len(column.levels)), out)


def matrix(columns: Sequence[Column], frame: pd.DataFrame, moment: Floats) -> Floats:
    """One row a customer, a figure a column."""
    out = np.empty((len(frame), len(columns)), dtype=np.float64)
    for at, column in enumerate(columns):
        out[:, at] = encoded(column, frame[column.name], moment)
    return out


def bins(column: Column, figures: Floats) -> Whole:
    """In which bin each row lies; the last is for rows without a value."""
    known = np.isfinite(figures)
    if column.kind is Kind.WORD:
        return np.where(known, figures, len(column.levels) + 1).astype(np.int64)
    return np.where(known, np.searchsorted(column.edges, figures, side="left"), len(column.edges) + 1).astype(np.int64)


def bin_count(column: Column) -> int:
    return (len(column.levels) if column.kind is Kind.WORD else len(column.edges)) + 2


def shares(column: Column, figures: Floats) -> list[float]:
    """The share of the rows in each bin."""
    counted = np.bincount(bins(column, figures), minlength=bin_count(column))
    return [float(one) for one in counted / max(1, len(figures))]


def rare_words(column: Column) -> float:
    """Of the filled cells of training, the share of words too rare to be told apart, such as of a code of which nearly
    every customer has another."""
    if len(column.shares) != bin_count(column):
        return 0.0
    filled = 1 - column.shares[-1]
    return column.shares[len(column.levels)] / filled if filled > 0 else 0.0


def unusable(column: Column, values: "pd.Series[str]") -> Flags:
    """Cells that hold something of another kind than in training."""
    if column.kind is Kind.NUMBER:
        return numbers(values)[1]
    if column.kind is Kind.DAY:
        return days(values, compact=column.compact)[1] & ~never(values)
    found = words(values)
    return (found.notna() & ~found.isin(column.levels)).to_numpy(dtype=bool)
