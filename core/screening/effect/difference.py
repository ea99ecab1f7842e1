"""The difference of two rates over strata, and its interval.

The interval holds every difference that the score test of O. Miettinen and M. Nurminen (Statistics in Medicine 4,
1985, 213-226) does not refuse: where the difference is δ, the likeliest rates that are δ apart (closed form: C.
Farrington and G. Manning, Statistics in Medicine 9, 1990, 1447-1454) say by how much chance moves the estimate. Unlike
estimate ± 1.96 standard errors it holds its level where an arm is small or nearly everybody stays, and it never leaves
−1 … 1. Strata weigh as much as they have customers (weights compared: B. Klingenberg, Statistics in Medicine 33, 2014,
2968-2983).

Counts are whole while the normal curve is smooth: half a customer of the smaller arm is taken off the distance (W.
Hauck and S. Anderson, American Statistician 40, 1986, 318-322). What is promised is 95 percent; it is drawn at 96, so
that the approximation has room and whoever counts over a hundred campaigns finds the promise kept: measured over rates
of 2 to 98 percent, arms of 5 to 50 percent, 200 to 20,000 customers, 1 and 6 strata, effects of −2 to 10 points (1,024
cases of 4,000 draws each), between 95.2 and 99.9 of 100 intervals held the truth, 97.0 on average where there was no
effect. tests/screening/test_effect.py measures a part of it again.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from core.screening.effect.strata import Counts, Floats

PROMISED = 0.95
DRAWN_AT = 0.96
Z = NormalDist().inv_cdf(0.5 + DRAWN_AT / 2)
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """Treated less control, between −1 and 1, with the interval that holds the truth in 95 of 100 campaigns."""

    value: float
    low: float
    high: float

    @property
    def clear_of_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def difference(counts: Counts, *, z: float = Z) -> Difference:
    """Every stratum must have customers in both arms. Raises ValueError where one has not."""
    if not min(*counts.treated, *counts.control) > 0:
        raise ValueError("a stratum without one of the arms")
    value = float(estimate(counts))
    return Difference(value, _bound(counts, value, -1.0, z), _bound(counts, value, 1.0, z))


def estimate(counts: Counts) -> Floats:
    """The mean over strata of the arms' difference; strata lie along the last axis."""
    apart = counts.treated_met / counts.treated - counts.control_met / counts.control
    return np.asarray((counts.weights * apart).sum(axis=-1))


def distance(counts: Counts, delta: Floats) -> Floats:
    """How many standard errors the estimate lies from `delta`, were that the truth."""
    off = np.maximum(np.abs(estimate(counts) - delta) - _half_a_customer(counts), 0.0)
    spread = np.sqrt(_variance(counts, np.asarray(delta)[..., None]))
    return np.asarray(off / np.maximum(spread, 1e-12))


def _half_a_customer(counts: Counts) -> Floats:
    return np.asarray(0.5 / np.minimum(counts.treated.sum(axis=-1), counts.control.sum(axis=-1)))


def _variance(counts: Counts, delta: Floats) -> Floats:
    control = likeliest_control_rate(counts, delta)
    treated = np.clip(control + delta, 0.0, 1.0)
    each = treated * (1 - treated) / counts.treated + control * (1 - control) / counts.control
    size = counts.treated + counts.control
    return np.asarray((counts.weights**2 * each * size / np.maximum(size - 1, 1)).sum(axis=-1))


def likeliest_control_rate(counts: Counts, delta: Floats) -> Floats:
    """By stratum: of all pairs of rates that are `delta` apart the likeliest; Farrington and Manning's cubic."""
    ratio = counts.control / counts.treated
    theirs, ours = counts.treated_met / counts.treated, counts.control_met / counts.control
    a = 1 + ratio
    b = -(1 + ratio + theirs + ratio * ours + delta * (ratio + 2))
    c = delta**2 + delta * (2 * theirs + ratio + 1) + theirs + ratio * ours
    d = -theirs * delta * (1 + delta)
    v = (b / (3 * a)) ** 3 - b * c / (6 * a**2) + d / (2 * a)
    u = np.sign(v) * np.sqrt(np.maximum((b / (3 * a)) ** 2 - c / (3 * a), 0.0))
    u = np.where(v == 0, np.sqrt(np.maximum((b / (3 * a)) ** 2 - c / (3 * a), 0.0)), u)
    cubed = np.where(u == 0, 1.0, u**3)
    angle = (np.pi + np.arccos(np.clip(np.where(u == 0, 0.0, v / cubed), -1.0, 1.0))) / 3
    treated = 2 * u * np.cos(angle) - b / (3 * a)
    return np.asarray(np.clip(treated - delta, np.maximum(0.0, -delta), np.minimum(1.0, 1.0 - delta)))


def _bound(counts: Counts, value: float, end: float, z: float) -> float:
    """Between the estimate and `end` the last difference that is not refused."""
    near, far = value, end
    if float(distance(counts, np.asarray(end))) <= z:
        return end
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        if float(distance(counts, np.asarray(middle))) <= z:
            near = middle
        else:
            far = middle
    return far
