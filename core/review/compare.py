"""Groups beside each other: every measure of each, and success within the same mix of scenarios."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from core.domain.interval import FEW, Z
from core.review.choice import Choice, rows_of, taken
from core.review.measures import Figure, Measure, figure
from core.review.tally import Counter


@dataclass(frozen=True, slots=True)
class Standardised:
    """A success rate as it would be if everybody had the same scenarios in the same shares."""

    rate: float
    low: float
    high: float
    owners: int
    """right-party contacts that it rests on"""
    covered: float
    """share of the common mix in which this group has calls at all: the rest is left out"""

    @property
    def few(self) -> bool:
        return self.owners < FEW


@dataclass(frozen=True, slots=True)
class Row:
    """One group."""

    word: str
    """agent, team, …: as its column says it"""
    figures: dict[Measure, Figure]
    same_mix: Standardised | None
    """None without a right-party contact"""


def rows(
    counter: Counter, choice: Choice, dimension: str, measures: Sequence[Measure] = tuple(Measure)
) -> tuple[Row, ...]:
    """A row for each word with calls in what is chosen, most calls first."""
    counts = counter.by(choice, dimension)
    words = counter.frame.calls.words[dimension]
    mix = same_mix(counter, choice, dimension)
    present = [at for at in range(len(words)) if counts.of("calls", at)]
    present.sort(key=lambda at: (-counts.of("dialled", at), words[at]))
    return tuple(Row(words[at], {one: figure(one, counts, at) for one in measures}, mix[at]) for at in present)


def same_mix(counter: Counter, choice: Choice, dimension: str) -> list[Standardised | None]:
    """Direct standardisation (as in K. J. Rothman, Modern Epidemiology, ch. 4): each group's rate in a scenario,
    weighted with the scenario's share of all right-party contacts chosen. Its variance is that of the weighted sum,
    each rate drawn in by Agresti and Coull's two added successes and failures, so that no scenario of few calls passes
    for certain. By code of the dimension."""
    calls = counter.frame.calls
    picked = rows_of(calls, choice)
    groups, scenarios = len(calls.words[dimension]), len(calls.words["scenario"])
    cell = taken(calls[dimension], picked).astype(np.int32) * scenarios + taken(calls["scenario"], picked)
    owner = taken(calls["owner"], picked)
    size = groups * scenarios
    owners = np.bincount(cell[owner], minlength=size).reshape(groups, scenarios)
    won = taken(calls["success"], picked) & owner
    successes = np.bincount(cell[won], minlength=size).reshape(groups, scenarios)
    shares = owners.sum(axis=0) / max(owners.sum(), 1)
    return [_standardised(successes[at], owners[at], shares) for at in range(groups)]


def _standardised(
    successes: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    owners: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    shares: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> Standardised | None:
    has = owners > 0
    covered = float(shares[has].sum())
    if not covered:
        return None
    weight, whole = shares[has] / covered, owners[has]
    rate = float((weight * successes[has] / whole).sum())
    drawn_in = (successes[has] + 2) / (whole + 4)
    half = Z * sqrt(float((weight**2 * drawn_in * (1 - drawn_in) / (whole + 4)).sum()))
    return Standardised(rate, max(0.0, rate - half), min(1.0, rate + half), int(whole.sum()), covered)
