"""What a campaign changed: GET /v1/campaigns/{id}/effect. Shares and effects are between −1 and 1: 0.021 is 2.1 points.

Arms count as chance drew them, those never reached included; days are counted from the draw, for both alike.
"""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.text import Text

EFFECT_DAYS = (7, 14, 30, 90)
"""after the draw"""
EFFECT_DAY = 30
"""the one that the verdict goes by, unless another is asked for"""


class Verdict(StrEnum):
    """What may be said of a campaign's effect."""

    HELPED = "helped"
    """the interval lies above nought: more of those drawn to be called are on net"""
    HARMED = "harmed"
    NONE_SHOWN = "none_shown"
    """the interval holds nought"""
    NOT_DUE = "not_due"
    """too early, or nobody has said who left"""
    TOO_FEW = "too_few"
    NO_CONTROL = "no_control"
    BROKEN = "broken"
    """the arms are not as chance drew them, or differed before anybody was called"""


COMPARED = frozenset({Verdict.HELPED, Verdict.HARMED, Verdict.NONE_SHOWN})
"""verdicts with an effect beside them; with the others there is none"""


class Looked(StrEnum):
    """What became of a customer."""

    ON_NET = "on_net"
    AGREED = "agreed"
    """a call brought what it was for, by whomever"""
    ORDERED = "ordered"


class Interval(Struct, frozen=True, kw_only=True):
    value: float
    low: float
    high: float


class ArmShare(Struct, frozen=True, kw_only=True):
    """How many of an arm are due, and of how many it is so."""

    due: int
    met: int


class Compared(Struct, frozen=True, kw_only=True):
    """One thing looked at, so many days after the draw."""

    looked: Looked
    days: int
    treated: ArmShare
    control: ArmShare
    not_yet_due: int
    """of both arms; they count in neither"""
    effect: Interval | None = None
    """those drawn to be called less those held out; None: nothing may be said, see the verdict"""
    per_reached: Interval | None = None
    """the same for each customer who was spoken to, which takes for granted that being drawn changes nothing for those
    who were not; an extra, never the verdict"""
    few: bool = False
    """too few to judge by: shown in grey"""


class Group(Struct, frozen=True, kw_only=True):
    """Part of a campaign. Without an effect it only says what was: who was called by whom is nobody's chance."""

    code: str
    name: Text
    drawn: int = 0
    """in both arms; 0 of agents and offers, which have no control"""
    dispatched: int
    reached: int
    """customers spoken to"""
    agreed: int
    ordered: int = 0
    on_net: ArmShare
    """of those drawn to be called (of agents and offers: of those they spoke to), on the verdict's day"""
    control_on_net: ArmShare | None = None
    """of those held out; None of agents and offers, which have no control"""
    effect: Interval | None = None
    few: bool = False


class Forecasted(Struct, frozen=True, kw_only=True):
    """What the planner expected beside what came (EVAL-08), in percent; the effect in percentage points."""

    what: str
    """reached, agreed, effect"""
    expected: float
    achieved: float | None
    low: float | None = None
    high: float | None = None
    within: bool | None = None
    """the expectation lies in the interval; None: nothing to compare with yet"""


class ProblemMet(Struct, frozen=True, kw_only=True):
    """Calls that met the same problem (EVAL-06)."""

    code: str
    name: Text
    words: tuple[str, ...]
    calls: int


class BeforeAfter(Struct, frozen=True, kw_only=True):
    """Of all customers of an area, called or not, the share who left in as many days before the draw as after
    (EVAL-03): nothing of why."""

    area: str
    """empty: everywhere the campaign does not reach"""
    name: Text
    before: ArmShare
    after: ArmShare
    points: float | None
    """after less before, percentage points; None: not due, or nobody there"""


class CampaignEffect(Struct, frozen=True, kw_only=True):
    campaign_id: str
    name: Text
    state: str
    """domain.campaign.CampaignState, or one that a later program knows"""
    days: int
    """which the verdict goes by"""
    verdict: Verdict
    words: Text
    """the verdict as a sentence"""
    cautions: tuple[Text, ...] = ()
    known_until: date | None = None
    """the last day of which it is known who left"""
    at: datetime
    treated: int
    control: int
    """drawn, in all"""
    left_before: int = 0
    """had left before the draw: in neither arm"""
    dispatched: int
    called: int
    """dialled at least once"""
    reached: int
    """spoke to the owner"""
    agreed: int
    ordered: int
    by_call: bool = True
    """agents call some of its customers; else nobody is dialled, and whether somebody agrees is not asked"""
    sent: int = 0
    """texts, automated calls and visits that left, those that failed since among them"""
    delivered: int = 0
    """of these, those that are known to have reached the customer"""
    answered: int = 0
    control_called: int = 0
    """held out, and called for something else all the same"""
    compared: tuple[Compared, ...] = ()
    before_after: tuple[BeforeAfter, ...] = ()
    cannot_show: Text | None = None
    """what must stand beside before and after"""
    groups: dict[str, tuple[Group, ...]] = {}
    """by stratum, value, area, rule, model, offer, agent; a later program may know more"""
    forecast: tuple[Forecasted, ...] = ()
    problems: tuple[ProblemMet, ...] = ()
