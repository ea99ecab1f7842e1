"""Offers in a call: what the customer said is kept with the outcome, holds in the next one, and brings what it says."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest
from msgspec import structs
from store_kit import NOW, a_document, a_page, a_task, put

from core.content.grant_rules import grant_rules
from core.content.offers import offers_beyond
from core.content.shipped import shipped
from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.draft import decode_draft, encode_draft
from core.desk.form import OWN_DESK
from core.desk.offer_errors import READ_BACK, not_offered
from core.desk.offering import offer_texts, price_text
from core.desk.offers import OfferDesk
from core.desk.readiness import NOTHING_ORDERED, OWNER_ACCEPTS
from core.domain import decoding
from core.domain.authority import OPEN_FOR, AuthorityCase, AuthorityRequest, RequestState, granted_offer_id
from core.domain.card_number import read_card_number
from core.domain.charge import Charge
from core.domain.clock import local_day
from core.domain.customer import Broadband, Care, Handset, Holdings, Identity, Services, Value
from core.domain.disposition import FollowUpPreset
from core.domain.errors import Refused
from core.domain.follow_up import FollowUpKind
from core.domain.offer_content import OFFER, OFFERING
from core.domain.offer_kind import OFFER_KIND_NAMES, OfferKind
from core.domain.offered import OfferMade, Reply, past_offer
from core.domain.order_state import OrderState
from core.domain.ordered import orders_of
from core.domain.outcome import Outcome, Verification
from core.domain.text import Lang, Text
from core.guidance.render import plain
from core.offers.book import Choice, Standing
from core.offers.eligibility import Refusal
from core.offers.granted import granted_offer
from core.store.store import Store
from core.store.types import OwnRequest, UploadState
from core.wire.pull import ContentDocument
from core.wire.push import Saved

Opener = Callable[..., CallSession]


@pytest.fixture
def opened(desk: Desk) -> Opener:
    """A call with the customer, the owner verified, the offers read."""

    def open_(number: int = 1, *, scenario: str = "broadband-disconnect", verified: bool = True) -> CallSession:
        if desk.store.task(f"T{number:04d}") is None:
            document = a_document(1)
            document.identity = Identity(
                name="张岚", value=Value.MID, on_net_since=date(2020, 1, 1), plan_fee_fen=6_000, points=6_000
            )
            document.services = Services(whole=True, broadband=Broadband(speed_mbps=100, ends_on=date(2027, 2, 1)))
            document.holdings = Holdings(whole=True, handset=Handset(supports_5g=True, since=date(2024, 1, 1)))
            document.care = document.care or Care(whole=True)
            task = a_task(number, customer_id="C0001", scenario=scenario)
            desk.store.apply(a_page(put(document), put(task), cursor=str(number + 1)), now=NOW)
        session = CallSession(opening.open_task(desk, f"T{number:04d}"), lang=Lang.ZH, moment=desk.moment)
        ground = OfferDesk(desk).ground(session.opened.document)
        session.offering.read(ground)
        if verified:
            verify(session)
        return session

    return open_


def verify(session: CallSession) -> None:
    for words in ("方便，你说", "核对一致，是机主"):
        view = session.conversation.view()
        session.conversation.answer(next(one.digit for one in view.answers if one.label.zh == words))


def choice(session: CallSession, offer_id: str) -> Choice:
    assert session.offering.book is not None
    found = session.offering.book.choice(offer_id)
    assert found is not None
    return found


def ended(session: CallSession) -> Saved:
    """What was said to offers is kept whatever the call's result."""
    session.choose("unanswered")
    return session.saved()


def saved(session: CallSession, desk: Desk) -> Saved:
    records = ended(session)
    desk.store.save(records)
    return records


def test_what_was_made_accepted_and_refused_is_in_the_outcome_and_survives_the_wire(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    session.offer("home-care-visit", Reply.MADE)
    session.offer("own-plan", Reply.REFUSED)
    outcome = saved(session, desk).outcome
    assert [(one.offer, one.reply) for one in outcome.offers] == [
        ("free-data", Reply.ACCEPTED),
        ("home-care-visit", Reply.MADE),
        ("own-plan", Reply.REFUSED),
    ]
    accepted, _, refused = outcome.offers
    assert (accepted.cost_fen, accepted.until) == (1_200, date(2027, 2, 18))
    assert refused.rests_until == date(2026, 12, 20)
    assert decoding.decode(msgspec.json.encode(outcome), Outcome) == outcome
    assert "“送 2 GB 三个月”接受；“免费上门检修”提过；“自选套餐”谢绝" in outcome.note


def test_an_outcome_of_an_older_desk_made_no_offers(opened: Opener, desk: Desk) -> None:
    body = msgspec.json.decode(msgspec.json.encode(saved(opened(), desk).outcome))
    del body["offers"]
    assert decoding.convert(body, Outcome).offers == ()


def test_a_refused_offer_rests_in_the_next_call_before_the_server_has_heard_of_it(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("own-plan", Reply.REFUSED)
    saved(session, desk)
    assert choice(opened(2), "own-plan").refusals[0].rule == "offer_rests"
    assert choice(opened(2), "own-plan").refusals[0].until == date(2026, 12, 20)


def test_what_another_desk_granted_comes_with_the_customer_and_holds_here(opened: Opener, desk: Desk) -> None:
    # OFFER-05
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    made = session.offering.made[0]
    document = session.opened.document
    assert document.care is not None
    document.care.offers = [past_offer(made, at=NOW, outcome_id="elsewhere")]
    desk.store.apply(a_page(put(document), cursor="9"), now=NOW)
    other = opened()
    assert choice(other, "travelling-data").refusals[0].until == made.until
    assert other.offering.book is not None
    assert other.offering.book.budget.spent_fen == 1_200


def test_once_the_server_tells_of_it_a_grant_is_not_counted_twice(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    outcome = saved(session, desk).outcome
    document = session.opened.document
    assert document.care is not None
    document.care.offers = [past_offer(outcome.offers[0], at=outcome.recorded_at, outcome_id=str(outcome.id))]
    desk.store.apply(a_page(put(document), cursor="9"), now=NOW)
    book = opened(2).offering.book
    assert book is not None
    assert book.budget.spent_fen == 1_200


def test_a_top_up_with_bonus_plans_its_arrival_text_and_the_look_afterwards(opened: Opener) -> None:
    # OFFER-02
    session = opened(scenario="low-balance", verified=False)
    session.conversation.verify(Verification.OWNER)
    session.offer("recharge-bonus", Reply.ACCEPTED)
    session.choose("unanswered")
    brought = [one for one in session.saved().follow_ups if one.offer == "recharge-bonus"]
    today = local_day(NOW)
    assert [(one.kind, local_day(one.due_at) - today if one.due_at else None) for one in brought] == [
        (FollowUpKind.SMS, None),
        (FollowUpKind.WORK_ORDER, timedelta(days=4)),
        (FollowUpKind.SMS, timedelta(days=5)),
        (FollowUpKind.CALLBACK, timedelta(days=20)),
    ]
    assert "赠送话费已经记到账上" in brought[2].text
    assert "没充值的请忽略" in brought[2].text
    assert "有没有用" in brought[3].text


def test_only_the_owner_accepts_and_what_must_be_read_back_takes_a_second_word(opened: Opener) -> None:
    # OUTCOME-12
    session = opened(verified=False)
    with pytest.raises(Refused) as unknown:
        session.offer("free-data", Reply.ACCEPTED)
    assert unknown.value.code == "offer_not_the_owner"
    session.offer("free-data", Reply.MADE)
    verify(session)
    with pytest.raises(Refused) as unread:
        session.offer("speed-up-pay-later", Reply.ACCEPTED)
    assert unread.value.code == READ_BACK
    session.offer("speed-up-pay-later", Reply.ACCEPTED, read_back=True)
    assert session.offering.made[-1].read_back


def say(session: CallSession, *answers: str) -> None:
    for words in answers:
        view = session.conversation.view()
        session.conversation.answer(next(one.digit for one in view.answers if one.label.zh == words))


@pytest.mark.parametrize("reply", [Reply.MADE, Reply.ACCEPTED])
def test_after_no_more_calls_nothing_that_costs_is_offered(opened: Opener, reply: Reply) -> None:
    # OUTCOME-11
    session = opened(verified=False)
    say(session, "你是骗子吧？", "别再打了")
    session.conversation.verify(Verification.OWNER)
    with pytest.raises(Refused) as closed:
        session.offer("speed-up-pay-later", reply, read_back=True)
    assert closed.value.code == "offer_selling_closed"
    session.offer("home-care-visit", reply)
    session.offer("own-plan", Reply.REFUSED)
    assert [one.offer for one in session.offering.made] == ["home-care-visit", "own-plan"]


def test_while_a_problem_told_in_the_call_is_open_nothing_that_costs_is_offered(opened: Opener) -> None:
    # SCRIPT-09
    session = opened(scenario="high-arpu-risk")
    say(session, "有不满意的", "网络不稳")
    with pytest.raises(Refused) as closed:
        session.offer("own-plan", Reply.ACCEPTED, read_back=True)
    assert closed.value.code == "offer_selling_closed"


@pytest.mark.parametrize("who", [Verification.FAMILY, Verification.FAILED, Verification.NOT_ASKED])
def test_what_the_owner_accepted_is_not_saved_of_somebody_else(opened: Opener, who: Verification) -> None:
    # SCRIPT-22
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    session.choose("hesitant")
    assert OWNER_ACCEPTS not in session.lacking()
    session.conversation.verify(who)
    assert OWNER_ACCEPTS in session.lacking()
    session.offer("free-data", None)
    assert OWNER_ACCEPTS not in session.lacking()


def test_a_result_that_names_somebody_else_needs_the_acceptance_taken_back(opened: Opener) -> None:
    # SCRIPT-22
    session = opened()
    session.offer("free-data", Reply.ACCEPTED)
    session.choose("family")
    assert OWNER_ACCEPTS in session.lacking()


def test_who_wants_no_more_calls_is_not_asked_to_confirm_an_offer(opened: Opener) -> None:
    # OUTCOME-11
    session = opened()
    session.offer("home-care-visit", Reply.ACCEPTED)
    session.choose("refused_contact")
    assert NOTHING_ORDERED not in session.lacking()
    session.offer("speed-up-pay-later", Reply.ACCEPTED, read_back=True)
    assert NOTHING_ORDERED in session.lacking()


def test_pay_later_brings_a_work_order_to_the_branch_and_goes_on_the_next_bill(opened: Opener, desk: Desk) -> None:
    # OFFER-04, FOLLOW-05
    session = opened()
    session.offer("speed-up-pay-later", Reply.ACCEPTED, read_back=True)
    records = saved(session, desk)
    made = records.outcome.offers[0]
    assert (made.price_fen, made.next_bill, made.cost_fen) == (2_000, True, 0)
    order, text = records.follow_ups
    assert (order.kind, order.department) == (FollowUpKind.WORK_ORDER, "branch")
    assert order.due_at is not None
    assert order.due_at.date() == date(2026, 11, 23)
    assert "竣工后回单" in order.text
    assert text.kind is FollowUpKind.SMS
    assert "20 元，记在下个月账单" in text.text
    assert text.text.endswith("。确认请回复 Y，不办理请回复 N，不回复不生效。")
    assert {one.offer for one in records.follow_ups} == {"speed-up-pay-later"}


def test_what_is_read_back_leaves_as_an_order_of_its_own(opened: Opener, desk: Desk) -> None:
    # OUTCOME-12, OFFER-04, OFFER-12
    session = opened()
    session.offer("speed-up-pay-later", Reply.ACCEPTED, read_back=True)
    put_together(session, data="d10", talk="t0", texts="s0")
    session.offer("own-plan", Reply.ACCEPTED, read_back=True)
    session.offer("free-data", Reply.ACCEPTED)
    records = saved(session, desk)
    outcome, orders = records.outcome, orders_of(records.outcome)
    assert set(orders) == {"speed-up-pay-later", "own-plan"}
    speed, own = orders["speed-up-pay-later"], orders["own-plan"]
    assert (speed.product, speed.price_fen, speed.next_bill, speed.read_back, speed.consent) == (
        "提速先用后付", 2_000, True, True, True,
    )  # fmt: skip
    assert (speed.starts_on, speed.until) == (date(2026, 11, 20), date(2026, 12, 20))
    assert (own.starts_on, own.until) == (date(2026, 12, 1), None)
    assert any("费用：每月 32 元。期限：用到您再改为止。" in one.text for one in records.follow_ups)
    assert decoding.decode(msgspec.json.encode(outcome), Outcome) == outcome
    (row,) = desk.store.saved_between(NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert [(one.what.en, one.state) for one in row.orders] == [
        ("Speed up now, pay later", OrderState.PENDING), ("A plan of one's own", OrderState.PENDING),
    ]  # fmt: skip


def put_together(session: CallSession, **steps: str) -> None:
    for group, code in steps.items():
        session.offering.choose("own-plan", group, code)


def test_a_plan_of_ones_own_is_ordered_with_what_was_chosen_and_its_price(opened: Opener, desk: Desk) -> None:
    # OFFER-12, OUTCOME-12
    session = opened(scenario="4g-upgrade")
    put_together(session, data="d10", talk="t100")
    with pytest.raises(Refused) as refused:
        session.offer("own-plan", Reply.ACCEPTED, read_back=True)
    assert refused.value.message == Text("还没选：短信。", "Still to be chosen: Texts.")
    put_together(session, texts="s0")
    assert price_text(choice(session, "own-plan").offer) == Text("每月 44 元", "44 yuan a month")
    session.offer("own-plan", Reply.ACCEPTED, read_back=True)
    made = session.offering.made[-1]
    assert made.order is not None
    assert [(step.code, step.price_fen) for step in made.order.chosen] == [("d10", 3_200), ("t100", 1_200), ("s0", 0)]
    assert (made.price_fen, made.order.price_fen, made.order.charge) == (4_400, 4_400, Charge.MONTH)
    assert (made.order.code, made.order.version) == ("own-plan", made.version)
    sms, work = sorted(session.form.offer_follow_ups(), key=lambda one: one.kind is FollowUpKind.WORK_ORDER)
    assert "10 GB 32 元、100 分钟 12 元" in sms.text
    assert "每月 44 元" in sms.text
    assert "10 GB 32 元" in work.text


def test_another_choice_after_the_customers_word_takes_the_word_back(opened: Opener) -> None:
    # OFFER-12, OUTCOME-12
    session = opened(scenario="4g-upgrade")
    put_together(session, data="d5", talk="t0", texts="s0")
    session.offer("own-plan", Reply.ACCEPTED, read_back=True)
    put_together(session, data="d20")
    assert session.offering.made == ()
    assert session.form.offer_follow_ups() == []
    assert choice(session, "own-plan").offer.price_fen == 5_000
    with pytest.raises(ValueError, match="no step"):
        session.offering.choose("own-plan", "data", "d999")


def test_what_binds_the_customer_says_so_in_its_order(desk: Desk) -> None:
    # CONTRACT-03
    (gift,) = (one for one in offers_beyond() if one.id == "renewal-gift")
    assert gift.confirm
    assert gift.binds


def test_an_outcome_of_an_older_desk_ordered_no_offer(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("speed-up-pay-later", Reply.ACCEPTED, read_back=True)
    records = saved(session, desk)
    body = msgspec.json.decode(msgspec.json.encode(records))
    del body["outcome"]["offers"][0]["order"]
    for one in body["follow_ups"]:
        del one["offer"]
    old = decoding.convert(body, Saved)
    assert orders_of(old.outcome) == {}
    assert [one.offer for one in old.follow_ups] == ["", ""]
    assert "派工单" in records.outcome.note


def test_a_trial_reminds_the_agent_before_it_ends_also_beside_another_callback(opened: Opener) -> None:
    # OFFER-10, FOLLOW-07
    session = opened()
    session.offer("fast-trial", Reply.ACCEPTED)
    made = session.offering.made[0]
    (reminder,) = [one for one in session.form.offer_follow_ups() if one.kind is FollowUpKind.CALLBACK]
    assert reminder.due_at is not None
    assert made.until is not None
    assert reminder.due_at.date() < made.until
    session.plan_callback(NOW + timedelta(days=1))
    kinds = [one.kind for one in ended(session).follow_ups]
    assert kinds.count(FollowUpKind.CALLBACK) == 1
    (own,) = [one for one in session.form.offer_follow_ups() if one.department == OWN_DESK]
    assert own.due_at == reminder.due_at
    assert "留着用还是退回" in own.text


def test_a_reinstall_card_has_a_number_and_a_last_day_and_the_customer_is_told_both(opened: Opener) -> None:
    # BB-10
    session = opened()
    session.offer("reinstall-card", Reply.ACCEPTED)
    made = session.offering.made[0]
    assert read_card_number(made.card) == made.card
    assert made.until == date(2027, 11, 20)
    (text,) = session.form.offer_follow_ups()
    assert made.card in text.text
    assert "2027 年 11 月 20 日" in text.text


def test_what_is_beyond_the_agent_waits_for_a_grant_and_names_who_gave_it(opened: Opener) -> None:
    # VIP-07
    session = opened()
    assert choice(session, "handset-swap").standing is Standing.ASK
    with pytest.raises(Refused) as refused:
        session.offer("handset-swap", Reply.ACCEPTED)
    assert refused.value.code == "offer_needs_grant"
    session.offering.grant("handset-swap", 20_000, by="3001")
    session.offer("handset-swap", Reply.ACCEPTED)
    assert session.offering.made[0].granted_by == "3001"


def test_every_offers_texts_are_whole_with_what_was_accepted(opened: Opener, desk: Desk) -> None:
    ground = OfferDesk(desk).ground(opened().opened.document)
    for offer in ground.content.offers:
        for lang in Lang:
            made = OfferMade(offer=offer.id, version=1, kind=offer.kind, name=offer.name, reply=Reply.ACCEPTED)
            card = structs.replace(made, card="7K4M-2Q9X-5C", until=date(2027, 1, 1))
            facts = {"site_name": "示范中心", "hotline": "10000", "vocative": "", "staff_number": "1001"}
            for then in offer.then:
                if then.template:
                    words = plain(ground.texts[then.template].text, facts | dict(offer_texts(offer, card)), lang)
                    assert offer.name.of(lang) in words or card.card in words


def test_an_acceptance_taken_back_takes_back_what_it_would_bring(opened: Opener) -> None:
    session = opened()
    session.offer("winter-speed", Reply.ACCEPTED)
    assert choice(session, "speed-up-pay-later").standing is Standing.REFUSED
    assert session.form.offer_follow_ups()
    session.offer("winter-speed", None)
    assert choice(session, "speed-up-pay-later").standing is Standing.OPEN
    assert session.form.offer_follow_ups() == []
    assert session.offering.made == ()


def test_a_call_goes_on_after_a_restart_with_what_was_said(opened: Opener, desk: Desk) -> None:
    session = opened()
    session.offer("winter-speed", Reply.ACCEPTED)
    session.opened.draft = decode_draft(encode_draft(session.draft()))
    again = CallSession(session.opened, lang=Lang.ZH, moment=desk.moment)
    assert again.offering.made == session.offering.made
    assert again.form.offer_follow_ups() == session.form.offer_follow_ups()


def test_an_offer_of_a_kind_that_only_a_later_program_knows_is_passed_over(
    store: Store, desk: Desk, opened: Opener
) -> None:
    session = opened()
    offers = OfferDesk(desk)
    before = offers.ground(session.opened.document).content.offers
    kept = next(one for one in offers_beyond() if one.id == "winter-speed")
    later = msgspec.json.encode(kept).replace(f'"kind":"{kept.kind.value}"'.encode(), b'"kind":"hologram"')
    piece = ContentDocument(kind=OFFER, name="hologram", version=1, body=msgspec.Raw(later))
    store.apply(a_page(put(piece), cursor="9"), now=NOW)
    assert "hologram" in store.content_names(OFFER)
    assert [one.id for one in offers.ground(session.opened.document).content.offers] == [one.id for one in before]


def a_grant(
    session: CallSession, fen: int, *, offer_id: str = "stay-discount", kind: OfferKind = OfferKind.DISCOUNT
) -> OwnRequest:
    request = AuthorityRequest(
        id=uuid4(),
        agent="1001",
        case=session.opened.key,
        task_id=session.opened.key,
        customer_id=session.opened.customer_id,
        customer="吴**",
        kind=kind,
        offer=Text("立减", "Off"),
        offer_id=offer_id,
        cost_fen=fen,
        reason="老客户",
        at=NOW,
    )
    case = AuthorityCase(
        request=request,
        agent_name="苏梅",
        state=RequestState.GRANTED,
        received_at=NOW,
        expires_at=NOW + OPEN_FOR,
        granted_fen=fen,
        answered_by="8",
        answered_by_name="沈怀瑾",
    )
    return OwnRequest(case=case, upload=UploadState.UPLOADED)


def test_of_two_grants_of_one_offer_the_larger_counts_as_at_the_server(desk: Desk, opened: Opener) -> None:
    # VIP-07
    session = opened()
    session.requests_changed((a_grant(session, 5_000), a_grant(session, 3_000)))
    assert session.form.offer_grants == {"stay-discount": 5_000}


def test_newer_data_of_the_customer_hide_no_grant_from_the_offers(desk: Desk, opened: Opener) -> None:
    # VIP-07
    session = opened()
    newer = opening.open_task(desk, "T0001")
    newer.requests = (a_grant(session, 3_000),)
    session.refresh(newer)
    assert session.opened.requests == ()
    session.requests_changed(newer.requests)
    assert session.form.offer_grants == {"stay-discount": 3_000}


def test_what_a_lead_granted_leaves_a_call_that_was_not_begun_untouched(desk: Desk, opened: Opener) -> None:
    # VIP-07
    opened()
    session = CallSession(opening.open_task(desk, "T0001"), lang=Lang.ZH, moment=desk.moment)
    granted = (a_grant(session, 3_000),)
    session.requests_changed(granted)
    again = CallSession(session.opened, lang=Lang.ZH, moment=desk.moment)
    for one in (session, again):
        assert one.form.offer_grants == {"stay-discount": 3_000}
        assert one.untouched
    again.edit_note("客户要想想")
    assert not again.untouched


def test_what_a_lead_granted_of_a_kind_is_offered_read_back_and_leaves_as_an_order(opened: Opener) -> None:
    # VIP-07, INTEG-07, OUTCOME-12
    session = opened()
    grant = a_grant(session, 45_000, offer_id="")
    session.requests_changed((grant,))
    offer_id = granted_offer_id(grant.case.request.id)
    book = session.offering.book
    assert book is not None
    first = book.choices[0]
    assert (first.offer.id, first.standing, first.cost_fen) == (offer_id, Standing.OPEN, 45_000)
    assert first.offer.name.zh == "特批月费优惠 450 元"
    with pytest.raises(Refused) as unread:
        session.offer(offer_id, Reply.ACCEPTED)
    assert unread.value.code == READ_BACK
    session.offer(offer_id, Reply.ACCEPTED, read_back=True)
    outcome = ended(session).outcome
    assert [(one.offer, one.granted_by, one.cost_fen) for one in outcome.offers] == [(offer_id, "沈怀瑾", 45_000)]
    assert orders_of(outcome)[offer_id].product == "特批月费优惠 450 元"
    assert [one.request for one in outcome.grants] == [grant.case.request.id]
    (text,) = [one for one in ended(session).follow_ups if one.offer == offer_id]
    assert "一共减 450 元" in text.text
    assert text.text.endswith("确认请回复 Y，不办理请回复 N，不回复不生效。")


def test_what_no_order_can_carry_becomes_work_for_somebody(opened: Opener) -> None:
    # VIP-07, FOLLOW-05
    session = opened()
    grant = a_grant(session, 20_000, offer_id="", kind=OfferKind.GIFT)
    session.requests_changed((grant,))
    session.offer(granted_offer_id(grant.case.request.id), Reply.ACCEPTED)
    records = ended(session)
    assert orders_of(records.outcome) == {}
    work = next(one for one in records.follow_ups if one.kind is FollowUpKind.WORK_ORDER)
    assert work.department == "back_office"
    assert work.text.startswith("特批礼遇 200 元：")


def test_a_success_uses_no_grant_that_the_customer_did_not_take_up(opened: Opener) -> None:
    # VIP-07
    session = opened()
    session.requests_changed((a_grant(session, 45_000, offer_id=""),))
    session.choose("retained")
    outcome = session.saved().outcome
    assert outcome.success
    assert outcome.grants == ()
    assert "批准 450 元，还没办" in outcome.note


def test_what_was_granted_is_among_the_offers_again_after_a_restart(opened: Opener, desk: Desk) -> None:
    # VIP-07
    session = opened()
    grant = a_grant(session, 45_000, offer_id="")
    session.requests_changed((grant,))
    offer_id = granted_offer_id(grant.case.request.id)
    session.offer(offer_id, Reply.ACCEPTED, read_back=True)
    session.opened.draft = decode_draft(encode_draft(session.draft()))
    again = CallSession(session.opened, lang=Lang.ZH, moment=desk.moment)
    again.offering.read(OfferDesk(desk).ground(again.opened.document))
    said = choice(again, offer_id).said
    assert said is not None
    assert said.reply is Reply.ACCEPTED


@pytest.mark.parametrize("kind", list(OfferKind))
def test_a_grant_of_any_kind_is_carried_out_by_somebody(kind: OfferKind) -> None:
    # VIP-07
    for rules in (grant_rules(), structs.replace(grant_rules(), carried=())):
        request = AuthorityRequest(
            id=uuid4(), agent="1001", case="T1", task_id="T1", customer_id="C1", customer="吴**", kind=kind,
            offer=OFFER_KIND_NAMES[kind], cost_fen=9_000, reason="老客户", at=NOW,
        )  # fmt: skip
        case = AuthorityCase(
            request=request, agent_name="苏梅", state=RequestState.GRANTED_LESS, received_at=NOW,
            expires_at=NOW + OPEN_FOR, granted_fen=8_000,
        )  # fmt: skip
        offer = granted_offer(case, rules, scenario="vip-care")
        assert offer.confirm or any(then.kind is not FollowUpKind.SMS for then in offer.then)
        assert "80" in offer.gives.zh
        assert "80" in offer.gives.en


def test_before_offers_have_been_read_nothing_can_be_noted(desk: Desk, opened: Opener) -> None:
    opened()
    session = CallSession(opening.open_task(desk, "T0001"), lang=Lang.ZH, moment=desk.moment)
    assert session.offering.book is None
    with pytest.raises(Refused) as refused:
        session.offer("free-data", Reply.MADE)
    assert refused.value.code == "offers_not_here"


def test_where_a_site_publishes_content_without_offers_those_that_came_with_the_program_hold(
    store: Store, desk: Desk, opened: Opener
) -> None:
    # OFFER-05, VIP-07
    session = opened()
    store.clear_mirror()
    offers = OfferDesk(desk)
    content = offers.ground(session.opened.document).content
    assert [offer.id for offer in content.offers] == [offer.id for offer in offers_beyond()]
    assert offers.granting() == content.granting == grant_rules()


def test_a_site_that_publishes_rules_and_no_offer_has_none(store: Store, desk: Desk, opened: Opener) -> None:
    session = opened()
    store.clear_mirror()
    rules = next(one for one in shipped() if one.kind == OFFERING)
    body = ContentDocument(kind=rules.kind, name=rules.name, version=rules.version, body=msgspec.Raw(rules.body))
    store.apply(a_page(put(body), cursor="1"), now=NOW)
    assert OfferDesk(desk).ground(session.opened.document).content.offers == ()


def test_a_callback_chosen_by_its_preset_stays_the_only_one(opened: Opener) -> None:
    session = opened()
    session.offer("signal-check", Reply.ACCEPTED)
    preset: FollowUpPreset = next(
        one for one in session.opened.dispositions.follow_ups if one.kind is FollowUpKind.CALLBACK
    )
    session.plan(preset)
    callbacks = [one for one in ended(session).follow_ups if one.kind is FollowUpKind.CALLBACK]
    assert len(callbacks) == 1
    assert callbacks[0].due_at == session.form.planned[0].due_at


def test_a_refusal_says_once_that_it_may_not_be_and_its_days_where_it_has_some() -> None:
    why = Text("手机还没用满一年半。", "The handset is not a year and a half old.")
    assert not_offered(Refusal(rule="handset", text=why)).message == why
    dated = not_offered(Refusal(rule="handset", text=why, until=date(2027, 1, 1)))
    assert dated.message.zh == "2027-01-01 前不可办：手机还没用满一年半。"
