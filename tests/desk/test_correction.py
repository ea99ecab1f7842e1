"""Correcting what was saved: the new record stands in the old one's place, and takes nothing else with it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from msgspec import structs
from store_kit import AGENT, NOW, a_document, a_page, a_task, answered, asking, put, saved
from store_kit import Kind as PullKind
from store_kit import gone as tombstone

from core.desk.correction import accepted_offers, correct
from core.desk.desk import Desk
from core.domain.authority import AuthorityRequest, UsedGrant
from core.domain.disposition import Field
from core.domain.errors import Refused
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.offer_kind import OfferKind
from core.domain.offered import OfferMade, Reply
from core.domain.outcome import Contact, Intent
from core.domain.text import Text
from core.store.types import Draft, Section
from core.wire.push import AuthorityAsked

LATER = NOW + timedelta(minutes=5)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def desk_with_task(desk: Desk) -> Desk:
    desk.store.apply(a_page(put(a_document(1, numbers=("10000000001",))), put(a_task(1)), cursor="2"), now=NOW)
    return desk


def test_a_note_put_right_leaves_the_promise_standing(desk_with_task: Desk) -> None:
    # FOLLOW-01
    desk = desk_with_task
    first = saved(
        a_task(1), callback_at=TOMORROW, result="hesitant", contact=Contact.OWNER, success=False, note="明无再谈"
    )
    desk.store.save(first)
    again = correct(desk, first.id, result="hesitant", reason="", note="明天再谈", now=LATER)
    assert [(f.kind, f.due_at, f.outcome_id) for f in again.follow_ups] == [(FollowUpKind.CALLBACK, TOMORROW, again.id)]
    assert again.follow_ups[0].id != first.follow_ups[0].id
    waiting = desk.store.follow_ups(state=FollowUpState.WAITING)
    assert [f.id for f in waiting] == [again.follow_ups[0].id]
    row = desk.store.queue(asking(), offset=0, limit=1)[0]
    assert (row.section, row.callback_at) == (Section.LATER, TOMORROW)


def test_what_the_customer_intends_stands_until_another_result_says_otherwise(desk_with_task: Desk) -> None:
    # OUTCOME-04
    desk = desk_with_task
    first = saved(
        a_task(1),
        result="hesitant",
        contact=Contact.OWNER,
        success=False,
        callback_at=TOMORROW,
        intent=Intent.WOULD_PAY_BUT_DOUBTS,
    )
    desk.store.save(first)
    noted = correct(desk, first.id, result="hesitant", reason="", note="月底再看", now=LATER)
    assert noted.outcome.intent is Intent.WOULD_PAY_BUT_DOUBTS
    again = correct(desk, noted.outcome.id, result="refused_contact", reason="", note="", now=LATER)
    assert again.outcome.intent is Intent.REFUSES


def test_a_promise_falls_with_a_result_that_ends_the_matter(desk_with_task: Desk) -> None:
    # OUTCOME-11
    desk = desk_with_task
    first = saved(a_task(1), callback_at=TOMORROW, result="hesitant", contact=Contact.OWNER, success=False)
    desk.store.save(first)
    again = correct(desk, first.id, result="refused_contact", reason="", note="不再联系", now=LATER)
    assert again.outcome.opt_out
    assert again.follow_ups == ()
    assert desk.store.queue(asking(), offset=0, limit=1) == []


def test_correcting_an_earlier_call_leaves_the_later_one_alone(desk_with_task: Desk) -> None:
    desk = desk_with_task
    unreached = {"result": "unanswered", "contact": Contact.UNANSWERED, "success": False}
    first = saved(a_task(1), **unreached)
    second = saved(a_task(1), callback_at=TOMORROW, recorded_at=LATER, result="hesitant", success=False)
    desk.store.save(first)
    desk.store.save(second)
    correct(desk, first.id, result="unanswered", reason="", note="响铃无人", now=LATER)
    waiting = desk.store.follow_ups(state=FollowUpState.WAITING)
    assert [f.id for f in waiting] == [second.follow_ups[0].id]
    row = desk.store.queue(asking(), offset=0, limit=1)[0]
    assert row.callback_at == TOMORROW


def test_correcting_leaves_the_draft_of_the_call_under_way(desk_with_task: Desk) -> None:
    desk = desk_with_task
    first = saved(a_task(1), result="unanswered", contact=Contact.UNANSWERED, success=False)
    desk.store.save(first)
    draft = Draft(key="T0001", customer_id="C0001", task_id="T0001", begun=True, body=b"{}", at=LATER)
    desk.store.put_draft(draft)
    correct(desk, first.id, result="unanswered", reason="", note="响铃无人", now=LATER)
    assert desk.store.draft("T0001") == draft


def test_a_finished_task_does_not_come_back_for_the_correction_of_an_earlier_call(desk_with_task: Desk) -> None:
    desk = desk_with_task
    first = saved(a_task(1), result="unanswered", contact=Contact.UNANSWERED, success=False)
    second = saved(a_task(1), recorded_at=LATER)
    desk.store.save(first)
    desk.store.save(second)
    desk.store.settle(answered(first.id, second.id))
    desk.store.apply(a_page(tombstone(PullKind.TASK, "T0001"), cursor="3"), now=NOW)
    correct(desk, first.id, result="unanswered", reason="", note="响铃无人", now=LATER)
    assert desk.store.queue(asking(), offset=0, limit=1) == []


def test_a_result_that_needs_a_callback_is_not_had_without_one(desk_with_task: Desk) -> None:
    # FOLLOW-01
    desk = desk_with_task
    promising = next(
        result.code
        for row in desk.dispositions("4g-upgrade").results
        for result in (row.choices or (row,))
        if Field.CALLBACK in result.needs
    )
    first = saved(a_task(1), result="unanswered", contact=Contact.UNANSWERED, success=False)
    desk.store.save(first)
    with pytest.raises(Refused) as refused:
        correct(desk, first.id, result=promising, reason="", note="", now=LATER)
    assert refused.value.code == "correction_needs_callback"
    kept = saved(a_task(2), callback_at=TOMORROW, result="hesitant", contact=Contact.OWNER, success=False)
    desk.store.save(kept)
    again = correct(desk, kept.id, result=promising, reason="", note="", now=LATER)
    assert [f.due_at for f in again.follow_ups] == [TOMORROW]


def test_a_record_corrected_already_is_not_corrected_again(desk_with_task: Desk) -> None:
    desk = desk_with_task
    first = saved(a_task(1), result="unanswered", contact=Contact.UNANSWERED, success=False)
    desk.store.save(first)
    second = correct(desk, first.id, result="unanswered", reason="", note="一", now=LATER)
    with pytest.raises(Refused) as refused:
        correct(desk, first.id, result="unanswered", reason="", note="二", now=LATER)
    assert refused.value.code == "corrected_already"
    third = correct(desk, second.id, result="unanswered", reason="", note="三", now=LATER)
    assert third.outcome.corrects == second.id


def test_an_offer_noted_as_accepted_by_mistake_is_taken_back_with_what_it_was_to_bring(desk_with_task: Desk) -> None:
    # BB-10, OFFER-05
    desk, task = desk_with_task, a_task(1)
    card = accepted("reinstall-card", "回装卡", "Reinstall card", "7K4M-2Q9X-5C")
    stays = accepted("data", "送流量", "Data")
    first = saved(task, result="not_needed", contact=Contact.OWNER, success=False, offers=(card, stays))
    texts = {
        FollowUpKind.SMS: "您的回装卡 7K4M-2Q9X-5C 已备好",
        FollowUpKind.WORK_ORDER: "回装卡：上门送卡",
        FollowUpKind.HOME_VISIT: "送流量：今天生效",
    }
    brought = tuple(
        FollowUp(
            id=uuid4(),
            outcome_id=first.id,
            task_id=task.id,
            customer_id=task.customer_id,
            agent=AGENT,
            kind=kind,
            text=text,
        )
        for kind, text in texts.items()
    )
    desk.store.save(structs.replace(first, follow_ups=brought))
    assert accepted_offers(first.outcome) == (card, stays)
    again = correct(desk, first.id, result="not_needed", reason="", note="", now=LATER, taken_back={"reinstall-card"})
    mentioned, kept = again.outcome.offers
    assert (mentioned.reply, mentioned.card, mentioned.cost_fen, mentioned.until) == (Reply.MADE, "", 0, None)
    assert kept == stays
    assert [one.text for one in again.follow_ups] == ["送流量：今天生效"]
    assert [one.text for one in desk.store.follow_ups(state=FollowUpState.WAITING)] == ["送流量：今天生效"]


def test_no_correction_leaves_an_offer_to_somebody_else_than_the_owner(desk_with_task: Desk) -> None:
    # SCRIPT-22, OUTCOME-11
    desk, taken = desk_with_task, accepted("data", "送流量", "Data")
    first = saved(a_task(1), result="not_needed", contact=Contact.OWNER, success=False, offers=(taken,))
    desk.store.save(first)
    with pytest.raises(Refused) as refused:
        correct(desk, first.id, result="family", reason="", note="", now=LATER)
    assert refused.value.code == "correction_leaves_offers"
    again = correct(desk, first.id, result="family", reason="", note="", now=LATER, taken_back={"data"})
    assert [one.reply for one in again.outcome.offers] == [Reply.MADE]


def test_what_a_lead_granted_in_a_call_without_a_task_is_free_again_with_its_offer(desk_with_task: Desk) -> None:
    # VIP-07
    desk = desk_with_task
    request = AuthorityRequest(
        id=uuid4(), agent=AGENT, case="call:1", task_id=None, customer_id="C0001", customer="吴**",
        kind=OfferKind.FREE_USE, offer=Text("回装卡", "Reinstall card"), offer_id="reinstall-card", cost_fen=900,
        reason="老客户", at=NOW,
    )  # fmt: skip
    desk.store.log(AuthorityAsked(authority=request))
    first = saved(
        a_task(1), result="not_needed", contact=Contact.OWNER, success=False, task_id=None,
        offers=(accepted("reinstall-card", "回装卡", "Reinstall card"),),
        grants=(UsedGrant(request=request.id, fen=900, by="8", by_name="何静"),),
    )  # fmt: skip
    desk.store.save(first)
    again = correct(desk, first.id, result="not_needed", reason="", note="", now=LATER, taken_back={"reinstall-card"})
    assert again.outcome.grants == ()
    assert desk.store.requests("call:1")[0].case.used_by is None


def accepted(offer: str, zh: str, en: str, card: str = "") -> OfferMade:
    return OfferMade(
        offer=offer,
        version=1,
        kind=OfferKind.FREE_USE,
        name=Text(zh, en),
        reply=Reply.ACCEPTED,
        cost_fen=900,
        card=card,
        until=date(2027, 1, 1),
    )
