"""What an effect report is made of, as the database gives it. Days are since 1970, in China."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct

from core.domain.campaign import Campaign
from core.domain.outreach import ContactState
from core.domain.text import Text
from core.wire.campaign_effect import ArmShare, ProblemMet

NEVER_DAY = 2**40
"""of what has not happened"""


class Member(Struct, frozen=True, gc=False):
    """One customer whom chance drew."""

    treated: bool
    stratum: str
    drawn: int
    left: int
    agreed: int
    """first success of any call after the draw, whoever called"""
    ordered: int
    """first order after the draw that stands or may still come to stand"""
    called: int
    """first dialled after the draw, for whatever reason"""
    rule: str
    model: str
    score: float | None
    dispatched: bool
    barrier: str = ""
    by_call: bool = True
    """an agent was to call; else a text, an automated call or a visit"""


class Call(Struct, frozen=True, gc=False):
    """A record of the campaign's tasks that stands."""

    member: int
    """place among the members"""
    day: int
    agent: str
    dialled: bool
    reached: bool
    """the owner was spoken to"""
    agreed: bool
    ordered: bool
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaBase:
    """Of all customers of an area: how many were there, and how many of them left, before the draw and after."""

    area: str
    before: ArmShare
    after: ArmShare


@dataclass(frozen=True, slots=True)
class Told:
    """Everything of one campaign."""

    campaign: Campaign
    state: str
    members: Sequence[Member]
    calls: Sequence[Call]
    days: int
    at: datetime
    today: int
    known_until: int | None
    arms_hold: bool
    """drawn again by the seed, chance gives the same arms"""
    areas: Sequence[AreaBase] = ()
    names: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    """by dimension (rule, model, offer, agent) the name of each code"""
    problems: tuple[ProblemMet, ...] = ()
    contacts: Mapping[ContactState, int] = field(default_factory=dict)
    """texts, automated calls and visits: how many stand how"""
