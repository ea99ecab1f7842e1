"""How sure a rate is: Wilson's interval, the difference of two rates, and which numbers are too small to judge by."""

from math import sqrt

Z = 1.959964
"""of 95 %"""
FEW = 30
"""a rate from fewer says little: shown in grey, with its interval"""


def wilson(part: float, whole: float) -> tuple[float, float]:
    """The 95 % interval of a rate (E. B. Wilson, 1927); (0, 1) where there is nothing to divide by."""
    if whole <= 0:
        return 0.0, 1.0
    rate, z2 = part / whole, Z * Z
    middle = (rate + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z / (1 + z2 / whole) * sqrt(rate * (1 - rate) / whole + z2 / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(part: float, whole: float, part_before: float, whole_before: float) -> tuple[float, float]:
    """The 95 % interval of the rate now minus the rate before (R. G. Newcombe's method 10, 1998); (−1, 1) without
    either of them."""
    if whole <= 0 or whole_before <= 0:
        return -1.0, 1.0
    now, before = part / whole, part_before / whole_before
    low, high = wilson(part, whole)
    low_before, high_before = wilson(part_before, whole_before)
    apart = now - before
    return (
        apart - sqrt((now - low) ** 2 + (high_before - before) ** 2),
        apart + sqrt((high - now) ** 2 + (before - low_before) ** 2),
    )
