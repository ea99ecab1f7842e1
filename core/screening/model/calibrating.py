"""Scores into probabilities, learnt on rows that the scores were not learnt from.

Platt (1999): a logistic curve, of few leavers; isotonic (Zadrozny and Elkan 2002): steps that only rise, of many.
"""

from enum import StrEnum

import numpy as np
from msgspec import Struct

from core.screening.model.reading import Flags, Floats

MANY = 400
"""leavers, and stayers: below, isotonic steps follow chance"""
_MOST_KNOTS = 200
_EDGE = 1e-6


class Curve(StrEnum):
    PLATT = "platt"
    ISOTONIC = "isotonic"


class Calibration(Struct, frozen=True, kw_only=True):
    curve: Curve
    slope: float = 1.0
    offset: float = 0.0
    scores: list[float] = []
    chances: list[float] = []
    """at those scores; between them in a straight line"""

    def chance(self, scores: Floats) -> Floats:
        """Probabilities of leaving."""
        if self.curve is Curve.PLATT:
            return 1 / (1 + np.exp(-np.clip(self.slope * scores + self.offset, -35, 35)))
        return np.interp(scores, self.scores, self.chances)


def calibrated(scores: Floats, left: Flags) -> Calibration:
    """The curve through what was seen."""
    few = min(int(left.sum()), int((~left).sum()))
    return _isotonic(scores, left) if few >= MANY else _platt(scores, left)


def _platt(scores: Floats, left: Flags) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    # Held back a little, so that no chance is 0 or 1 where scores part all that was seen.
    fitted = LogisticRegression(C=1e3).fit(scores.reshape(-1, 1), left)
    slope = max(float(fitted.coef_[0, 0]), _EDGE)
    return Calibration(curve=Curve.PLATT, slope=slope, offset=float(fitted.intercept_[0]))


def _isotonic(scores: Floats, left: Flags) -> Calibration:
    from sklearn.isotonic import IsotonicRegression

    floor = 1 / (len(left) + 2)
    fitted = IsotonicRegression(y_min=floor, y_max=1 - floor, out_of_bounds="clip").fit(scores, left)
    at, chances = fitted.X_thresholds_, fitted.y_thresholds_
    if len(at) > _MOST_KNOTS:
        chosen = np.unique(np.linspace(0, len(at) - 1, _MOST_KNOTS).astype(int))
        at, chances = at[chosen], chances[chosen]
    return Calibration(curve=Curve.ISOTONIC, scores=[float(one) for one in at], chances=[float(one) for one in chances])
