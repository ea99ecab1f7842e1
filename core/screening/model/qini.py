"""How many more customers stay when calls go first to those whom a call is thought to help (Radcliffe 2007).

At each depth: leavers of the control group, scaled to as many customers as were called, less leavers of those called.
The coefficient is the mean over all depths of that curve less the straight line to its end, for each 1,000 customers.
"""

import numpy as np

from core.screening.model.figures import Measure
from core.screening.model.reading import Flags, Floats

PER = 1_000


class Curve:
    """Customers in the order of the effect that was thought."""

    def __init__(self, called: Flags, left: Flags, effect: Floats) -> None:
        self.order = np.argsort(-effect, kind="stable")
        self.called, self.left = called[self.order].astype(np.float64), left[self.order].astype(np.float64)

    def points(self, weights: Floats) -> tuple[Floats, Floats]:
        """Share of customers, and customers kept for each 1,000, from none to all."""
        ours = weights[self.order]
        called, held = np.cumsum(ours * self.called), np.cumsum(ours * (1 - self.called))
        lost = np.cumsum(ours * self.called * self.left)
        lost_held = np.cumsum(ours * (1 - self.called) * self.left)
        scale = np.divide(called, held, out=np.zeros_like(called), where=held > 0)
        kept = np.where(held > 0, lost_held * scale - lost, 0.0)
        share = np.cumsum(ours) / ours.sum()
        return np.append(0.0, share), np.append(0.0, PER * kept / max(1e-9, float(called[-1])))

    def coefficient(self, weights: Floats) -> float:
        share, kept = self.points(weights)
        return float(np.trapezoid(kept - share * kept[-1], share))


def effect_of(called: Flags, left: Flags) -> Measure:
    """Percentage points by which fewer left of those called than of the control group."""

    def measure(weights: Floats) -> float:
        ours, held = weights * called, weights * ~called
        if not ours.sum() or not held.sum():
            return float("nan")
        return float(100 * (np.dot(held, left) / held.sum() - np.dot(ours, left) / ours.sum()))

    return measure
