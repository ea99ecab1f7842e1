"""A campaign (活动): whom to reach, about what, by which way, who is held out for comparison, from when until when."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.customer import Value
from core.domain.task import Tier
from core.domain.text import Text


class Trigger(StrEnum):
    """ID-03: jobs of every day for new joiners and proactive care, campaigns at will for the churn-inclined."""

    DAILY = "daily"
    AT_WILL = "at_will"


class CampaignState(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    """nothing is dispatched; what lies on desks stays"""
    STOPPED = "stopped"
    """called off: tasks that nobody opened are gone, open ones finish"""
    ENDED = "ended"


CAMPAIGN_MOVES: Mapping[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.RUNNING, CampaignState.STOPPED}),
    CampaignState.RUNNING: frozenset({CampaignState.PAUSED, CampaignState.STOPPED, CampaignState.ENDED}),
    CampaignState.PAUSED: frozenset({CampaignState.RUNNING, CampaignState.STOPPED, CampaignState.ENDED}),
    CampaignState.STOPPED: frozenset(),
    CampaignState.ENDED: frozenset(),
}


class Arm(StrEnum):
    """What chance decided, within the stratum, before anybody was reached."""

    TREATED = "treated"
    CONTROL = "control"
    """held out: nobody of this campaign reaches them, and they count in its effect all the same"""
    NOT_DRAWN = "not_drawn"
    """chosen, but barred or beyond the quota: chance has not decided, and they are no part of the effect"""


class MemberState(StrEnum):
    """Of a customer whom a campaign chose, before a call: 就绪, 不可派, 暂缓, 已派, 已收回."""

    READY = "ready"
    BLOCKED = "blocked"
    HELD = "held"
    DISPATCHED = "dispatched"
    RECALLED = "recalled"


class Barrier(StrEnum):
    """Why a member is blocked or held."""

    CONTROL = "control"
    OPTED_OUT = "opted_out"
    NO_NUMBER = "no_number"
    NO_CONSENT = "no_consent"
    """the campaign sells, and they agree to nothing that does (TASK-16)"""
    CALLED_LATELY = "called_lately"
    OTHER_CAMPAIGN = "other_campaign"
    OPEN_TASK = "open_task"
    NO_AGENT = "no_agent"
    """nobody certified for the scenario works that area"""
    REST = "rest"
    """a rule of rest, or a moment of do-not-disturb"""
    NOT_ENABLED = "not_enabled"
    """TASK-17: the site, area or grid has not switched this type of task on"""
    QUOTA = "quota"
    SOURCE = "source"
    """ID-10: a source that the rule hangs on failed or is late"""
    GONE = "gone"
    """there is no such customer any more, they left the net and the scenario is not for those, or the reason is gone
    (ID-11)"""
    UNDELIVERED = "undelivered"
    """a text, an automated call or a visit left and did not reach them"""


class Route(StrEnum):
    """TASK-04: by which way a customer is reached."""

    MANAGER_CALL = "manager_call"
    REPRESENTATIVE_CALL = "representative_call"
    SMS = "sms"
    VOICE = "voice"
    VISIT = "visit"


CALLS = frozenset({Route.MANAGER_CALL, Route.REPRESENTATIVE_CALL})
"""routes whose tasks come to a desk; the others leave through a port"""


class Audience(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom a campaign chooses from. What is named is met together: of those whom a rule or the list names, the model's
    likeliest first."""

    rules: tuple[str, ...] = ()
    """ids of rules over factors; whom any of them matches"""
    model: str = ""
    """id of a model, or `published`; the likeliest to leave come first"""
    at_least: float = 0.0
    """the model's least probability, 0…1"""
    list_id: str = ""
    """customers of that list, as it was brought in"""
    more_list_id: str = ""
    """customers of that list come on top of those chosen (ID-07), whatever rules say; places and values narrow them"""
    areas: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    """empty: everywhere"""
    values: tuple[Value, ...] = ()
    tiers: tuple[Tier, ...] = ()
    """empty: whatever the customer's value and tier (VIP-01)"""


class Forecast(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """EVAL-08: what the planner expects, percent of those before."""

    reached_percent: float | None = None
    agreed_percent: float | None = None
    """of those reached"""
    effect_points: float | None = None
    """percentage points by which more are on net than without, 30 days after"""


class CampaignTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a planner states of a campaign."""

    id: str
    """letters, digits, `-`, `_` and `.`; its tasks carry it as `list_id`"""
    name: Text
    trigger: Trigger = Trigger.AT_WILL
    audience: Audience
    scenario: str
    offers: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    """ways that may be used; empty: calls alone"""
    quota: int = 0
    """customers to be reached in all; 0: all whom the audience names"""
    a_day: int = 0
    """at most so many tasks a day; 0: as much as there is capacity"""
    control_percent: float = 10.0
    """held out at random within each stratum"""
    strata: tuple[str, ...] = ("value", "area")
    """columns of the customer within which chance decides"""
    starts_on: date
    ends_on: date
    priority: int = 5
    forecast: Forecast = Forecast()
    target_agreed: int = 0
    """agreements to be had; 0: none stated (TASK-07)"""


def calls(terms: CampaignTerms) -> bool:
    """Whether agents call any of its customers; only a call asks whether somebody agrees."""
    return not terms.routes or not CALLS.isdisjoint(terms.routes)


class Campaign(CampaignTerms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A campaign as it is kept."""

    owner: str
    """staff number"""
    created_at: datetime
    snapshot_id: str = ""
    """the snapshot its members were chosen from"""
    seed: str
    """hexadecimal; with a customer's id it decides the arm, so that anybody can draw again and see the same"""
