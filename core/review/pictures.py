"""What the pictures of a review show: funnel, reasons, hours, save rates over time, offers."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from core.domain.interval import FEW
from core.review.choice import Choice, rows_of, taken
from core.review.frame import ON_NET, Stage, day_of, number_of
from core.review.tally import Counter


@dataclass(frozen=True, slots=True)
class Funnel:
    """Of the tasks dispatched in the period those that came so far in it; a task counts where it got there first."""

    dispatched: int
    dialled: int
    owner: int
    effective: int
    success: int
    on_net: int
    """saved, and still on net 30 days after"""
    young: int
    """saved less than 30 days ago: not yet due"""


def funnel(counter: Counter, choice: Choice) -> Funnel:
    calls, dispatched = counter.frame.calls, counter.frame.dispatched
    picked = rows_of(calls, choice)
    stages = np.bincount(taken(calls["stages"], picked), minlength=16)
    reached = {stage: int(stages[(np.arange(len(stages)) & stage) > 0].sum()) for stage in (1, 2, 4, 8)}
    saved = (taken(calls["stages"], picked) & np.uint8(Stage.SUCCESS)) > 0
    after = taken(calls["on_net_30"], picked)[saved]
    tasks = taken(dispatched["tasks"], rows_of(dispatched, choice))
    return Funnel(
        dispatched=int(tasks.sum()),
        dialled=reached[Stage.DIALLED],
        owner=reached[Stage.OWNER],
        effective=reached[Stage.EFFECTIVE],
        success=reached[Stage.SUCCESS],
        on_net=int((after == ON_NET).sum()),
        young=int((after < 0).sum()),
    )


@dataclass(frozen=True, slots=True)
class ReasonBar:
    reason: str
    """code; the same word in several scenarios is one reason"""
    calls: int
    share: float
    """of all that named a reason, this and those before it"""


def reasons(counter: Counter, choice: Choice) -> tuple[ReasonBar, ...]:
    """Why owners said no, the most frequent first (Pareto). OUTCOME-02."""
    calls = counter.frame.calls
    picked = rows_of(calls, choice)
    lost = taken(calls["owner"], picked) & ~taken(calls["claimed"], picked)
    counts = np.bincount(taken(calls["reason"], picked)[lost], minlength=len(calls.words["reason"]))
    counts[0] = 0
    total, so_far, found = int(counts.sum()), 0, []
    for at in np.argsort(-counts, kind="stable"):
        if counts[at]:
            so_far += int(counts[at])
            found.append(ReasonBar(calls.words["reason"][at], int(counts[at]), so_far / total))
    return tuple(found)


_LEAST_SHARE = 0.004
"""of all dials, in an hour that is shown at the edges"""


@dataclass(frozen=True, slots=True)
class HourCell:
    weekday: int
    hour: int
    connected: int
    dialled: int

    @property
    def rate(self) -> float | None:
        return self.connected / self.dialled if self.dialled else None

    @property
    def few(self) -> bool:
        return self.dialled < FEW


def hours(counter: Counter, choice: Choice) -> tuple[HourCell, ...]:
    """The connect rate by weekday and hour, of the hours in which anybody dialled."""
    calls = counter.frame.calls
    picked = rows_of(calls, choice)
    cell = taken(calls["weekday"], picked).astype(np.int32) * 24 + taken(calls["hour"], picked)
    counts = counter.grouped(picked, cell, 168)
    dialled, connected = counts["dialled"].reshape(7, 24), counts["connected"].reshape(7, 24)
    # A call in the middle of the night, of a clock gone wrong say, would make the hours of work too narrow to read.
    used = np.flatnonzero(dialled.sum(axis=0) >= max(1, dialled.sum() * _LEAST_SHARE))
    if not len(used):
        return ()
    return tuple(
        HourCell(day, hour, int(connected[day, hour]), int(dialled[day, hour]))
        for day in range(7)
        for hour in range(int(used[0]), int(used[-1]) + 1)
    )


@dataclass(frozen=True, slots=True)
class TrendPoint:
    first: date
    """of the days that it stands for"""
    part: int
    whole: int
    young: int

    @property
    def rate(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def few(self) -> bool:
        return self.whole < FEW


MOST_POINTS = 16


def step_days(days: int) -> int:
    """How many days a point stands for, so that a line has few enough to read: a day, weeks, or four of them."""
    return next((step for step in (1, 7, 14) if days <= step * MOST_POINTS), 28)


def trend(counter: Counter, choice: Choice, days: int = 30) -> dict[str, tuple[TrendPoint, ...]]:
    """The save rate after so many days, over the period, a line for each scenario with a right-party contact."""
    calls = counter.frame.calls
    picked = rows_of(calls, choice)
    step, first = step_days(choice.days), number_of(choice.first)
    points, scenarios = -(-choice.days // step), len(calls.words["scenario"])
    at = (taken(calls["day"], picked) - first) // step
    counts = counter.grouped(
        picked, taken(calls["scenario"], picked).astype(np.int32) * points + at, scenarios * points
    )
    names = [counts[f"{what}_{days}"].reshape(scenarios, points) for what in ("on_net", "attempts", "young")]
    on_net, attempts, young = names
    return {
        word: tuple(
            TrendPoint(day_of(first + point * step), int(on_net[code, point]), int(attempts[code, point]),
                       int(young[code, point]))
            for point in range(points)
        )
        for code, word in enumerate(calls.words["scenario"])
        if attempts[code].sum() + young[code].sum()
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferBar:
    offer: str
    kind: str
    made: int
    """told of, whatever was said"""
    accepted: int
    refused: int
    cost_fen: int


def offers(counter: Counter, choice: Choice) -> tuple[OfferBar, ...]:
    """Offers beyond plans, those told of most first."""
    table, calls = counter.frame.offers, counter.frame.calls
    if not len(table):
        return ()
    picked = rows_of(calls, choice)
    chosen = np.ones(len(calls), dtype=bool) if picked is None else np.zeros(len(calls), dtype=bool)
    if picked is not None:
        chosen[picked] = True
    rows = np.flatnonzero(chosen[table["call"]])
    offer, count = table["offer"][rows], len(table.words["offer"])
    made = np.bincount(offer, minlength=count)
    replies = {
        word: np.bincount(offer[table["reply"][rows] == table.code("reply", word)], minlength=count)
        for word in ("accepted", "refused")
    }
    cost = np.bincount(offer, weights=table["cost_fen"][rows], minlength=count)
    kinds = dict(zip(offer.tolist(), table["kind"][rows].tolist(), strict=True))
    return tuple(
        OfferBar(
            offer=table.words["offer"][at],
            kind=table.words["kind"][kinds[at]],
            made=int(made[at]),
            accepted=int(replies["accepted"][at]),
            refused=int(replies["refused"][at]),
            cost_fen=int(cost[at]),
        )
        for at in np.argsort(-made, kind="stable").tolist()
        if made[at]
    )
