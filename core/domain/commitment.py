"""A standing commitment (FOLLOW-10): done for one customer again and again until somebody ends it."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.clock import CHINA
from core.domain.text import Text

COMMITMENT = "commitment"
"""kind of the content document that tells a desk of it; its name is the commitment's id"""
TASK_PREFIX = "commitment-"
"""begins the id of the task that one occurrence makes: the commitment's id and the day follow"""
AHEAD = timedelta(hours=20)
"""so long before its time an occurrence becomes a task"""


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


RHYTHMS: dict[Rhythm, Text] = {
    Rhythm.WEEKLY: Text("每周", "Every week"),
    Rhythm.MONTHLY: Text("每月", "Every month"),
    Rhythm.QUARTERLY: Text("每季", "Every quarter"),
}


class Commitment(Struct, frozen=True, kw_only=True):
    id: UUID
    customer_id: str
    agent: str
    scenario: str
    text: str
    """what is done each time: 读账单"""
    rhythm: Rhythm
    first_on: date
    """the first time, which gives the day of the week or month"""
    minute: int
    """of the day, in the centre's time"""
    at: datetime
    number: str = ""
    """digits; empty: the main number"""


class CommitmentEnd(Struct, frozen=True, kw_only=True):
    id: UUID
    commitment: UUID
    agent: str
    at: datetime
    why: str = ""


class CommitmentTold(Struct, frozen=True, kw_only=True):
    """A commitment as the server keeps and tells it."""

    commitment: Commitment
    customer: str = ""
    """name as it is shown, masked"""
    kept_on: tuple[date, ...] = ()
    """days of the occurrences that were done, oldest first, the last dozen"""
    raised: date | None = None
    """day of the last occurrence that became a task"""
    ended_at: datetime | None = None
    ended_why: str = ""


def occurrence(commitment: Commitment, number: int) -> date:
    """The day of the `number`th time, 0 the first; the 31st is the last day of a shorter month."""
    first = commitment.first_on
    if commitment.rhythm is Rhythm.WEEKLY:
        return first + timedelta(weeks=number)
    months = first.month - 1 + number * (1 if commitment.rhythm is Rhythm.MONTHLY else 3)
    year, month = first.year + months // 12, months % 12 + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def occurrences(commitment: Commitment, start: date, end: date) -> list[date]:
    """Its days in [start, end), oldest first."""
    found: list[date] = []
    number = 0
    while (day := occurrence(commitment, number)) < end:
        if day >= start:
            found.append(day)
        number += 1
    return found


def moment_on(commitment: Commitment, day: date) -> datetime:
    """When it is due on that day, aware."""
    return datetime.combine(day, time(), CHINA) + timedelta(minutes=commitment.minute)


def next_to_raise(told: CommitmentTold, now: datetime) -> date | None:
    """The day of the occurrence that is to become a task by now: the latest one, those passed over are not made up."""
    if told.ended_at is not None:
        return None
    end = (now + AHEAD).astimezone(CHINA).date() + timedelta(days=1)
    start = told.raised + timedelta(days=1) if told.raised else told.commitment.first_on
    due = [day for day in occurrences(told.commitment, start, end) if moment_on(told.commitment, day) <= now + AHEAD]
    return due[-1] if due else None


def next_on(told: CommitmentTold, today: date) -> date | None:
    """The first day from today on that is not done yet; None where it has ended."""
    if told.ended_at is not None:
        return None
    last = told.kept_on[-1] if told.kept_on else None
    begin = today if last is None or last < today else last + timedelta(days=1)
    return occurrences(told.commitment, begin, begin + timedelta(days=100))[0] if begin else None


def rhythm_words(commitment: Commitment) -> Text:
    """每月 5 日 10:00."""
    hour = f"{commitment.minute // 60:02}:{commitment.minute % 60:02}"
    rhythm = RHYTHMS[commitment.rhythm]
    if commitment.rhythm is Rhythm.WEEKLY:
        day = commitment.first_on.weekday()
        return Text(f"{rhythm.zh}{'一二三四五六日'[day]} {hour}", f"{rhythm.en}, {_DAYS[day]} {hour}")
    return Text(
        f"{rhythm.zh} {commitment.first_on.day} 日 {hour}", f"{rhythm.en} on day {commitment.first_on.day}, {hour}"
    )


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
