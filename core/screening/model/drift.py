"""How far today's customers are from those of training: the population stability index of each column.

PSI = Σ (today − then) · ln(today ÷ then) over the bins of training; above 0.1 watch, above 0.25 do not trust
(Siddiqi 2006). Each share is taken a little above 0, and an index has to be more than chance gives so few customers.
"""

from collections.abc import Sequence

import numpy as np

from core.screening.model.columns import Column, bin_count, bins
from core.screening.model.reading import Floats
from core.screening.model.shift import Shift

_LEAST = 1e-3


class Today:
    """Customers counted block by block: all of them never stand in memory at once."""

    def __init__(self, columns: Sequence[Column], asked: Sequence[Column] | None = None) -> None:
        """`asked`: those of the columns that are counted; all of them by default."""
        names = {one.name for one in (columns if asked is None else asked)}
        self._columns = [(at, one) for at, one in enumerate(columns) if one.name in names]
        self._counts = [np.zeros(bin_count(one), dtype=np.int64) for _, one in self._columns]
        self.rows = 0

    def add(self, figures: Floats) -> None:
        """One row a customer, by all of the columns, as `matrix` gives them."""
        self.rows += len(figures)
        for counts, (at, column) in zip(self._counts, self._columns, strict=True):
            counts += np.bincount(bins(column, figures[:, at]), minlength=len(counts))

    def shifts(self, *, trained_on: int) -> list[Shift]:
        """Every column that is counted, the one that moved most first; `trained_on`: rows of training."""
        found = []
        for counts, (_, column) in zip(self._counts, self._columns, strict=True):
            now = np.maximum(counts / max(1, self.rows), _LEAST)
            then = np.maximum(column.shares, _LEAST)
            now, then = now / now.sum(), then / then.sum()
            index = float(np.dot(now - then, np.log(now / then)))
            chance = (len(counts) - 1) * (1 / max(1, self.rows) + 1 / max(1, trained_on))
            found.append(Shift(column=column.name, index=index, by_chance=float(chance)))
        return sorted(found, key=lambda one: -one.index)


def shifts(columns: Sequence[Column], figures: Floats, *, trained_on: int) -> list[Shift]:
    """Of rows that stand in memory, as `Today` tells them."""
    today = Today(columns)
    today.add(figures)
    return today.shifts(trained_on=trained_on)
