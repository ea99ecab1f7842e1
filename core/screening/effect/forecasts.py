"""What the planner expected beside what came (EVAL-08)."""

from collections.abc import Iterator

from core.domain.interval import wilson
from core.domain.outreach import REACHED, ContactState
from core.screening.effect.told import Told
from core.wire.campaign_effect import Compared, Forecasted


def forecasts(told: Told, main: Compared | None) -> Iterator[Forecasted]:
    """Those that were stated. `main`: the comparison that the verdict goes by; None: no effect may be told.

    Reached is who was spoken to, and whom a text, an automated call or a visit came to; of whom it is not known yet
    whether it did, does not count. Agreed is told of calls alone: nothing else asks."""
    expected = told.campaign.forecast
    to_call = sum(one.dispatched and one.by_call for one in told.members)
    reached = {one.member for one in told.calls if one.reached}
    agreed = {one.member for one in told.calls if one.agreed}
    came = sum(told.contacts.get(one, 0) for one in REACHED)
    settled = came + told.contacts.get(ContactState.FAILED, 0)
    if expected.reached_percent is not None:
        yield _rate("reached", expected.reached_percent, min(len(reached), to_call) + came, to_call + settled)
    if expected.agreed_percent is not None:
        yield _rate("agreed", expected.agreed_percent, len(reached & agreed), len(reached))
    if expected.effect_points is not None:
        found = main.effect if main else None
        if found is None:
            yield Forecasted(what="effect", expected=expected.effect_points, achieved=None)
        else:
            value, low, high = (one * 100 for one in (found.value, found.low, found.high))
            yield _beside("effect", expected.effect_points, value, low, high)


def _rate(what: str, expected: float, part: int, whole: int) -> Forecasted:
    if not whole:
        return Forecasted(what=what, expected=expected, achieved=None)
    low, high = wilson(part, whole)
    return _beside(what, expected, part / whole * 100, low * 100, high * 100)


def _beside(what: str, expected: float, achieved: float, low: float, high: float) -> Forecasted:
    return Forecasted(
        what=what, expected=expected, achieved=achieved, low=low, high=high, within=low <= expected <= high
    )
