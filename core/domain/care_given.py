"""Care that was given (CARE-24): a text that was planned, or a call in which it was said; each starts the rest."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from core.domain.care_class import CareChannel
from core.domain.customer import PastCare
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.text import Text

TEXT_MOST = 600
"""characters of a text: longer than any class has, shorter than anything else"""
WRITTEN = frozenset({CareChannel.SMS, CareChannel.MAIL})
"""channels in which the words leave as they stand"""

_LEAVES_AS = {CareChannel.SMS: FollowUpKind.SMS, CareChannel.MAIL: FollowUpKind.LETTER}


class CareGiven(Struct, frozen=True, kw_only=True):
    """One class of care, given to one customer."""

    id: UUID
    customer_id: str
    agent: str
    """staff number"""
    code: str
    """of the class"""
    label: Text
    """as the class was called then"""
    channel: CareChannel
    at: datetime
    text: str = ""
    """what is to leave, in the customer's language; empty: it was said"""
    outcome_id: UUID | None = None
    """of the call in which it was said"""


def text_of(given: CareGiven) -> FollowUp | None:
    """The text that waits for the SMS adapter beside those of calls, or the letter that waits to be printed; None where
    nothing is to be sent."""
    kind = _LEAVES_AS.get(given.channel)
    if kind is None or not given.text:
        return None
    return FollowUp(
        id=given.id,
        outcome_id=given.id,
        task_id=None,
        customer_id=given.customer_id,
        agent=given.agent,
        kind=kind,
        template=given.code,
        text=given.text,
    )


def past_care(given: CareGiven, *, by: str, at: datetime) -> PastCare:
    """The same as the customer's document tells it; `by` is the agent's name."""
    return PastCare(at=at, code=given.code, label=given.label, channel=given.channel.value, agent=by)
