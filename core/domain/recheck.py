"""ID-11: what is true of a customer at this moment, and which of it ends the reason for a call."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from core.domain.condition import Condition
from core.domain.text import Text

RECHECK: Final = "recheck"
"""the kind of content; a piece each, named by its id"""


class LineStatus(StrEnum):
    """As the billing system has the line now."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    """停机: for arrears, or by the customer's wish"""
    LEAVING = "leaving"
    """a disconnect or a port-out is on its way"""
    LEFT = "left"
    UNKNOWN = "unknown"


STATUS_WORDS: Mapping[LineStatus, Text] = {
    LineStatus.ACTIVE: Text("正常", "in use"),
    LineStatus.SUSPENDED: Text("停机", "suspended"),
    LineStatus.LEAVING: Text("正在办拆机或携出", "leaving"),
    LineStatus.LEFT: Text("已离网", "left the net"),
    LineStatus.UNKNOWN: Text("不明", "not known"),
}


class RecheckFact(StrEnum):
    """What conditions of `ends` may ask for."""

    BALANCE_YUAN = "balance_yuan"
    ARREARS_YUAN = "arrears_yuan"
    TOPPED_UP = "topped_up"
    """paid in since the task was made"""
    STATUS = "status"
    NUMBER_CHANGED = "number_changed"
    """the number that would be called is not the customer's any more"""


class EndsWhen(Struct, frozen=True, kw_only=True):
    code: str
    """on record where it ended a task"""
    when: Condition
    """over RecheckFact"""
    words: Text
    """what the agent reads, with `{balance}` where the balance is known by the condition"""


class Recheck(Struct, frozen=True, kw_only=True):
    """Which facts end a task: a file each under `resources/rechecks/`."""

    id: str
    version: int
    scenarios: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """ids of warning rules whose tasks it is for; with neither it is for all tasks"""
    ends: tuple[EndsWhen, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """What billing and CRM say of a customer now; what they do not know is None."""

    balance_fen: int | None = None
    arrears_fen: int | None = None
    status: LineStatus = LineStatus.UNKNOWN
    number_is_theirs: bool | None = None
    """whether the number asked about is the customer's"""
    paid_at: datetime | None = None
    """the newest payment"""
    as_of: datetime
    """by the other side's clock"""


def facts_of(standing: Standing, *, made_at: datetime) -> dict[str, object]:
    """Of a task that was made then."""
    paid = standing.paid_at
    return {
        RecheckFact.BALANCE_YUAN: None if standing.balance_fen is None else standing.balance_fen / 100,
        RecheckFact.ARREARS_YUAN: None if standing.arrears_fen is None else standing.arrears_fen / 100,
        RecheckFact.TOPPED_UP: None if paid is None else paid > made_at,
        RecheckFact.STATUS: None if standing.status is LineStatus.UNKNOWN else standing.status.value,
        RecheckFact.NUMBER_CHANGED: None if standing.number_is_theirs is None else not standing.number_is_theirs,
    }
