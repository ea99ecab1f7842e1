"""Past calls as the outcomes that agents recorded."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from uuid import UUID

from msgspec import structs

from core.content.plans import catalogue
from core.demo.calls import PastDial, past_calls
from core.demo.dealers import acquired_by
from core.demo.life import fitting
from core.demo.past_work import task_of
from core.demo.people import DISCONNECT, UPGRADE
from core.demo.profile import Profile, profile
from core.demo.remarks import remark
from core.demo.rng import Purpose, stream
from core.demo.today import Today, add_months
from core.demo.walked import offers_of, path_of, ticked_of
from core.domain.call import CallRecord, Direction
from core.domain.charge import Charge
from core.domain.clock import local_day
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.order import Confirmation, Order
from core.domain.outcome import (
    CaseResult,
    Contact,
    Disconnect,
    FalseData,
    Outcome,
    Verification,
)
from core.wire.push import Saved

_VERIFIED = {
    Contact.OWNER: Verification.OWNER,
    Contact.FAMILY: Verification.FAMILY,
    Contact.THIRD_PARTY: Verification.THIRD_PARTY,
    Contact.NOT_OWNER: Verification.FAILED,
}
_TERM_MONTHS = 12
_CONFIRMED_AFTER = timedelta(days=2)
_NEXT_BRANDS = ("联信", "移通", "江城广电", "")
_SUGGESTIONS = ("价格再低一些", "维修要快", "老用户也应有优惠", "")


def past_outcomes(seed: int, index: int, today: Today) -> Iterator[Saved]:
    """What was recorded of a customer's calls, oldest first."""
    who = profile(seed, index, today)
    calls = past_calls(seed, who, today)
    rng, walk, offered = (stream(seed, index, one) for one in (Purpose.OUTCOME, Purpose.WALKED, Purpose.OFFERED))
    dealer = acquired_by(seed, index, {call.contact for call in calls})
    for call in calls:
        false = dealer if call.contact is Contact.NOT_OWNER else ""
        outcome = structs.replace(
            _outcome(rng, walk, who, call, today),
            offers=offers_of(offered, call),
            false_data=FalseData(field="name", dealer=false) if false else None,
        )
        yield Saved(outcome=outcome, follow_ups=tuple(_follow_ups(rng, who, call, outcome.task_id)))


def _outcome(rng: Random, walk: Random, who: Profile, call: PastDial, today: Today) -> Outcome:
    path, said = path_of(walk, call), remark(call)
    answered_at = call.at + timedelta(seconds=call.ring_s) if call.answered else None
    ended_at = call.at + timedelta(seconds=call.ring_s + call.talk_s)
    return Outcome(
        id=call.id,
        task_id=task_of(who.index, call),
        customer_id=who.id,
        agent=call.agent,
        scenario=call.scenario,
        script_version=1,
        call=CallRecord(
            direction=Direction.OUTBOUND,
            number=call.number,
            dialled_at=call.at,
            answered_at=answered_at,
            ended_at=ended_at,
            talk_time_s=call.talk_s,
            wrap_up_s=call.wrap_s,
            dialler="tel",
        ),
        result=call.ending.code,
        contact=call.contact,
        success=call.success,
        reason=call.reason,
        intent=call.ending.intent,
        case_result=call.ending.case_result if call.scenario == DISCONNECT else None,
        verification=_VERIFIED.get(call.contact, Verification.NOT_ASKED),
        opt_out=call.refused,
        path=path,
        ticked=ticked_of(path, call.scenario),
        note=said or call.ending.note,
        note_edited=bool(said),
        order=_order(who, call, today) if call.success and call.scenario == UPGRADE else None,
        disconnect=_disconnect(rng, who, call),
        recorded_at=ended_at + timedelta(seconds=call.wrap_s),
    )


def _order(who: Profile, call: PastDial, today: Today) -> Order:
    """The plan that the customer has from the month after the call."""
    plan = fitting(who)
    late = today.as_of - call.at > _CONFIRMED_AFTER
    return Order(
        product=plan.name.zh,
        code=plan.code,
        version=catalogue().version,
        name=plan.name,
        charge=Charge.MONTH,
        price_fen=plan.fee_fen,
        term_months=_TERM_MONTHS,
        locked=False,
        starts_on=add_months(local_day(call.at).replace(day=1), 1),
        read_back=True,
        consent=True,
        confirmation=Confirmation.CONFIRMED if late else Confirmation.PENDING,
    )


def _disconnect(rng: Random, who: Profile, call: PastDial) -> Disconnect | None:
    if call.ending.case_result is not CaseResult.DISCONNECTED:
        return None
    return Disconnect(
        monthly_spend_fen=who.base_plan.fee_fen,
        reason=call.reason,
        next_brand=rng.choice(_NEXT_BRANDS),
        suggestion=rng.choice(_SUGGESTIONS),
    )


def _follow_ups(rng: Random, who: Profile, call: PastDial, task_id: str | None) -> Iterator[FollowUp]:
    if call.callback_at is None:
        return
    yield FollowUp(
        id=UUID(int=rng.getrandbits(128), version=4),
        outcome_id=call.id,
        task_id=task_id,
        customer_id=who.id,
        agent=call.agent,
        kind=FollowUpKind.CALLBACK,
        state=FollowUpState.WAITING if call.callback_open else FollowUpState.DONE,
        due_at=call.callback_at,
        number=call.number,
        text=call.ending.note,
    )
