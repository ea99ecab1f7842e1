"""What a model's scores are worth on rows that it did not learn from, with intervals by bootstrap over customers.

AUC: the probability that a leaver stands above a stayer, ties half. Lift: the share of leavers in the top tenth over
that of all. ECE: ten bins by probability, of equal count as far as ties let them be, the weighted mean of |told −
seen|. Brier: the mean squared error of the probability (Brier 1950). Rows of one score stand together in all of them:
in which order a list was saved changes no figure.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from core.screening.model.reading import Flags, Floats, Whole

ROUNDS = 200
_TOP = 0.1
_BINS = 10
Measure = Callable[[Floats], float]
"""the figure where rows weigh as told"""


class Figure(Struct, frozen=True):
    """A figure and its interval of 95 percent."""

    value: float
    low: float
    high: float

    @property
    def clear_of_zero(self) -> bool:
        return self.low > 0 or self.high < 0


class Ranked:
    """Scores in order, with ties together, so that each measure is a few sums."""

    def __init__(self, left: Flags, scores: Floats) -> None:
        _values, group = np.unique(-scores, return_inverse=True)
        self.left, self.group, self.groups = left.astype(np.float64), group.astype(np.int64), len(_values)

    def _sums(self, weights: Floats) -> tuple[Floats, Floats]:
        everybody = np.bincount(self.group, weights=weights, minlength=self.groups)
        leavers = np.bincount(self.group, weights=weights * self.left, minlength=self.groups)
        return everybody.astype(np.float64), leavers.astype(np.float64)

    def auc(self, weights: Floats) -> float:
        everybody, leavers = self._sums(weights)
        stayers = everybody - leavers
        below = stayers.sum() - np.cumsum(stayers)
        pairs = leavers.sum() * stayers.sum()
        return float(np.dot(leavers, below + stayers / 2) / pairs) if pairs else float("nan")

    def lift(self, weights: Floats) -> float:
        everybody, leavers = self._sums(weights)
        total, found = everybody.sum(), leavers.sum()
        if not total or not found:
            return float("nan")
        top = _TOP * total
        reached = np.cumsum(everybody)
        share = np.clip((top - (reached - everybody)) / np.where(everybody > 0, everybody, 1), 0, 1)
        return float(np.dot(leavers, share) / top / (found / total))

    def found(self, shares: Floats) -> Floats:
        """The share of all leavers among the first so many of the customers, 0 to 1; of a tie so much as is reached."""
        everybody, leavers = self._sums(np.ones(len(self.group)))
        reached, so_far = (np.append(0.0, np.cumsum(one)) for one in (everybody, leavers))
        return np.asarray(np.interp(shares * reached[-1], reached, so_far) / max(1.0, so_far[-1]), dtype=np.float64)


def auc(left: Flags, scores: Floats) -> float:
    return Ranked(left, scores).auc(np.ones(len(left)))


def bins_by_rank(chances: Floats, count: int = _BINS) -> Whole:
    """Bins of equal count, the lowest chance first; rows of one chance lie in one bin, that of the middle of them."""
    _values, group, counts = np.unique(chances, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts + 1) / 2
    return np.floor(middle * count / max(1, len(chances))).astype(np.int64)[group]


def calibration_error(left: Flags, chances: Floats) -> Measure:
    group = bins_by_rank(chances)
    gap = chances - left

    def measure(weights: Floats) -> float:
        return float(np.abs(np.bincount(group, weights=weights * gap)).sum() / weights.sum())

    return measure


def brier(left: Flags, chances: Floats) -> Measure:
    squared = (chances - left) ** 2
    return lambda weights: float(np.dot(weights, squared) / weights.sum())


def interval(
    measure: Measure, clusters: npt.NDArray[np.int64], *, rounds: int = ROUNDS, seed: int = 11, centred: bool = False
) -> Figure:
    """The figure with the 2.5th and 97.5th percentile of draws of customers with replacement; `clusters` says of which
    customer each row is, from 0.

    `centred`: draws of a measure that drawing itself enlarges, such as an error of absolute values, are moved to where
    their mean is the figure; never below 0."""
    generator = np.random.default_rng(seed)
    customers = int(clusters.max()) + 1 if len(clusters) else 0
    drawn = []
    for _ in range(rounds):
        counts = np.bincount(generator.integers(0, customers, customers), minlength=customers)
        drawn.append(measure(counts[clusters].astype(np.float64)))
    known = np.array(drawn)[np.isfinite(drawn)]
    low, high = np.percentile(known, (2.5, 97.5)) if len(known) else (np.nan, np.nan)
    value = measure(np.ones(len(clusters)))
    if centred and len(known):
        low, high = np.maximum(np.array([low, high]) + value - known.mean(), 0.0)
    return Figure(value, float(low), float(high))
