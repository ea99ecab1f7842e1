"""Care that was said in the call of its own task: it is on the customer's record, and rests on every desk."""

from core.domain.aftermath import UNREACHED
from core.domain.care_class import CareChannel
from core.domain.care_given import CareGiven
from core.domain.outcome import Outcome
from core.domain.task import Task
from core.server.access.caller import Caller
from core.server.db import published
from core.server.db.engine import Unit
from core.server.sync.take_care import keep_given


def note_care_said(unit: Unit, caller: Caller, outcome: Outcome, task: Task | None) -> None:
    """Of the first record of a call that somebody took; what corrects it tells nothing new of the care."""
    if task is None or not task.care or outcome.corrects is not None:
        return
    if outcome.contact in UNREACHED or not outcome.call.talk_time_s:
        return
    classes = published.care_classes(unit)
    care = classes.of(task.care) if classes else None
    if care is None:
        return
    given = CareGiven(
        id=outcome.id,
        customer_id=outcome.customer_id,
        agent=outcome.agent,
        code=care.code,
        label=care.label,
        channel=CareChannel.CALL,
        at=outcome.call.answered_at or outcome.recorded_at,
        outcome_id=outcome.id,
    )
    keep_given(unit, given, by=caller.agent.name)
