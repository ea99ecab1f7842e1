"""The effect for each customer who was reached: what being drawn changed, over the share whom it led to a talk.

The complier average causal effect (G. Imbens and J. Angrist, Econometrica 62, 1994, 467-475): true only where being
drawn changes nothing for those who were never reached. The interval is E. Fieller's (Journal of the Royal Statistical
Society B 16, 1954, 175-185), which holds where few were reached as well; where it has no end nothing is told.
"""

from dataclasses import dataclass

import numpy as np

from core.screening.effect.difference import Difference, Z
from core.screening.effect.strata import Codes, Flags, Floats


@dataclass(frozen=True, slots=True)
class _Moments:
    """Of both differences, treated less control: what is looked at, and being reached."""

    met: float
    reached: float
    met_variance: float
    reached_variance: float
    covariance: float


def per_reached(treated: Flags, met: Flags, reached: Flags, codes: Codes) -> Difference | None:
    """Codes are strata from 0, each with customers of both arms. None where too few were reached to divide by."""
    found = _moments(treated, met.astype(np.float64), reached.astype(np.float64), codes)
    square = Z * Z
    a = found.reached**2 - square * found.reached_variance
    b = found.met * found.reached - square * found.covariance
    c = found.met**2 - square * found.met_variance
    inside = b * b - a * c
    if a <= 0 or inside < 0 or found.reached <= 0:
        return None
    root = float(np.sqrt(inside))
    low, high = (b - root) / a, (b + root) / a
    value = found.met / found.reached
    # Nobody can be kept more than once: then something else than the talks moved the arms apart.
    if abs(value) > 1:
        return None
    return Difference(value, max(low, -1.0), min(high, 1.0))


def _moments(treated: Flags, met: Floats, reached: Floats, codes: Codes) -> _Moments:
    count = int(codes.max()) + 1
    weights = np.bincount(codes, minlength=count) / len(codes)
    signs = {True: 1.0, False: -1.0}
    told = np.zeros(5)
    for arm, sign in signs.items():
        mine = codes[treated == arm]
        size = np.bincount(mine, minlength=count).astype(np.float64)

        def mean(values: Floats, mine: Codes = mine, size: Floats = size) -> Floats:
            return np.asarray(np.bincount(mine, weights=values, minlength=count) / size)

        y, d = met[treated == arm], reached[treated == arm]
        mean_y, mean_d = mean(y), mean(d)
        over = weights**2 / np.maximum(size - 1, 1)
        told += np.array([
            sign * (weights * mean_y).sum(), sign * (weights * mean_d).sum(),
            (over * (mean(y * y) - mean_y**2)).sum(), (over * (mean(d * d) - mean_d**2)).sum(),
            (over * (mean(y * d) - mean_y * mean_d)).sum(),
        ])  # fmt: skip
    return _Moments(*(float(one) for one in told))
