"""The calls behind points, pay by the piece, and places of a contest: the very rows that were counted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from core.domain.incentive import Contest, FaultFound, Incentive, Side
from core.domain.package import Package, PackageMeasure, PackageStanding, PayRule, Principle
from core.review.behind import Question
from core.review.choice import Choice
from core.review.frame import Array, Frame, number_of
from core.review.pay.contests import counted_calls
from core.review.pay.points import marked_calls
from core.review.snapshots import Place


class PointsOf(StrEnum):
    """What of an account."""

    SAVES = "saves"
    OPEN = "open"
    ORDERS = "orders"
    FAULTS = "faults"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PointsAsked:
    """What somebody pressed on in an agent's account."""

    incentive: Incentive
    first: date
    last: date
    faults: tuple[FaultFound, ...]
    agent: str
    of: PointsOf

    def rows(self, frame: Frame) -> Array:
        marked = marked_calls(frame, self.incentive, self.first, self.last, faults=self.faults)
        mask = {
            PointsOf.SAVES: marked.saves,
            PointsOf.OPEN: marked.open,
            PointsOf.ORDERS: marked.orders,
            PointsOf.FAULTS: marked.at_fault,
            PointsOf.ALL: marked.inside,
        }[self.of]
        return np.flatnonzero(mask & (frame.calls["agent"] == frame.calls.code("agent", self.agent)))


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """What somebody pressed on of a side of a contest."""

    contest: Contest
    side: str

    def rows(self, frame: Frame) -> Array:
        column = "agent" if self.contest.between is Side.AGENT else "team"
        mine = frame.calls[column] == frame.calls.code(column, self.side)
        return np.flatnonzero(counted_calls(frame, self.contest) & mine)


def of_indicator(package: Package, standing: PackageStanding, measure: PackageMeasure) -> Question:
    """The calls of the period with the team's snapshot customers that bear on it, whoever made them: of retention those
    with customers who have left, as the figure counts them; of revenue those that brought something."""
    place = Place(package.id, standing.team)
    if measure is PackageMeasure.RETENTION:
        return _lost(package, standing, place)
    return Question(_period(package), "new_services", place=place)


def of_pay(package: Package, team: str, rule: PayRule) -> Question | None:
    """None where no call was counted."""
    if rule.principle is not Principle.PIECE:
        return None
    scenario = (rule.scenario,) if rule.scenario else ()
    return Question(Choice(package.begins, package.ends, team=(team,), scenario=scenario), "success")


def of_owner(package: Package, standing: PackageStanding, owner: str, *, lost: bool = False) -> Question:
    """The calls of the period with the snapshot customers that are this owner's, empty: nobody's; `lost`: with those
    who have left."""
    place = Place(package.id, standing.team, owner)
    return _lost(package, standing, place) if lost else Question(_period(package), "calls", place=place)


def _lost(package: Package, standing: PackageStanding, place: Place) -> Question:
    gone = {"left_day": (1, number_of(standing.as_of))}
    return Question(_period(package), "calls", numbers=gone, place=place)


def _period(package: Package) -> Choice:
    return Choice(package.begins, package.ends)
