"""TASK-07: whether a list will bring the agreements that are wanted before it runs dry. Pure."""

from enum import StrEnum
from math import ceil, floor

from msgspec import Struct

from core.domain.campaign import Forecast
from core.domain.interval import wilson


class RateFrom(StrEnum):
    """What a rate of agreements rests on."""

    CALLS = "calls"
    FORECAST = "forecast"
    """nobody's task is over yet: what the planner expects (EVAL-08)"""
    NOTHING = "nothing"
    """nor is anything expected: it cannot be told yet"""


class Outlook(Struct, frozen=True, kw_only=True):
    rate: float
    """agreements of a customer whose task is over, 0…1"""
    rate_from: RateFrom
    rate_low: float
    rate_high: float
    """95 % interval (Wilson) of those whose task is over"""
    expected: int
    """agreements once all who are left were called"""
    expected_low: int
    expected_high: int
    dry: bool
    """even at the rate's upper bound those left do not bring the target"""
    likely: bool
    """at the rate they do not"""


def outlook(*, target: int, agreed: int, over: int, left: int, forecast: float | None = None) -> Outlook:
    """`over`: customers whose task is over; `left`: those still to be called; `forecast`: the rate that is expected.
    Before any task is over the rate may be anything: the forecast is gone by, and without one nothing is warned of but
    a list shorter than its target."""
    if over:
        rate, rate_from = agreed / over, RateFrom.CALLS
    else:
        rate, rate_from = forecast or 0.0, RateFrom.NOTHING if forecast is None else RateFrom.FORECAST
    low, high = wilson(agreed, over)
    expected = agreed + round(left * rate)
    most = agreed + ceil(left * high)
    return Outlook(
        rate=rate, rate_from=rate_from, rate_low=low, rate_high=high, expected=expected,
        expected_low=agreed + floor(left * low), expected_high=most, dry=most < target,
        likely=most < target if rate_from is RateFrom.NOTHING else expected < target,
    )  # fmt: skip


def forecast_rate(forecast: Forecast) -> float | None:
    """Agreements of a customer to be called, 0…1; None where either share is not stated."""
    if forecast.reached_percent is None or forecast.agreed_percent is None:
        return None
    return forecast.reached_percent * forecast.agreed_percent / 10_000
