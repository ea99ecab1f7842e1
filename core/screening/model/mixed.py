"""Columns that hold figures on some rows and words on others, as where a system was changed: `3`, then `三个月`."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from msgspec import Struct

from core.screening.model.cells import numbers
from core.screening.model.columns import Kind, kind_of
from core.screening.model.reading import blank

_SOME = 0.1
"""share of the filled cells from which on figures are no slip"""
_DIFFERENT = 10
"""figures: of fewer they are names, such as grades and grids"""


class Mixed(Struct, frozen=True, kw_only=True):
    column: str
    figures: int
    words: int
    """rows that hold the one, and the other"""
    example: str


def mixed(frame: pd.DataFrame, names: Iterable[str]) -> Iterator[Mixed]:
    """Those of these columns that are learnt from as words."""
    for name in names:
        values = frame[name]
        if kind_of(name, values)[0] is not Kind.WORD:
            continue
        read, strange = numbers(values)
        figures = read[np.isfinite(read)]
        if len(figures) >= _SOME * (~blank(values)).sum() and len(np.unique(figures)) >= _DIFFERENT and strange.any():
            example = str(values[strange].iloc[0]).strip()
            yield Mixed(column=name, figures=len(figures), words=int(strange.sum()), example=example)
