"""How far today's customers are from those of training: the population stability index of each column.

PSI = Σ (today − then) · ln(today ÷ then) over the bins of training; above 0.1 watch, above 0.25 do not trust
(Siddiqi 2006). Each share is taken a little above 0, and an index has to be more than chance gives so few customers.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from core.screening.model.columns import Column, bin_count, shares
from core.screening.model.reading import Floats

WATCH, MISTRUST = 0.1, 0.25
_LEAST = 1e-3
_CHANCE = 3.0


class Shift(Struct, frozen=True, kw_only=True):
    """One column then and now."""

    column: str
    index: float
    by_chance: float
    """what so few customers would give if nothing had moved"""

    @property
    def far(self) -> bool:
        return self.index > max(MISTRUST, _CHANCE * self.by_chance)

    @property
    def seen(self) -> bool:
        return self.index > max(WATCH, _CHANCE * self.by_chance)


def shifts(columns: Sequence[Column], figures: Floats, *, trained_on: int) -> list[Shift]:
    """Every column, the one that moved most first. `figures`: one row a customer, by `columns`, as `matrix` gives
    them; `trained_on`: rows of training."""
    found = []
    for at, column in enumerate(columns):
        now = np.maximum(shares(column, figures[:, at]), _LEAST)
        then = np.maximum(column.shares, _LEAST)
        now, then = now / now.sum(), then / then.sum()
        index = float(np.dot(now - then, np.log(now / then)))
        chance = (bin_count(column) - 1) * (1 / max(1, len(figures)) + 1 / max(1, trained_on))
        found.append(Shift(column=column.name, index=index, by_chance=float(chance)))
    return sorted(found, key=lambda one: -one.index)
