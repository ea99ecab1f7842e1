"""What an outcome does to its task: one rule, for the desk that shows it at once and the server that decides it."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from core.domain.disposition import Result
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.outcome import Contact, Outcome

RETRY_AFTER = timedelta(hours=2)
"""an unreached customer comes back so much later where the result does not say"""
UNREACHED = frozenset({Contact.UNANSWERED, Contact.REJECTED, Contact.OTHER_NUMBER})
"""tried again where no disposition says otherwise"""


class Course(StrEnum):
    """How a task goes on."""

    CLOSED = "closed"
    PROMISED = "promised"
    """a callback, by this desk or by anyone"""
    RETRIED = "retried"


class Aftermath(Struct, frozen=True, kw_only=True):
    course: Course
    callback: FollowUp | None = None
    """set with PROMISED"""
    retry_after: timedelta = RETRY_AFTER
    """counts with RETRIED"""


def aftermath(outcome: Outcome, follow_ups: Sequence[FollowUp], result: Result | None) -> Aftermath:
    """A refusal of further calls ends the task; else a promised callback keeps it; else the result decides.

    `result` is the outcome's disposition, None where it is not known here.
    """
    if outcome.opt_out:
        return Aftermath(course=Course.CLOSED)
    callback = next((f for f in follow_ups if f.kind is FollowUpKind.CALLBACK and f.due_at is not None), None)
    if callback is not None:
        return Aftermath(course=Course.PROMISED, callback=callback)
    if result.closes if result is not None else outcome.contact not in UNREACHED:
        return Aftermath(course=Course.CLOSED)
    asked = result.retry_after_min if result is not None else None
    return Aftermath(course=Course.RETRIED, retry_after=timedelta(minutes=asked) if asked else RETRY_AFTER)
