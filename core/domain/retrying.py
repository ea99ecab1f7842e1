"""TASK-18: when an unreached customer is tried again, and when no more. Pure rules."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from core.domain.clock import CHINA
from core.domain.task import TaskType

RETRY_POLICY: Final = "retry_policy"
"""the kind of content; a piece each, named by its id"""
_LOOK_AHEAD_DAYS = 31
_STEP = timedelta(minutes=15)


class Span(Struct, frozen=True, kw_only=True):
    """Hours of a day in China in which it is tried again."""

    from_hour: int
    until_hour: int
    """not included; 24 is midnight"""


class RetryPolicy(Struct, frozen=True, kw_only=True):
    """How often, when and for how long: a file each under `resources/retries/`."""

    id: str
    version: int
    scenarios: tuple[str, ...] = ()
    types: tuple[TaskType, ...] = ()
    """whose tasks it is for; with neither it is for all that no other names"""
    attempts: int
    """calls that reach nobody, at most; after the last the task expires as unreached"""
    over_days: int
    """from the first of them: nobody is tried again after so many days"""
    a_day: int
    """at most so many on one day"""
    wait_min: int
    """at least so long between two"""
    spans: tuple[Span, ...] = ()
    """hours in which it is tried again; empty: any at which calls are allowed"""
    other_hours: bool = True
    """never twice at the same hour of the day while other hours are left"""


def policy_for(policies: Sequence[RetryPolicy], scenario: str, type_: TaskType) -> RetryPolicy | None:
    """The scenario's own, else the type's, else the one that names neither."""
    own = [one for one in policies if scenario in one.scenarios]
    typed = [one for one in policies if type_ in one.types and not one.scenarios]
    usual = [one for one in policies if not one.scenarios and not one.types]
    return next(iter([*own, *typed, *usual]), None)


Allowed = Callable[[datetime], bool]
"""whether anybody may be called at that moment"""


def next_try(
    policy: RetryPolicy, unreached: Sequence[datetime], *, least: timedelta = timedelta(),
    allowed: Allowed = lambda _at: True,
) -> datetime | None:  # fmt: skip
    """When it is tried again after these attempts, the newest among them; None: not any more.

    `least`: what the result of the last call asks for on its own, where that is longer. Where calls are not `allowed`
    at any moment of the policy, such as over a festival, its own hours decide."""
    tried = sorted(unreached)
    if not tried or len(tried) >= policy.attempts:
        return None
    end = tried[0] + timedelta(days=policy.over_days)
    at = tried[-1] + max(timedelta(minutes=policy.wait_min), least)
    ways = [(other, fits) for fits in (allowed, _always) for other in (policy.other_hours, False)]
    fitting = (_first_fitting(policy, tried, at, end, other_hours=other, allowed=fits) for other, fits in ways)
    return next((one for one in fitting if one is not None), None)


def _always(_at: datetime) -> bool:
    return True


def _first_fitting(
    policy: RetryPolicy, tried: Sequence[datetime], at: datetime, end: datetime, *, other_hours: bool, allowed: Allowed
) -> datetime | None:
    hours = {one.astimezone(CHINA).hour for one in tried} if other_hours else set()
    days = [one.astimezone(CHINA).date() for one in tried]
    last = min(end, at + timedelta(days=_LOOK_AHEAD_DAYS))
    while at <= last:
        local = at.astimezone(CHINA)
        full = days.count(local.date()) >= policy.a_day
        if not full and local.hour not in hours and _within(policy.spans, local.hour) and allowed(at):
            return at
        at = _next_step(at)
    return None


def _next_step(at: datetime) -> datetime:
    """The next quarter of an hour: hours and days begin at one."""
    local = at.astimezone(CHINA)
    floor = local.replace(minute=local.minute - local.minute % 15, second=0, microsecond=0)
    return (floor + _STEP).astimezone(at.tzinfo)


def _within(spans: Sequence[Span], hour: int) -> bool:
    return not spans or any(one.from_hour <= hour < one.until_hour for one in spans)
