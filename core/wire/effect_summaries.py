"""Figures over all campaigns: what each line of work brought (EVAL-02), and how often rules and models hit (EVAL-04).

Shares and effects are between −1 and 1, as in `campaign_effect`.
"""

from datetime import date, datetime

from msgspec import Struct

from core.domain.text import Text
from core.wire.campaign_effect import ArmShare, Compared, Interval, Verdict


class LineEffect(Struct, frozen=True, kw_only=True):
    """All campaigns of one scenario that drew anybody."""

    scenario: str
    name: Text
    campaigns: int
    treated: int
    control: int
    dispatched: int
    reached: int
    agreed: int
    ordered: int
    verdict: Verdict
    on_net: Compared
    """of those campaigns alone whose control group can be used, each campaign's strata by themselves"""
    left_out: tuple[str, ...] = ()
    """campaigns without a control group, or with a broken one"""


class LineEffects(Struct, frozen=True, kw_only=True):
    at: datetime
    days: int
    known_until: date | None = None
    lines: tuple[LineEffect, ...] = ()


class HitRate(Struct, frozen=True, kw_only=True):
    """Of those whom a rule or model named in a month and nobody called, texted or visited within the days: who left."""

    kind: str
    """rule, model"""
    code: str
    name: Text
    month: str
    """2026-11, in which they were named"""
    named: int
    """in all, reached out to or not"""
    held_out: ArmShare
    """of these, drawn to be held out: whom chance picked"""
    uncalled: ArmShare
    """held out, barred, or not come to, by whatever way: due, and left"""
    precision: Interval | None = None
    """left, of those uncalled; Wilson, 95 %"""
    base: float | None = None
    """of all customers who were there on those days, the share who left within as many days"""
    lift: float | None = None
    """precision over base"""
    not_yet_due: int = 0
    few: bool = False


class HitRates(Struct, frozen=True, kw_only=True):
    at: datetime
    days: int
    known_until: date | None = None
    rates: tuple[HitRate, ...] = ()
