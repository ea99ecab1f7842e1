"""Counting: how many calls of each kind, for all that is chosen or for each group of it, in one pass over the rows.

The yes-or-no facts of a call that figures need are one pattern a row, and few patterns occur: a group-by counts rows by
group and pattern, and what is asked is summed over that small table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.review.aside import counted_aside
from core.review.choice import Choice, rows_of, taken
from core.review.derive import SAVE_DAYS
from core.review.frame import LEFT, NOT_DUE, ON_NET, Array, Frame
from core.review.hung import Hung, hung, summed

FACTS = ("dialled", "connected", "owner", "effective", "success", "awaited", "verified", "handled")
_STATES = 4
"""of a line so many days after"""
COUNTED = (*FACTS, *(f"{what}_{days}" for days in SAVE_DAYS for what in ("attempts", "on_net", "young")))
"""`attempts_7`: right-party contacts of which it is known who was on net 7 days after; `on_net_7`: of them those who
were; `young_7`: right-party contacts not yet due"""


@dataclass(frozen=True)
class Counts:
    """Counts by name, one value a group; seconds are sums. `calls` counts records, dialled or not."""

    values: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.values[name]

    def of(self, name: str, group: int = 0) -> int:
        return int(self.values[name][group])


class Counter:
    """Counts of one frame. What every question needs is prepared once, when it is first asked."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def total(self, choice: Choice) -> Counts:
        """Of all that is chosen, as one group."""
        return self.grouped(rows_of(self.frame.calls, choice), None, 1, choice)

    def by(self, choice: Choice, dimension: str) -> Counts:
        """A group for each word of a dimension, in the order of their codes."""
        calls = self.frame.calls
        rows = rows_of(calls, choice)
        return self.grouped(rows, taken(calls[dimension], rows), len(calls.words[dimension]), choice, dimension)

    def grouped(
        self, rows: Array | None, group: Array | None, groups: int, choice: Choice | None = None, dimension: str = ""
    ) -> Counts:
        """`group` has a number for each chosen row, below `groups`. With a `choice` what hangs on the calls and what
        stands beside them is counted too, for all or for each word of `dimension`."""
        pattern, facts = self._patterns
        chosen = taken(pattern, rows)
        kinds = facts.shape[0]
        cell = chosen if group is None else group.astype(np.int32) * kinds + chosen
        table = np.bincount(cell, minlength=groups * kinds).reshape(groups, kinds)
        sums = table @ facts
        values = {name: sums[:, at] for at, name in enumerate(COUNTED)}
        values["calls"] = table.sum(axis=1)
        for name, seconds in self._seconds.items():
            values[name] = _summed(taken(seconds, rows), group, groups)
        if choice is not None:
            values |= self._hanging(rows, dimension, groups)
            values |= counted_aside(self.frame, choice, dimension, groups)
        return Counts(values)

    def _hanging(self, rows: Array | None, dimension: str, groups: int) -> dict[str, Array]:
        calls, chosen = self.frame.calls, None
        if rows is not None:
            chosen = np.zeros(len(calls), dtype=bool)
            chosen[rows] = True
        group = calls[dimension] if dimension else None
        return {name: summed(one, chosen, group, groups) for name, one in self.hung.items()}

    @cached_property
    def hung(self) -> dict[str, Hung]:
        """What hangs on the calls, by name of the count."""
        return hung(self.frame)

    @cached_property
    def _seconds(self) -> dict[str, Array]:
        calls = self.frame.calls
        handled = calls["connected"] | calls["inbound"]
        return {name: np.where(handled, calls[name], 0) for name in ("talk_s", "wrap_s")}

    @cached_property
    def _patterns(self) -> tuple[Array, Array]:
        """A small number for the pattern of each row, and for each such number which of COUNTED it has."""
        calls = self.frame.calls
        bits = np.zeros(len(calls), dtype=np.int16)
        facts = {name: calls[name] for name in FACTS[:-1]} | {"handled": calls["connected"] | calls["inbound"]}
        for at, name in enumerate(FACTS):
            bits |= facts[name].astype(np.int16) << np.int16(at)
        for at, days in enumerate(SAVE_DAYS):
            state = (calls[f"on_net_{days}"].astype(np.int16) + np.int16(2)) & np.int16(_STATES - 1)
            bits |= state << np.int16(len(FACTS) + 2 * at)
        seen = np.flatnonzero(np.bincount(bits, minlength=1))
        place = np.zeros(int(seen.max(initial=0)) + 1, dtype=np.int16)
        place[seen] = np.arange(len(seen), dtype=np.int16)
        return place[bits], _facts_of(seen) if len(seen) else np.zeros((1, len(COUNTED)), dtype=np.int64)


def _facts_of(bits: Array) -> Array:
    """For each pattern which of COUNTED it has."""
    found = {name: (bits >> at) & 1 for at, name in enumerate(FACTS)}
    for at, days in enumerate(SAVE_DAYS):
        state = ((bits >> (len(FACTS) + 2 * at)) & (_STATES - 1)) - 2
        owner = found["owner"]
        found[f"attempts_{days}"] = owner * ((state == ON_NET) | (state == LEFT))
        found[f"on_net_{days}"] = owner * (state == ON_NET)
        found[f"young_{days}"] = owner * (state == NOT_DUE)
    return np.column_stack([found[name] for name in COUNTED]).astype(np.int64)


def _summed(values: Array, group: Array | None, groups: int) -> Array:
    if group is None:
        return np.array([values.sum(dtype=np.int64)])
    return np.bincount(group, weights=values, minlength=groups).astype(np.int64)
