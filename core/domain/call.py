"""A call: its states as the agent or the telephony states them, and its record."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.calendar import Window

LONGEST_TALK_S = 86_400
"""no call is recorded as longer than a day, also one that a desk forgot to end"""


class CallState(StrEnum):
    PREVIEW = "preview"
    DIALLING = "dialling"
    IN_CALL = "in_call"
    WRAP_UP = "wrap_up"
    SAVED = "saved"


class Direction(StrEnum):
    OUTBOUND = "outbound"
    INBOUND = "inbound"


class TalkTimeSource(StrEnum):
    """Until telephony reports a talk time, it is what the agent stated."""

    AGENT_STATED = "agent_stated"
    MEASURED = "measured"


class CallRecord(Struct, frozen=True, kw_only=True):
    direction: Direction
    number: str
    """digits; empty where nothing was dialled"""
    dialled_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    talk_time_s: int = 0
    talk_time_source: TalkTimeSource = TalkTimeSource.AGENT_STATED
    wrap_up_s: int = 0
    dialler: str = ""
    """which adapter: tel, sip, inbound"""


class Dial(Struct, frozen=True, kw_only=True):
    """One attempt that compliance permitted; counted in the caps."""

    id: UUID
    customer_id: str
    task_id: str | None
    number: str
    at: datetime
    agent: str


class Reveal(Struct, frozen=True, kw_only=True):
    """A number shown in full, on purpose."""

    id: UUID
    customer_id: str
    number: str
    at: datetime
    agent: str


class Skip(Struct, frozen=True, kw_only=True):
    """A task passed over, with the reason."""

    id: UUID
    task_id: str
    reason: str
    at: datetime
    agent: str
    until: datetime | None = None


class QuietAsked(Struct, frozen=True, kw_only=True):
    """The customer wants no calls in these hours (TASK-16): all there are, in place of what was known."""

    id: UUID
    customer_id: str
    quiet: tuple[Window, ...]
    """minutes of each day; none: they may be called as others are"""
    at: datetime
    agent: str


class AddedNumber(Struct, frozen=True, kw_only=True):
    """An alternate number with its source and date (OUTCOME-03, "call my other number")."""

    id: UUID
    customer_id: str
    number: str
    source: str
    at: datetime
    agent: str
