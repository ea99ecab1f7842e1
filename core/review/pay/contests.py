"""Standings of a contest (4G-10): who leads, against which benchmark, and whether that is on pace."""

from datetime import date

import msgspec
import numpy as np
from msgspec import Struct

from core.domain.incentive import Contest, ContestMeasure, Side
from core.review.frame import Array, Frame, Table, number_of

RATE = 10_000
"""a rate is told in permyriads"""


class Place(Struct, frozen=True, kw_only=True):
    """One side of the contest."""

    side: str
    """staff number or team"""
    rank: int | None
    """1 leads; equal values share a rank and the next one is passed over. None: too few contacts to be ranked"""
    value: int
    """a number, or of a rate permyriads"""
    counted: int
    """successes, offers or calls"""
    of: int
    """what a rate is of; else 0"""
    reached: float
    """value ÷ benchmark"""
    lately: int
    """counted in the last 7 days"""


class Board(Struct, frozen=True, kw_only=True):
    contest: Contest
    places: tuple[Place, ...]
    """those ranked by rank, then the others"""
    day: int
    """of the contest, from 1; 0 before it begins"""
    days: int
    as_of: date

    @property
    def over(self) -> bool:
        return self.as_of > self.contest.ends

    def on_pace(self, place: Place) -> bool:
        """Whether it comes to the benchmark by going on so; a rate has to be there at any time."""
        if self.contest.measure is ContestMeasure.SUCCESS_RATE:
            return place.value >= self.contest.benchmark
        return place.value * self.days >= self.contest.benchmark * self.day


def board(frame: Frame, contest: Contest, *, as_of: date) -> Board:
    """The standings from the calls of the frame; all sides that made a call in the contest."""
    calls, days = frame.calls, (contest.ends - contest.begins).days + 1
    inside = _inside(calls, contest)
    column = "agent" if contest.between is Side.AGENT else "team"
    codes, words = calls[column], calls.words[column]
    counted, of = _measured(calls, contest)
    lately = inside & (calls["day"] > number_of(as_of) - 7)
    sums = _sums(codes, len(words), inside, np.ones(len(calls), dtype=np.int64))
    parts = [_sums(codes, len(words), inside, values) for values in (counted, of)]
    week = _sums(codes, len(words), lately, counted)
    found = [
        _place(word, int(parts[0][at]), int(parts[1][at]), int(week[at]), contest)
        for at, word in enumerate(words)
        if word and sums[at]
    ]
    begun = min(max((as_of - contest.begins).days + 1, 0), days)
    return Board(contest=contest, places=_ranked(found), day=begun, days=days, as_of=as_of)


def counted_calls(frame: Frame, contest: Contest) -> Array:
    """A mask of the calls that count for anybody in the contest."""
    inside = _inside(frame.calls, contest)
    found: Array = inside & (_measured(frame.calls, contest)[0] > 0)
    return found


def _inside(calls: Table, contest: Contest) -> Array:
    day = calls["day"]
    inside: Array = (day >= number_of(contest.begins)) & (day <= number_of(contest.ends)) & ~calls["superseded"]
    for name, chosen in (("scenario", contest.scenarios), ("team", contest.teams)):
        if chosen:
            inside &= np.array([word in chosen for word in calls.words[name]], dtype=bool)[calls[name]]
    return inside


def _measured(calls: Table, contest: Contest) -> tuple[Array, Array]:
    """What is counted of each call, and what a rate is of."""
    ones, none = np.ones(len(calls), dtype=np.int64), np.zeros(len(calls), dtype=np.int64)
    match contest.measure:
        case ContestMeasure.CALLS:
            return calls["dialled"] * ones, none
        case ContestMeasure.OFFERS_ACCEPTED:
            return calls["offers_accepted"].astype(np.int64), none
        case ContestMeasure.SUCCESSES:
            return calls["success"] * ones, none
        case ContestMeasure.SUCCESS_RATE:
            return (calls["success"] & calls["owner"]) * ones, calls["owner"] * ones


def _sums(codes: Array, count: int, rows: Array, values: Array) -> Array:
    # Sums of whole numbers far below 2**53 are exact as weights.
    return np.bincount(codes[rows], weights=values[rows], minlength=count)


def _place(side: str, counted: int, of: int, lately: int, contest: Contest) -> Place:
    rate = contest.measure is ContestMeasure.SUCCESS_RATE
    value = (counted * RATE // of if of else 0) if rate else counted
    ranked = not rate or of >= contest.least
    return Place(
        side=side, rank=0 if ranked else None, value=value, counted=counted, of=of,
        reached=value / contest.benchmark, lately=lately,
    )  # fmt: skip


def _ranked(places: list[Place]) -> tuple[Place, ...]:
    fit = sorted((one for one in places if one.rank is not None), key=lambda one: (-one.value, -one.counted, one.side))
    made: list[Place] = []
    for at, one in enumerate(fit):
        same = bool(made) and made[-1].value == one.value
        made.append(msgspec.structs.replace(one, rank=made[-1].rank if same else at + 1))
    rest = sorted((one for one in places if one.rank is None), key=lambda one: (-one.of, one.side))
    return (*made, *rest)
