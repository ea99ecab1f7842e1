"""How many hours a month the broadband line is in use: all year, in the holidays alone, or little."""

from datetime import date
from random import Random

from core.demo.rng import Purpose, stream, weighted
from core.demo.today import Today, add_months
from core.domain.customer import LineUse
from core.domain.plan import BroadbandKind, BroadbandPlan

_MONTHS = 12
_HOLIDAYS = (1, 2, 7, 8)
"""when students are at home"""
_HOURS = ((260, 0.45), (120, 0.3), (40, 0.2), (12, 0.05))
"""usual hours a month of a line that is paid by the year, and their shares"""


def line_hours(seed: int, index: int, today: Today, home: BroadbandPlan, installed_on: date) -> list[LineUse]:
    """The last twelve months, oldest first; those before the line was there are left out."""
    rng = stream(seed, index, Purpose.LINE)
    usual = weighted(rng, _HOURS)
    found = []
    for back in range(_MONTHS, 0, -1):
        first = add_months(today.day.replace(day=1), -back)
        hours = _hours(rng, home, first.month, usual)
        if first >= installed_on:
            found.append(LineUse(month=f"{first:%Y-%m}", hours=hours))
    return found


def _hours(rng: Random, home: BroadbandPlan, month: int, usual: int) -> int:
    if home.kind is BroadbandKind.HOLIDAY:
        return rng.randrange(60, 200) if month in _HOLIDAYS else 0
    if home.included_hours is not None:
        # Who pays by the hour stays within what is included: the month's bill is the fee alone.
        return rng.randrange(5, home.included_hours)
    return round(usual * rng.uniform(0.7, 1.3))
