"""What was accepted leaves the call as an order, a work order or a card, and its texts and reminders with it."""

from datetime import date, timedelta

import msgspec
import pytest
from msgspec import structs
from offering_kit import Opener, choice, ended, opener, saved
from store_kit import NOW

from core.content.offers import offers_beyond
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.form import OWN_DESK
from core.desk.offering import offer_texts, price_text
from core.desk.offers import OfferDesk
from core.domain import decoding
from core.domain.card_number import read_card_number
from core.domain.charge import Charge
from core.domain.clock import local_day
from core.domain.disposition import FollowUpPreset
from core.domain.errors import Refused
from core.domain.follow_up import FollowUpKind
from core.domain.offered import OfferMade, Reply
from core.domain.order_state import OrderState
from core.domain.ordered import orders_of
from core.domain.outcome import Outcome, Verification
from core.domain.text import Lang, Text
from core.guidance.render import plain
from core.offers.book import Standing
from core.wire.push import Saved


@pytest.fixture
def opened(desk: Desk) -> Opener:
    return opener(desk)


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
