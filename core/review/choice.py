"""What of a frame is looked at: a period, and who, where, what about. And the period before it, to compare with."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from core.review.frame import Array, Frame, Table, number_of

DIMENSIONS = ("team", "role", "agent", "scenario", "campaign", "area", "tier", "value", "dealer")
"""columns by which a review chooses and groups; every table of the frame has them, or rows of calls"""


@dataclass(frozen=True, slots=True)
class Choice:
    """Days from `first` to `last`, both included. Of a dimension no word stands for all."""

    first: date
    last: date
    team: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    scenario: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    dealer: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Choice":
        """The same over as many days right before."""
        return replace(self, first=self.first - timedelta(days=self.days), last=self.first - timedelta(days=1))

    def words(self, dimension: str) -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(self, dimension)
        return found

    def narrowed(self, dimension: str, word: str) -> "Choice":
        """The same of one word of a dimension alone."""
        narrower: dict[str, Any] = {dimension: (word,)}
        return replace(self, **narrower)


def rows_of(table: Table, choice: Choice) -> Array | None:
    """Indices of the rows chosen, in their order; None for all rows, which needs no copy of anything."""
    mask = _in_period(table, choice)
    for dimension in DIMENSIONS:
        words = choice.words(dimension)
        if words and dimension in table:
            wanted = np.zeros(max(len(table.words[dimension]), 1), dtype=bool)
            wanted[[code for word in words if (code := table.code(dimension, word)) >= 0]] = True
            chosen = wanted[table[dimension]]
            mask = chosen if mask is None else mask & chosen
    return None if mask is None or mask.all() else np.flatnonzero(mask)


def words_present(frame: Frame) -> dict[str, tuple[str, ...]]:
    """By dimension the words that calls have."""
    calls, found = frame.calls, {}
    for dimension in DIMENSIONS:
        codes = np.flatnonzero(np.bincount(calls[dimension], minlength=1))
        found[dimension] = tuple(calls.words[dimension][code] for code in codes.tolist())
    return found


def _in_period(table: Table, choice: Choice) -> Array | None:
    day = table["day"]
    if not len(day):
        return np.zeros(0, dtype=bool)
    first, last = number_of(choice.first), number_of(choice.last)
    mask: Array = (day >= first) & (day <= last)
    return mask


def taken(values: Array, rows: Array | None) -> Array:
    """A column's values in the rows chosen."""
    return values if rows is None else values[rows]
