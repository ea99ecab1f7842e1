"""A filled-in form becomes the records that are saved: one outcome and its follow-ups, in one stroke."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from core.compliance import normalise
from core.desk.form import Form, Planned
from core.desk.opened import Opened
from core.domain.authority import UsedGrant
from core.domain.call import CallRecord
from core.domain.charge import Charge
from core.domain.disposition import Field, Result
from core.domain.follow_up import FollowUp
from core.domain.order import Order
from core.domain.outcome import Contact, Disconnect, FalseData, Outcome, Ticked, Verification
from core.guidance.conversation import Conversation
from core.wire.push import Saved

READ_BACK = "read_back"
"""The checklist item, the same in every script, that says the order was read back."""

_SPOKE_WITH = {
    Verification.OWNER: Contact.OWNER,
    Verification.FAMILY: Contact.FAMILY,
    Verification.THIRD_PARTY: Contact.THIRD_PARTY,
    Verification.FAILED: Contact.IDENTITY_DOUBTED,
    # Nobody asked who it was: counted as answered, not as a right-party contact.
    Verification.NOT_ASKED: Contact.THIRD_PARTY,
}


def contact_of(result: Result, verification: Verification) -> Contact:
    """Whom the call reached: as the result states it, else as verified."""
    return result.contact if result.contact is not None else _SPOKE_WITH[verification]


def compose(
    opened: Opened,
    form: Form,
    said: Conversation,
    *,
    call: CallRecord,
    now: datetime,
    grants: tuple[UsedGrant, ...] = (),
) -> Saved:
    """The records of a form that `readiness.lacking` found complete; KeyError where its result is unknown."""
    result = opened.dispositions.result(form.result)
    if result is None:
        raise KeyError(form.result)
    outcome = _outcome(opened, form, said, result, call=call, now=now, grants=grants)
    asked_at = normalise(form.other_number) if Field.OTHER_NUMBER in result.needs else ""
    planned = [*form.planned, *form.offer_follow_ups()]
    return Saved(
        outcome=outcome, follow_ups=tuple(follow_up_of(plan, outcome, other_number=asked_at) for plan in planned)
    )


def _outcome(
    opened: Opened,
    form: Form,
    said: Conversation,
    result: Result,
    *,
    call: CallRecord,
    now: datetime,
    grants: tuple[UsedGrant, ...],
) -> Outcome:
    return Outcome(
        id=uuid4(),
        # There is an id and no task where the task was withdrawn: the server keeps the record under it.
        task_id=opened.task_id,
        lease_epoch=opened.task.lease_epoch if opened.task else None,
        customer_id=opened.customer_id,
        agent=opened.agent.staff_number,
        scenario=opened.dispositions.scenario,
        script_version=opened.script.version,
        call=call,
        result=result.code,
        contact=contact_of(result, said.verification),
        success=result.success,
        reason=form.reason,
        intent=form.intent or result.intent,
        case_result=result.case_result,
        verification=said.verification,
        opt_out=result.opt_out,
        path=said.path(),
        ticked=said.ticked(),
        answered=said.answered(),
        note=form.note,
        note_edited=form.note_edited,
        order=order_of(form, said.ticked()) if Field.ORDER in result.needs else None,
        disconnect=_disconnect(form, result, opened.monthly_spend_fen),
        false_data=_false_data(opened, form),
        offers=tuple(form.offers),
        grants=grants,
        recorded_at=now,
    )


def _false_data(opened: Opened, form: Form) -> FalseData | None:
    """With the dealer who acquired the customer."""
    contact = opened.document.contact
    if not form.false_field:
        return None
    return FalseData(field=form.false_field, dealer=contact.acquiring_dealer if contact else "")


def order_of(form: Form, ticked: Sequence[Ticked]) -> Order | None:
    """The order as filled in, None while product, price or start is missing."""
    order = form.order
    if not order.product or order.price_fen is None or order.starts_on is None:
        return None
    return Order(
        # The CRM and the customer's SMS know Chinese names, whatever language the agent's window has.
        product=order.name.zh if order.name is not None else order.product,
        price_fen=order.price_fen,
        term_months=order.term_months or 0,
        locked=bool(order.locked),
        starts_on=order.starts_on,
        read_back=any(tick.item == READ_BACK for tick in ticked),
        consent=order.consent,
        monthly=order.charge is Charge.MONTH,
        charge=order.charge,
        until=order.until(),
        code=order.code,
        version=order.version,
        name=order.name,
        trial=order.trial(),
        ends_trial=order.ends_trial,
    )


def _disconnect(form: Form, result: Result, monthly_spend_fen: int | None) -> Disconnect | None:
    if result.case_result is None or result.case_result.value != "disconnected":
        return None
    return Disconnect(
        monthly_spend_fen=monthly_spend_fen,
        reason=form.reason,
        next_brand=form.disconnect.next_brand,
        suggestion=form.disconnect.suggestion,
    )


def follow_up_of(plan: Planned, outcome: Outcome | None = None, *, other_number: str = "") -> FollowUp:
    """The follow-up that was planned; without an outcome yet, one to be shown only.

    It goes to `other_number` where the customer asked for that, else to the number of the call.
    """
    return FollowUp(
        id=uuid4(),
        outcome_id=outcome.id if outcome else UUID(int=0),
        task_id=outcome.task_id if outcome else None,
        customer_id=outcome.customer_id if outcome else "",
        agent=outcome.agent if outcome else "",
        kind=plan.kind,
        due_at=plan.due_at,
        mine=plan.mine,
        number=plan.number or other_number or (outcome.call.number if outcome else ""),
        template=plan.template,
        text=plan.text,
        department=plan.department,
        consent=plan.consent,
        offer=plan.offer,
    )
