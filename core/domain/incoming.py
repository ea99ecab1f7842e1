"""What other systems tell of as it happens (ID-24): sales leads, pre-disconnect notices, failed orders; and what the
centre does about each, which is content."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from core.domain.text import Text

EVENT_KIND: Final = "event_kind"
"""the kind of content; a piece each, named by its id"""


class Taken(StrEnum):
    """What became of an event."""

    TASK = "task"
    """a task was made of it, or the customer's open one has its reason now"""
    ASIDE = "aside"
    """kept for a person to look at"""
    CLOSED = "closed"
    """looked at, and nothing is to be done"""


class Aside(StrEnum):
    """Why an event did not become a task."""

    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_CUSTOMER = "unknown_customer"
    OPTED_OUT = "opted_out"
    NO_SCRIPT = "no_script"
    """its scenario has no script here"""
    TOO_OLD = "too_old"
    """it happened longer ago than such a thing is worth a call"""


ASIDE_WORDS: Mapping[Aside, Text] = {
    Aside.UNKNOWN_KIND: Text("没有这种事件的处理办法", "nothing says what to do about this kind of event"),
    Aside.UNKNOWN_CUSTOMER: Text("没有这个客户", "there is no such customer"),
    Aside.OPTED_OUT: Text("客户不接受外呼", "the customer wants no calls"),
    Aside.NO_SCRIPT: Text("这种事件的场景没有话术", "its scenario has no script"),
    Aside.TOO_OLD: Text("事情过去太久，不再外呼", "it happened too long ago for a call"),
}


class EventField(Struct, frozen=True, kw_only=True):
    """A value that the sender may state, for the words."""

    name: str
    """as it stands in the reason: {plan}"""
    otherwise: Text
    """what is said where the sender does not state it"""


class EventKind(Struct, frozen=True, kw_only=True):
    """What is done about one kind of event: a file each under `resources/events/`."""

    id: str
    version: int
    name: Text
    scenario: str
    priority: int
    """of its tasks, 0 first … 9 last"""
    due_within_min: int
    """from when it came until a customer should be called"""
    expires_after_hours: int
    """from when it happened; older ones are kept aside, and their tasks expire"""
    fields: tuple[EventField, ...] = ()
    asked: bool = False
    """the customer asked to be called: no rest after a complaint holds the call"""
    reason: Text
    """what the agent reads, with fields at `{name}`"""
