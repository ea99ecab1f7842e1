"""Correcting a saved outcome: a new record that points at the old one; nothing is overwritten."""

from datetime import datetime
from uuid import UUID, uuid4

from msgspec import structs

from core.desk.desk import Desk
from core.domain.errors import Refused
from core.domain.outcome import Intent
from core.domain.text import Text
from core.wire.push import Saved


def correct(
    desk: Desk, outcome_id: UUID, *, result: str, reason: str, intent: Intent | None, note: str, now: datetime
) -> Saved:
    """Save a correction and give it. Talk time, dials and the script's path stay as they were recorded.

    Raises KeyError where the outcome is not on this machine, Refused where the new result asks for what only a call
    can give (a longer talk, an order).
    """
    old = desk.store.saved(outcome_id)
    if old is None:
        raise KeyError(outcome_id)
    dispositions = desk.dispositions(old.outcome.scenario)
    chosen = dispositions.result(result)
    if chosen is None or chosen.choices:
        raise KeyError(result)
    talked = old.outcome.call.talk_time_s
    if chosen.success and (old.outcome.order is None or talked < (chosen.talk_min_s or 0)) and not old.outcome.success:
        raise Refused(
            code="correction_needs_call",
            title=Text("不能改成成功", "Cannot become a success"),
            message=Text("成功须在通话中复述并同意。", "A success needs the read-back and consent of a call."),
            next_step=Text("请重新联系客户后记录。", "Call the customer again and record it."),
        )
    outcome = structs.replace(
        old.outcome,
        id=uuid4(),
        corrects=old.outcome.id,
        result=chosen.code,
        contact=chosen.contact or old.outcome.contact,
        success=chosen.success,
        reason=reason,
        intent=intent or chosen.intent,
        case_result=chosen.case_result,
        opt_out=chosen.opt_out,
        order=old.outcome.order if chosen.success else None,
        note=note,
        note_edited=True,
        recorded_at=now,
    )
    saved = Saved(outcome=outcome)
    desk.store.save(saved)
    return saved
