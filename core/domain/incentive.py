"""Incentive points (BB-11, 12) and sales contests (4G-10), as content."""

from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from core.domain.text import Text

INCENTIVE: Final = "incentive"
"""kind of content: an Incentive each"""
CONTEST: Final = "contest"
"""kind of content: a Contest each"""


class PointKind(StrEnum):
    """What points are given or taken for."""

    SAVE = "save"
    ORDER = "order"
    """a suspension or a disconnect, properly taken"""
    FAKED = "faked"
    """a save that the customer denies"""
    STONEWALLED = "stonewalled"
    """a disconnect that was not let through"""


TAKEN_BACK = (PointKind.FAKED, PointKind.STONEWALLED)
"""what costs points"""
POINT_NAMES: dict[PointKind, Text] = {
    PointKind.SAVE: Text("挽留成功", "Saves"),
    PointKind.ORDER: Text("停机 / 拆机单", "Suspension and disconnect orders"),
    PointKind.FAKED: Text("虚假挽留", "Faked saves"),
    PointKind.STONEWALLED: Text("推诿拆机", "Stonewalled disconnects"),
}


class Qualifying(Struct, frozen=True, kw_only=True):
    """Which districts' stores take part with their suspension and disconnect orders."""

    areas: tuple[str, ...] = ()
    """named ones; empty: every one that the next two let in"""
    cases_at_least: int = 0
    """customers who wanted to leave and were spoken to in the period"""
    saved_percent_at_least: int = 0
    """of these: who disconnects everybody earns nothing by it"""


class Incentive(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    scenarios: tuple[str, ...]
    save: int
    """points for a save that counts"""
    on_net_days: int
    """a save counts once the line has stayed so long: 7, 14 or 30; 0 at once"""
    order: int
    """points for each order of the results below"""
    order_results: tuple[str, ...]
    """codes of dispositions"""
    stores: Qualifying
    deduction: int
    """points of a faked save or a stonewalled disconnect: what a save brings, taken back doubly; below zero"""


class ContestMeasure(StrEnum):
    SUCCESSES = "successes"
    SUCCESS_RATE = "success_rate"
    """successes ÷ right-party contacts, of those with `least` contacts"""
    OFFERS_ACCEPTED = "offers_accepted"
    CALLS = "calls"


CONTEST_MEASURE_NAMES: dict[ContestMeasure, Text] = {
    ContestMeasure.SUCCESSES: Text("成功数", "Successes"),
    ContestMeasure.SUCCESS_RATE: Text("成功率", "Success rate"),
    ContestMeasure.OFFERS_ACCEPTED: Text("优惠办理数", "Offers taken"),
    ContestMeasure.CALLS: Text("外呼量", "Calls"),
}


class Side(StrEnum):
    AGENT = "agent"
    TEAM = "team"


class Contest(Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    begins: date
    ends: date
    """the last day"""
    between: Side
    measure: ContestMeasure
    scenarios: tuple[str, ...] = ()
    """empty: all"""
    teams: tuple[str, ...] = ()
    """empty: all"""
    benchmark: int
    """what each side is to reach by the end: a number, or of a rate permyriads"""
    least: int = 0
    """right-party contacts without which a rate is not ranked"""
    prizes: tuple[Text, ...] = ()
    """for the first, the second …"""


POINT_FAULTS: Final = "point_faults"
"""kind of what the server tells a team's leads and planners: a TeamFaults, named by the team"""


class FaultFound(Struct, frozen=True, kw_only=True):
    """A faked save or a stonewalled disconnect that somebody has established."""

    kind: PointKind
    agent: str
    day: date
    """of the call"""
    customer: int
    """as the review's frame has it: equal for equal customers, says nothing of them"""
    scenario: str


class TeamFaults(Struct, frozen=True, kw_only=True):
    team: str
    faults: tuple[FaultFound, ...]
