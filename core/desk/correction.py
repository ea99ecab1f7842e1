"""Correcting a saved outcome: a new record that points at the old one; nothing is overwritten."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from msgspec import structs

from core.desk.desk import Desk
from core.desk.readiness import offer_bounds
from core.domain.authority import offer_granted
from core.domain.disposition import Field, Result
from core.domain.errors import Refused
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.offered import OfferMade, Reply
from core.domain.outcome import Outcome, Verification
from core.domain.text import Text
from core.wire.push import Saved


def correct(
    desk: Desk,
    outcome_id: UUID,
    *,
    result: str,
    reason: str,
    note: str,
    now: datetime,
    taken_back: Collection[str] = (),
) -> Saved:
    """Save a correction and give it. Talk time, dials and the script's path stay as they were recorded, and what was
    promised stands, as far as the new result leaves room for it. The customer's intent goes with the result: it stays
    where that does, and is else what the new one says. `taken_back` are the ids of offers that were noted as
    accepted and were not: each was mentioned then, and what it was to bring falls with it.

    Raises KeyError where the outcome is not on this machine, Refused where a later record stands in its place already,
    where the new result asks for what only a call can give (a longer talk, an order, a promised callback), or where an
    offer stands as accepted by somebody else than the owner.
    """
    old = desk.store.saved(outcome_id)
    if old is None:
        raise KeyError(outcome_id)
    chosen = _chosen(desk, old.outcome, result)
    _refuse_what_needs_a_call(old.outcome, chosen)
    _refuse_what_is_replaced(desk, outcome_id)
    outcome = _corrected(old.outcome, chosen, reason=reason, note=note, now=now)
    outcome = _without(desk, outcome, taken_back)
    _refuse_offers_that_cannot_stand(outcome, chosen)
    standing = tuple(
        one
        for one in _standing(desk, old.outcome, chosen, outcome.id)
        if not any(_brought(one, made) for made in old.outcome.offers if made.offer in taken_back)
    )
    _refuse_missing_callback(chosen, standing)
    saved = Saved(outcome=outcome, follow_ups=standing)
    desk.store.save(saved)
    return saved


def _chosen(desk: Desk, old: Outcome, code: str) -> Result:
    """The new result among those of the scenario; one that stands for finer ones cannot be recorded itself."""
    chosen = desk.dispositions(old.scenario).result(code)
    if chosen is None or chosen.choices:
        raise KeyError(code)
    return chosen


def _refuse_what_needs_a_call(old: Outcome, chosen: Result) -> None:
    if _asks_for_a_call(old, chosen):
        raise Refused(
            code="correction_needs_call",
            title=Text("不能改成成功", "Cannot become a success"),
            message=Text("成功须在通话中复述并同意。", "A success needs the read-back and consent of a call."),
            next_step=Text("请重新联系客户后记录。", "Call the customer again and record it."),
        )


def _refuse_what_is_replaced(desk: Desk, outcome_id: UUID) -> None:
    if desk.store.newest(outcome_id) != outcome_id:
        raise Refused(
            code="corrected_already",
            title=Text("这条记录已更正过", "Corrected already"),
            message=Text("后来的一条记录已代替它。", "A later record stands in its place."),
            next_step=Text(
                "请从今日列表打开最新的一条再改。", "Open the newest one in the day's list and correct that."
            ),
        )


def _refuse_missing_callback(chosen: Result, standing: tuple[FollowUp, ...]) -> None:
    if Field.CALLBACK in chosen.needs and not any(f.kind is FollowUpKind.CALLBACK for f in standing):
        raise Refused(
            code="correction_needs_callback",
            title=Text("缺少回拨时间", "No callback promised"),
            message=Text(
                "这个结果要有约好的回拨，原记录没有。", "This result needs a promised callback; there is none."
            ),
            next_step=Text("请打开任务，约好时间后另存结果。", "Open the task, agree a time and record that."),
        )


def _refuse_offers_that_cannot_stand(outcome: Outcome, chosen: Result) -> None:
    """SCRIPT-22, OUTCOME-11: as when a call is saved; who was verified then is no matter of a correction."""
    if offer_bounds(outcome.offers, chosen, Verification.OWNER):
        raise Refused(
            code="correction_leaves_offers",
            title=Text("优惠不能照旧", "The offers cannot stand"),
            message=Text(
                "有优惠记了“接受”，照更正后的记录不能办。",
                "An offer is noted as accepted, which the corrected record does not allow.",
            ),
            next_step=Text(
                "在更正里把接受的优惠一并撤回。", "Take the accepted offers back in the correction as well."
            ),
        )


def _corrected(old: Outcome, chosen: Result, *, reason: str, note: str, now: datetime) -> Outcome:
    """The old record with what the new result says in place of it."""
    return structs.replace(
        old,
        id=uuid4(),
        corrects=old.id,
        result=chosen.code,
        contact=chosen.contact or old.contact,
        success=chosen.success,
        reason=reason,
        intent=old.intent if chosen.code == old.result else chosen.intent,
        case_result=chosen.case_result,
        opt_out=chosen.opt_out,
        order=old.order if Field.ORDER in chosen.needs else None,
        note=note,
        note_edited=True,
        recorded_at=now,
    )


def accepted_offers(outcome: Outcome) -> tuple[OfferMade, ...]:
    """Those that a correction may take back."""
    return tuple(made for made in outcome.offers if made.reply is Reply.ACCEPTED)


def _without(desk: Desk, outcome: Outcome, taken_back: Collection[str]) -> Outcome:
    """The record with those offers mentioned and no more, and without what a lead granted for one of them."""
    if not taken_back:
        return outcome
    offers = tuple(
        _mentioned(made) if made.reply is Reply.ACCEPTED and made.offer in taken_back else made
        for made in outcome.offers
    )
    # By their own ids: a call without a task is a case under a key that no outcome names.
    asked = {one.request: desk.store.request(one.request) for one in outcome.grants}
    kept = tuple(
        one
        for one in outcome.grants
        if (case := asked[one.request]) is None or offer_granted(case.request) not in taken_back
    )
    return structs.replace(outcome, offers=offers, grants=kept)


def _mentioned(made: OfferMade) -> OfferMade:
    return OfferMade(
        offer=made.offer,
        version=made.version,
        kind=made.kind,
        name=made.name,
        reply=Reply.MADE,
        benefit=made.benefit,
    )


def _brought(follow_up: FollowUp, made: OfferMade) -> bool:
    """Whether it came of the offer's acceptance; of one saved by an older program: what colleagues do begins with its
    name, a text tells it or the card."""
    if follow_up.offer:
        return follow_up.offer == made.offer
    if follow_up.kind is FollowUpKind.SMS:
        return made.name.zh in follow_up.text or bool(made.card and made.card in follow_up.text)
    return follow_up.text.startswith((f"{made.name.zh}：", f"{made.name.en}: "))


def _asks_for_a_call(old: Outcome, chosen: Result) -> bool:
    """A success that was not recorded as this one: its order, its length and what must be said come from a call."""
    if not chosen.success or chosen.code == old.result:
        return False
    unsaid = set(chosen.must) - {tick.item for tick in old.ticked}
    unordered = Field.ORDER in chosen.needs and old.order is None
    return unordered or bool(unsaid) or old.call.talk_time_s < (chosen.talk_min_s or 0)


def _standing(desk: Desk, old: Outcome, chosen: Result, outcome_id: UUID) -> tuple[FollowUp, ...]:
    """The old record's follow-ups that still wait, as the new one's: with it they would be taken back.

    A refusal of further calls ends them all; another result that closes the task ends the callback.
    """
    if chosen.opt_out:
        return ()
    ends_callback = chosen.closes and chosen.code != old.result
    return tuple(
        structs.replace(follow_up, id=uuid4(), outcome_id=outcome_id)
        for follow_up in desk.store.follow_ups(state=FollowUpState.WAITING)
        if follow_up.outcome_id == old.id and not (ends_callback and follow_up.kind is FollowUpKind.CALLBACK)
    )
