"""How many more customers stay when calls go first to those whom a call is thought to help (Radcliffe 2007).

At each depth: leavers of the control group, scaled to as many customers as were called, less leavers of those called.
The coefficient is the mean over all depths of that curve less the straight line to its end, for each 1,000 customers.
"""

import numpy as np

from core.screening.model.figures import Measure
from core.screening.model.reading import Flags, Floats

PER = 1_000


class Curve:
    """Customers in the order of the effect that was thought; those of one effect stand together."""

    def __init__(self, called: Flags, left: Flags, effect: Floats) -> None:
        values, group = np.unique(-effect, return_inverse=True)
        self.group, self.groups = group.astype(np.int64), len(values)
        self.called, self.left = called.astype(np.float64), left.astype(np.float64)

    def _summed(self, weights: Floats) -> Floats:
        """From the first group on, of what each weighs."""
        found = np.bincount(self.group, weights=weights, minlength=self.groups)
        return np.cumsum(found).astype(np.float64)

    def points(self, weights: Floats) -> tuple[Floats, Floats]:
        """Share of customers, and customers kept for each 1,000, from none to all."""
        called, held = self._summed(weights * self.called), self._summed(weights * (1 - self.called))
        lost = self._summed(weights * self.called * self.left)
        lost_held = self._summed(weights * (1 - self.called) * self.left)
        scale = np.divide(called, held, out=np.zeros_like(called), where=held > 0)
        kept = np.where(held > 0, lost_held * scale - lost, 0.0)
        share = self._summed(weights) / weights.sum()
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
