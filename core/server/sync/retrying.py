"""TASK-18: when an unreached customer is tried again, by the policy that content states for the task."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import select

from core.compliance import quiet_of
from core.domain import decoding
from core.domain.aftermath import Course, aftermath
from core.domain.calendar import Window
from core.domain.customer import Contacting
from core.domain.disposition import Result
from core.domain.follow_up import FollowUp
from core.domain.outcome import Contact, Outcome
from core.domain.retrying import RETRY_POLICY, RetryPolicy, next_try, policy_for
from core.domain.task import Ended, Task, TaskState
from core.server.calling_hours import allowed
from core.server.db import customers, published
from core.server.db.engine import Unit
from core.server.db.schema import outcome as outcomes

NOBODY = frozenset({Contact.UNANSWERED, Contact.REJECTED})
"""the call reached nobody; another number that was named is a new way, and no attempt of the old one"""


def retried(
    unit: Unit, before: Task, after: Task, outcome: Outcome, follow_ups: Sequence[FollowUp], result: Result | None
) -> Task:
    """`after` an outcome is kept, as the policy has it: due at another hour, or over as unreached. What is promised, or
    closed, stays as it is; so does all where content states no policy."""
    then = aftermath(outcome, follow_ups, result)
    if then.course is not Course.RETRIED or outcome.contact not in NOBODY:
        return after
    policy = policy_for(policies(unit), before.scenario, before.type)
    if policy is None:
        return after
    least = timedelta(minutes=result.retry_after_min) if result is not None and result.retry_after_min else timedelta()
    tried, theirs = _attempts(unit, before.id), allowed(unit, _quiet(unit, before.customer_id))
    at = next_try(policy, tried, least=least, allowed=theirs)
    if at is not None and not theirs(at):
        # No hour of the policy is theirs: the centre's decide.
        at = next_try(policy, tried, least=least, allowed=allowed(unit))
    if at is None:
        return replace(after, state=TaskState.EXPIRED, ended=Ended.UNREACHED)
    return replace(after, due_at=at)


def _quiet(unit: Unit, customer_id: str) -> tuple[Window, ...]:
    """Hours of each day in which they want no calls (TASK-16)."""
    contact = customers.section(unit, customer_id, "contact", Contacting)
    return quiet_of(contact.quiet) if contact is not None else ()


def policies(unit: Unit) -> list[RetryPolicy]:
    """As they are published."""
    return [decoding.decode(body, RetryPolicy) for body in published.bodies(unit, RETRY_POLICY)]


def _attempts(unit: Unit, task_id: str) -> list[datetime]:
    """When calls of the task reached nobody, as they stand on record."""
    statement = select(outcomes.c.body).where(
        outcomes.c.tenant_id == unit.tenant,
        outcomes.c.task_id == task_id,
        outcomes.c.contact.in_(sorted(NOBODY)),
        outcomes.c.corrected_by == "",
        ~outcomes.c.superseded,
    )
    found = [decoding.decode(body, Outcome) for body in unit.conn.execute(statement).scalars()]
    # A clock of a desk that is ahead must not put the next call off for days.
    return [min(one.call.dialled_at or one.recorded_at, unit.now) for one in found]
