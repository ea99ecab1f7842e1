"""How every benchmark is measured: product and reference in turn, in one run, their outputs proved equal first.

A goal holds when the 90 % bound of the median ratio meets it: the bound comes from a bootstrap over the pairs, so a
machine that is busy with something else widens the bound instead of moving the verdict.
"""

import math
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

PAIRS = 15
WARM_UP = 2
RESAMPLES = 2000
LEVEL = 0.90

Measure = Callable[[], float]
"""Does the work once and gives what it cost: seconds as a rule, or bytes."""


class OutputsDiffer(Exception):
    """Product and reference do not do the same: their times may not be compared."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the report; `measured` and `limit` in `unit`, `ratio` is their quotient over the pairs."""

    id: str
    what: str
    measured: float
    limit: float
    ratio: float
    goal: float
    holds: bool
    unit: str = "s"
    bound: float = 0.0
    """the side of the ratio's 90 % interval that the goal is held against"""
    at_least: bool = False
    """the goal is a floor, not a ceiling"""
    pairs: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How often; a smoke run proves that a benchmark works and says nothing about speed."""

    smoke: bool = False
    pairs: int = PAIRS
    warm_up: int = WARM_UP

    @classmethod
    def of(cls, *, smoke: bool) -> "Plan":
        return cls(smoke=True, pairs=3, warm_up=1) if smoke else cls()

    def times(self, factor: int) -> "Plan":
        """More pairs, where one takes milliseconds; a smoke run stays as short as it is."""
        return self if self.smoke else replace(self, pairs=self.pairs * factor)


@dataclass(frozen=True, kw_only=True)
class Pairs:
    product: list[float] = field(default_factory=list)
    reference: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [ours / theirs for ours, theirs in zip(self.product, self.reference, strict=True)]


def timed(work: Callable[[], object]) -> Measure:
    """A measure that is the wall time of `work`."""

    def measure() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return measure


def prove_equal(product: object, reference: object, *, what: str) -> None:
    """Raises OutputsDiffer where the two are not equal."""
    if product != reference:
        raise OutputsDiffer(f"{what}: product gives {_short(product)}, reference {_short(reference)}")


def alternate(product: Measure, reference: Measure, plan: Plan) -> Pairs:
    """Warm up, then measure in pairs; who goes first changes from pair to pair."""
    for _ in range(plan.warm_up):
        product()
        reference()
    pairs = Pairs()
    for turn in range(plan.pairs):
        order = (product, reference) if turn % 2 == 0 else (reference, product)
        for measure in order:
            (pairs.product if measure is product else pairs.reference).append(measure())
    return pairs


def row(*, id: str, what: str, pairs: Pairs, goal: float, unit: str = "s", at_least: bool = False) -> Row:
    """The verdict over the pairs."""
    low, high = interval(pairs.ratios)
    bound = low if at_least else high
    return Row(
        id=id,
        what=what,
        measured=statistics.median(pairs.product),
        limit=statistics.median(pairs.reference),
        ratio=statistics.median(pairs.ratios),
        goal=goal,
        holds=bound >= goal if at_least else bound <= goal,
        unit=unit,
        bound=bound,
        at_least=at_least,
        pairs=len(pairs.product),
    )


def interval(
    values: Sequence[float], statistic: Callable[[Sequence[float]], float] = statistics.median
) -> tuple[float, float]:
    """The bootstrap interval of a statistic at 90 %; always the same for the same values."""
    rng = random.Random(90)
    drawn = sorted(statistic(rng.choices(values, k=len(values))) for _ in range(RESAMPLES))
    tail = (1 - LEVEL) / 2
    return drawn[int(tail * RESAMPLES)], drawn[int((1 - tail) * RESAMPLES) - 1]


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all do not exceed: 0.99 for p99."""
    ordered = sorted(values)
    # round() first: 0.99 × 100 is a hair over 99 in floating point, and must not become the hundredth.
    return ordered[max(0, math.ceil(round(share * len(ordered), 6)) - 1)]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:197] + "…"
