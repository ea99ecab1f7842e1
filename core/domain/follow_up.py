"""What is to happen after a call."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class FollowUpKind(StrEnum):
    CALLBACK = "callback"
    SMS = "sms"
    WORK_ORDER = "work_order"
    HOME_VISIT = "home_visit"
    ESCALATION = "escalation"
    LETTER = "letter"
    """of care alone, planned by the server: no desk plans or shows one"""


class FollowUpState(StrEnum):
    """An SMS without an adapter stays WAITING: it is never shown as sent."""

    WAITING = "waiting"
    SENT = "sent"
    DONE = "done"
    CANCELLED = "cancelled"


class FollowUp(Struct, frozen=True, kw_only=True):
    id: UUID
    outcome_id: UUID
    task_id: str | None
    customer_id: str
    agent: str
    kind: FollowUpKind
    state: FollowUpState = FollowUpState.WAITING
    due_at: datetime | None = None
    """callback and visit: when; work order and escalation: by when"""
    mine: bool = True
    """False: anyone of the team may take it"""
    fall_back_after_min: int = 60
    """a callback of mine becomes anyone's so long after it fell due"""
    number: str = ""
    template: str = ""
    text: str = ""
    """SMS: the full text; else what is to be done"""
    department: str = ""
    consent: bool = False
    """FOLLOW-04: a home visit needs the customer's consent"""
    offer: str = ""
    """the offer beyond plans whose acceptance brings it"""
