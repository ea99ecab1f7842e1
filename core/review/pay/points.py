"""Incentive points of a period (BB-11, 12): by agent, from the frame of calls and what was found at fault."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from msgspec import Struct

from core.domain.incentive import FaultFound, Incentive, PointKind, Qualifying
from core.domain.order_state import OrderState
from core.review.frame import LEFT, ON_NET, Array, Frame, Table, number_of


class AgentPoints(Struct, frozen=True, kw_only=True):
    """One person's account of the period."""

    agent: str
    saves: int
    """that count"""
    saves_open: int
    """whose days are not over: their points are still to come, or not"""
    orders: int
    faked: int
    stonewalled: int
    points: int
    open_points: int
    """of `saves_open`"""


def points(
    frame: Frame, incentive: Incentive, first: date, last: date, *, faults: Sequence[FaultFound] = ()
) -> list[AgentPoints]:
    """Everybody who called in the scenarios between these days, the most points first.

    A save whose line must still be on net counts once that is known; one that the customer denies never does."""
    calls, fit = frame.calls, _fitting(incentive, first, last, faults)
    agents, count = calls["agent"], len(calls.words["agent"])
    marked = marked_calls(frame, incentive, first, last, faults=faults)
    kinds = (marked.saves, marked.open, marked.orders, marked.inside)
    sums = [np.bincount(agents[rows], minlength=count) for rows in kinds]
    found = []
    for code, agent in enumerate(calls.words["agent"]):
        saves, opened, orders, any_ = (int(one[code]) for one in sums)
        faked, stonewalled = (_faults(fit, agent, kind) for kind in (PointKind.FAKED, PointKind.STONEWALLED))
        if agent and (any_ or faked or stonewalled):
            earned = saves * incentive.save + orders * incentive.order + (faked + stonewalled) * incentive.deduction
            found.append(
                AgentPoints(
                    agent=agent, saves=saves, saves_open=opened, orders=orders, faked=faked, stonewalled=stonewalled,
                    points=earned, open_points=opened * incentive.save,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (-one.points, -one.open_points, one.agent))


@dataclass(frozen=True, slots=True)
class MarkedCalls:
    """What each call counts as: a mask over the frame's calls each."""

    inside: Array
    """in the period and the scenarios"""
    saves: Array
    open: Array
    orders: Array
    at_fault: Array


def marked_calls(
    frame: Frame, incentive: Incentive, first: date, last: date, *, faults: Sequence[FaultFound] = ()
) -> MarkedCalls:
    """The calls that points are reckoned from."""
    calls, fit = frame.calls, _fitting(incentive, first, last, faults)
    inside = _inside(calls, incentive, first, last)
    faked = _of_faults(calls, [one for one in fit if one.kind is PointKind.FAKED])
    saves, open_ = _stayed(calls, inside & calls["success"] & ~faked, incentive.on_net_days)
    orders = inside & calls["owner"] & _ordered(calls, incentive) & in_qualifying(calls, inside, incentive.stores)
    return MarkedCalls(inside, saves, open_, orders, _of_faults(calls, fit))


def _fitting(incentive: Incentive, first: date, last: date, faults: Sequence[FaultFound]) -> list[FaultFound]:
    return [one for one in faults if first <= one.day <= last and one.scenario in incentive.scenarios]


def in_qualifying(calls: Table, inside: Array, rule: Qualifying) -> Array:
    """Which calls are of a district whose stores take part; `inside` are the calls that are looked at."""
    areas, words = calls["area"], calls.words["area"]
    attempts = np.bincount(areas[inside & calls["owner"]], minlength=len(words))
    saved = np.bincount(areas[inside & calls["owner"] & calls["success"]], minlength=len(words))
    fit = (attempts >= rule.cases_at_least) & (saved * 100 >= attempts * rule.saved_percent_at_least)
    if rule.areas:
        fit &= np.array([word in rule.areas for word in words])
    # Nobody's district has no store.
    fit[0] = fit[0] and words[0] != ""
    chosen: Array = fit[areas]
    return chosen


def _inside(calls: Table, incentive: Incentive, first: date, last: date) -> Array:
    day = calls["day"]
    of = _among(calls, "scenario", incentive.scenarios)
    found: Array = of & (day >= number_of(first)) & (day <= number_of(last)) & ~calls["superseded"]
    return found


def _stayed(calls: Table, claimed: Array, days: int) -> tuple[Array, Array]:
    """Saves that count, and those of which it is not known yet."""
    if not days:
        return claimed, np.zeros(len(claimed), dtype=bool)
    state = calls[f"on_net_{days}"]
    return claimed & (state == ON_NET), claimed & (state != ON_NET) & (state != LEFT)


def _ordered(calls: Table, incentive: Incentive) -> Array:
    """Properly taken: no order of it has failed or been declined."""
    found: Array = _among(calls, "result", incentive.order_results) & _among(
        calls, "order", ("", OrderState.ACCEPTED.value)
    )
    return found


def _among(table: Table, name: str, words: Sequence[str]) -> Array:
    wanted = frozenset(words)
    found: Array = np.array([word in wanted for word in table.words[name]], dtype=bool)[table[name]]
    return found


def _of_faults(calls: Table, faults: Sequence[FaultFound]) -> Array:
    """The calls that were at fault: saves that customers deny earn nothing besides."""
    found = np.zeros(len(calls), dtype=bool)
    for one in faults:
        found |= (
            (calls["customer"] == one.customer)
            & (calls["day"] == number_of(one.day))
            & (calls["agent"] == calls.code("agent", one.agent))
            & (calls["scenario"] == calls.code("scenario", one.scenario))
        )
    return found


def _faults(faults: Sequence[FaultFound], agent: str, kind: PointKind) -> int:
    return sum(1 for one in faults if one.agent == agent and one.kind is kind)
