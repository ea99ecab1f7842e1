"""A task: one customer to be called, why, about what, by when, by whom."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.domain.text import Text


class TaskType(StrEnum):
    """TASK-01."""

    COMPLAINT_REVISIT = "complaint_revisit"
    NEW_JOINER_VISIT = "new_joiner_visit"
    CHURN_INCLINED_VISIT = "churn_inclined_visit"
    ZERO_USAGE_VISIT = "zero_usage_visit"
    NEW_SERVICE_PROMOTION = "new_service_promotion"
    KEY_CUSTOMER_CALL = "key_customer_call"
    MARKET_SURVEY = "market_survey"
    SATISFACTION_SURVEY = "satisfaction_survey"


class TaskState(StrEnum):
    WAITING = "waiting"
    ASSIGNED = "assigned"
    IN_CALL = "in_call"
    FOLLOW_UP = "follow_up"
    DONE = "done"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({TaskState.WAITING, TaskState.ASSIGNED, TaskState.IN_CALL, TaskState.FOLLOW_UP})

TRANSITIONS: dict[TaskState, frozenset[TaskState]] = {
    TaskState.WAITING: frozenset({TaskState.ASSIGNED, TaskState.EXPIRED, TaskState.CANCELLED}),
    TaskState.ASSIGNED: frozenset(
        {
            TaskState.WAITING,
            TaskState.ASSIGNED,
            TaskState.IN_CALL,
            TaskState.FOLLOW_UP,
            TaskState.DONE,
            TaskState.EXPIRED,
            TaskState.CANCELLED,
        }
    ),
    TaskState.IN_CALL: frozenset({TaskState.ASSIGNED, TaskState.FOLLOW_UP, TaskState.DONE, TaskState.CANCELLED}),
    TaskState.FOLLOW_UP: frozenset(
        {
            TaskState.WAITING,
            TaskState.ASSIGNED,
            TaskState.IN_CALL,
            TaskState.FOLLOW_UP,
            TaskState.DONE,
            TaskState.EXPIRED,
            TaskState.CANCELLED,
        }
    ),
    TaskState.DONE: frozenset({TaskState.FOLLOW_UP, TaskState.DONE}),
    TaskState.EXPIRED: frozenset({TaskState.WAITING, TaskState.DONE}),
    TaskState.CANCELLED: frozenset(),
}
"""From → to. DONE and EXPIRED may change once more by a correction or an outcome recorded offline."""


class Tier(StrEnum):
    """VIP-01: 钻金银."""

    DIAMOND = "diamond"
    GOLD = "gold"
    SILVER = "silver"
    NONE = "none"


TIER_RANK = {Tier.DIAMOND: 0, Tier.GOLD: 1, Tier.SILVER: 2, Tier.NONE: 3}
TIER_NAMES = {
    Tier.DIAMOND: Text("钻卡", "Diamond"),
    Tier.GOLD: Text("金卡", "Gold"),
    Tier.SILVER: Text("银卡", "Silver"),
    Tier.NONE: Text("普通", "Standard"),
}


class Block(StrEnum):
    """Why a task cannot be called at all; hours and caps are asked of compliance at dial."""

    NO_NUMBER = "no_number"
    OPTED_OUT = "opted_out"
    BAD_NUMBER = "bad_number"


class Gone(StrEnum):
    """Why a task is not on a desk any more, as its tombstone tells."""

    OPTED_OUT = "opted_out"
    """its customer may not be called any more"""
    REASSIGNED = "reassigned"
    """it is somebody else's now, or waits for somebody"""
    EXPIRED = "expired"
    DONE = "done"
    CANCELLED = "cancelled"


def why_gone(state: TaskState, block: Block | None) -> Gone:
    """Why whoever had a task in that state has it no more."""
    if block is Block.OPTED_OUT:
        return Gone.OPTED_OUT
    ended = {TaskState.EXPIRED: Gone.EXPIRED, TaskState.DONE: Gone.DONE, TaskState.CANCELLED: Gone.CANCELLED}
    return ended.get(state, Gone.REASSIGNED)


class Ended(StrEnum):
    """Why a task is over without a result of its own."""

    TERM = "term"
    """nobody called in time"""
    UNREACHED = "unreached"
    """tried as often as its policy says, and nobody answered"""
    SETTLED = "settled"
    """its reason was gone before the call (ID-11)"""


class TaskCustomer(Struct, frozen=True, kw_only=True):
    """What the queue and the search know of the customer without the document."""

    name: str
    pinyin: str = ""
    """full pinyin, lower case, no spaces: wuwenjing"""
    initials: str = ""
    """wwj"""
    numbers: tuple[str, ...] = ()
    """digits only, the main one first; empty where none is known"""
    tier: Tier = Tier.NONE


class InUse(Struct, frozen=True, kw_only=True):
    """ID-08: a factor as it stood when a rule made the task."""

    name: str
    label: Text
    value: Text
    """with its unit, as it is read"""


class Task(Struct, frozen=True, kw_only=True):
    id: str
    customer_id: str
    type: TaskType
    scenario: str
    """id of the script and of the dispositions: 4g-upgrade, broadband-disconnect, vip-care"""
    state: TaskState
    priority: int
    """0 first … 9 last"""
    reason: Text
    """which warning, in words an agent understands"""
    figure: Text | None = None
    """what the queue shows at the right: 月超 ¥21.60, 风险 0.91"""
    customer: TaskCustomer
    area: str = ""
    grid: str = ""
    branch: str = ""
    created_at: datetime
    due_at: datetime | None = None
    expires_at: datetime | None = None
    callback_at: datetime | None = None
    """set while a callback is promised; the queue puts it first when due"""
    callback_number: str = ""
    callback_mine: bool = True
    callback_agreed: bool = True
    """somebody at the customer's was reached and told of it; False: an agent set it after a call that reached nobody"""
    attempts: int = 0
    assigned_to: str = ""
    """staff number; empty while waiting"""
    lease_epoch: int = 0
    lease_expires_at: datetime | None = None
    block: Block | None = None
    in_use: tuple[InUse, ...] = ()
    """what the rule that made it went by"""
    ended: Ended | None = None
    """set with EXPIRED and CANCELLED where it is known"""
    care: str = ""
    """code of the class of care that it gives by phone; empty: it is about something else"""
    besides: bool = False
    """something else was told of the customer since it was made, a lead or an order that failed: it does not end with
    what it was made for"""
    owed: bool = False
    """the customer waits for it, as it was promised to them or they asked for it: no rest after a complaint holds it"""
