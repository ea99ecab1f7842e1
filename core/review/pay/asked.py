"""The calls behind points, pay by the piece, and places of a contest: the very rows that were counted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from core.domain.incentive import Contest, FaultFound, Incentive, Side
from core.domain.package import Package, PackageMeasure, PayRule, Principle
from core.review.behind import Question
from core.review.choice import Choice
from core.review.frame import Array, Frame
from core.review.pay.contests import counted_calls
from core.review.pay.points import marked_calls


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


def of_indicator(package: Package, team: str, measure: PackageMeasure) -> Question:
    """The team's calls of the package's period that bear on it: of retention those whose customer left within thirty
    days, of revenue those that brought something."""
    fact = "left_30" if measure is PackageMeasure.RETENTION else "new_services"
    return Question(Choice(package.begins, package.ends, team=(team,)), fact)


def of_pay(package: Package, team: str, rule: PayRule) -> Question | None:
    """None where no call was counted."""
    if rule.principle is not Principle.PIECE:
        return None
    scenario = (rule.scenario,) if rule.scenario else ()
    return Question(Choice(package.begins, package.ends, team=(team,), scenario=scenario), "success")


def of_owner(package: Package, agent: str) -> Question:
    """The owner's own calls in the period; with a team's they would be another's."""
    return Question(Choice(package.begins, package.ends, agent=(agent,)), "calls")
