"""Cells that look like a day and are none: of year 0, of month 13, of a year that nobody meant."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from msgspec import Struct

from core.screening.model.cells import days, like_days, numbers
from core.screening.model.columns import Kind, kind_of
from core.screening.model.reading import Flags, blank

_MEANT = 0.5
"""share of the filled cells that look like days, of a column that is meant to hold days"""


class NoDays(Struct, frozen=True, kw_only=True):
    """A column that says of some rows what is no day."""

    column: str
    rows: int
    example: str
    as_words: bool
    """so many are none that the column is learnt from as words"""


def no_days(frame: pd.DataFrame, names: Iterable[str]) -> Iterator[NoDays]:
    """Those of these columns."""
    for name in names:
        values = frame[name]
        kind, compact = kind_of(name, values)
        if kind is Kind.NUMBER:
            continue
        wrong = days(values, compact=compact)[1] if kind is Kind.DAY else _wrong(values)
        if wrong.any():
            example = str(values[wrong].iloc[0]).strip()
            yield NoDays(column=name, rows=int(wrong.sum()), example=example, as_words=kind is Kind.WORD)


def _wrong(values: "pd.Series[str]") -> Flags:
    """Of words: none where the column is not meant to hold days."""
    # 1889.5 is a figure, though 1999.5 could be a month.
    like = like_days(values) & numbers(values)[1]
    if like.sum() <= _MEANT * (~blank(values)).sum():
        return np.zeros(len(values), dtype=bool)
    return days(values, compact=False)[1]
