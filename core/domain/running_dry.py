"""TASK-07: whether a list will bring the agreements that are wanted before it runs dry. Pure."""

from math import ceil, floor

from msgspec import Struct

from core.domain.interval import wilson


class Outlook(Struct, frozen=True, kw_only=True):
    rate: float
    """agreements of a customer whose task is over, 0…1"""
    rate_low: float
    rate_high: float
    """95 % interval (Wilson)"""
    expected: int
    """agreements once all who are left were called"""
    expected_low: int
    expected_high: int
    dry: bool
    """even at the rate's upper bound those left do not bring the target"""
    likely: bool
    """at the rate so far they do not"""


def outlook(*, target: int, agreed: int, over: int, left: int) -> Outlook:
    """`over`: customers whose task is over; `left`: those still to be called. Before anybody was called nothing is
    known: the rate may be anything, and nothing is warned of but a list shorter than its target."""
    rate = agreed / over if over else 0.0
    low, high = wilson(agreed, over)
    expected = agreed + round(left * rate)
    most = agreed + ceil(left * high)
    return Outlook(
        rate=rate, rate_low=low, rate_high=high, expected=expected, expected_low=agreed + floor(left * low),
        expected_high=most, dry=most < target, likely=expected < target if over else most < target,
    )  # fmt: skip
