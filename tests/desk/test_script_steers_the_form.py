"""What the script brings into the form: a survey's answers into the outcome, a promised text among the follow-ups."""

from datetime import timedelta

import msgspec
import pytest
from msgspec import structs
from store_kit import NOW, a_document, a_page, a_task, put

from core.content import dispositions
from core.content.plans import catalogue
from core.desk import opening
from core.desk.agreed import why_fell
from core.desk.call_session import CallSession
from core.desk.correction import correct
from core.desk.desk import Desk
from core.desk.form import OrderForm
from core.desk.plans import PlanDesk
from core.domain import decoding
from core.domain.charge import Charge
from core.domain.clock import CHINA
from core.domain.customer import Broadband, Contract, Identity, Services, SpecialNeed
from core.domain.errors import Refused
from core.domain.ordered import orders_of
from core.domain.outcome import Answered, Outcome, Verification
from core.domain.text import Lang, Text
from core.guidance.facts import order_facts
from core.rules import holds


def opened(desk: Desk, scenario: str, *, hears_badly: bool = False) -> CallSession:
    document = a_document(1, numbers=("10000000001",))
    if hears_badly and document.contact:
        need = SpecialNeed(
            code="hard_of_hearing", label=Text("听力不便", "Hard of hearing"), service=Text("慢", "Slow")
        )
        document.contact.special_needs = [need]
    desk.store.apply(a_page(put(document), put(a_task(1, scenario=scenario)), cursor="2"), now=NOW)
    return CallSession(opening.open_task(desk, "T0001"), lang=Lang.ZH, moment=desk.moment)


def say(session: CallSession, *answers: str) -> None:
    """As the page does it: the answer, then what it suggests."""
    for words in answers:
        view = session.conversation.view()
        session.conversation.answer(next(a.digit for a in view.answers if a.label.zh == words))
        session.suggest()


def presets(session: CallSession) -> list[str]:
    return [plan.preset for plan in session.form.planned]


SURVEY = (
    "方便，你说", "核对一致，是机主", "可以", "满意", "9 分", "清楚", "热线", "没有了", "一两回", "一次办好",
    "10 分", "没有", "不客气", "结束",
)  # fmt: skip


def test_a_surveys_answers_are_saved_with_the_outcome_and_survive_the_wire(desk: Desk) -> None:
    # SCRIPT-18
    session = opened(desk, "satisfaction-survey")
    say(session, *SURVEY)
    assert session.form.result == "surveyed"
    outcome = session.saved().outcome
    assert Answered(question="recommend", answer="10") in outcome.answered
    assert len(outcome.answered) == 8
    assert decoding.decode(msgspec.json.encode(outcome), Outcome) == outcome


def test_an_outcome_of_an_older_desk_has_no_answers(desk: Desk) -> None:
    session = opened(desk, "satisfaction-survey")
    say(session, *SURVEY)
    body = msgspec.json.decode(msgspec.json.encode(session.saved().outcome))
    del body["answered"]
    assert decoding.convert(body, Outcome).answered == ()


def test_a_text_that_the_words_promise_is_chosen_and_can_be_taken_back(desk: Desk) -> None:
    # SCRIPT-15
    session = opened(desk, "new-service")
    say(session, "方便，你说", "核对一致，是机主", "都挺好，不缺什么", "好，谢谢", "没有")
    assert presets(session) == ["sms_support"]
    assert session.form.result == "nothing_fits"
    support = next(p for p in session.opened.dispositions.follow_ups if p.code == "sms_support")
    session.plan(support)
    say(session, "结束")
    assert presets(session) == []


@pytest.mark.parametrize("hears_badly", [True, False])
def test_who_hears_badly_gets_it_in_writing_unasked(desk: Desk, hears_badly: bool) -> None:
    # CARE-25
    session = opened(desk, "roaming-card", hears_badly=hears_badly)
    say(session, "方便，你说", "核对一致，是机主", "不去了", "结束")
    assert presets(session) == (["sms_roaming"] if hears_badly else [])


def test_a_promised_reminder_before_the_contract_ends_is_planned_for_that_day(desk: Desk) -> None:
    # FOLLOW-01
    session = opened(desk, "4g-upgrade")
    ends_on = NOW.date() + timedelta(days=90)
    locked = {"contract_locked": True, "contract_ends_on": ends_on, "tier_up_open": False}
    session.opened.facts = {**session.opened.facts, **locked}
    session.order_changed()
    say(session, "方便，你说", "核对一致，是机主", "有点高，或流量不够", "想听听建议", "等协议到期再说")
    say(session, "好，到时提醒我")
    callback = session.form.callback()
    assert callback is not None
    assert callback.preset == "before_end"
    assert callback.due_at is not None
    assert callback.due_at.astimezone(CHINA).date() == ends_on - timedelta(days=14)
    assert session.form.result == "hesitant"


def test_a_time_that_was_agreed_on_stands_before_a_promised_one(desk: Desk) -> None:
    session = opened(desk, "second-renewal")
    session.opened.facts = {
        **session.opened.facts, "renewal_open": False, "renewal_from": NOW.date() + timedelta(days=60),
    }  # fmt: skip
    session.order_changed()
    agreed = NOW + timedelta(days=3)
    session.plan_callback(agreed)
    say(session, "方便，你说", "核对一致，是机主", "我直接续", "好，到时打给我")
    callback = session.form.callback()
    assert callback is not None
    assert callback.due_at == agreed


def test_an_order_that_the_words_announced_stands_among_the_follow_ups(desk: Desk) -> None:
    # SCRIPT-09
    session = opened(desk, "new-service")
    say(session, "方便，你说", "核对一致，是机主", "老断线，老没信号", "反映过，没人管", "约好时间")
    assert presets(session) == ["work_order", "escalate"]


def test_a_confirmation_waits_for_its_order(desk: Desk) -> None:
    # OUTCOME-12
    session = opened(desk, "second-renewal")
    say(session, "方便，你说", "核对一致，是机主", "我直接续", "行，登记吧", "同意办理")
    assert "sms_confirm" not in presets(session)
    assert session.form.result == "order_agreed"


# CONTRACT-01, CONTRACT-03, OUTCOME-12
def test_a_renewal_fills_the_order_form_with_the_contract_once_more(desk: Desk) -> None:
    runs_out = Contract(
        kind=Text("机补协议", "Subsidy"), starts_on=NOW.date() - timedelta(days=670),
        ends_on=NOW.date() + timedelta(days=60), locked=True, minimum_spend_fen=5_000,
    )  # fmt: skip
    document = a_document(1, numbers=("10000000001",))
    plan = catalogue().plans[-1]
    document.identity = Identity(name="张岚", plan_code=plan.code, plan_name=plan.name, plan_fee_fen=plan.fee_fen)
    document.services = Services(whole=True, contracts=[runs_out])
    desk.store.apply(a_page(put(document), put(a_task(1, scenario="second-renewal")), cursor="2"), now=NOW)
    session = CallSession(opening.open_task(desk, "T0001"), lang=Lang.ZH, moment=desk.moment)
    assert not session.wants_plans, "nobody has answered yet"
    say(session, "方便，你说")
    assert session.wants_plans
    session.plans_compared(PlanDesk(desk).compare(document))
    say(session, "核对一致，是机主", "我直接续", "行，登记吧")
    order = session.form.order
    assert (order.code, order.price_fen, order.term_months, order.locked) == (plan.code, plan.fee_fen, 24, True)
    assert runs_out.ends_on is not None
    assert order.starts_on == runs_out.ends_on + timedelta(days=1)
    read_back = "".join(span.text for span in session.conversation.view().spans)
    assert f"{plan.name.zh}，每月 {plan.fee_fen // 100} 元，期限 24 个月" in read_back
    say(session, "同意办理")
    session.form.order.consent = True
    session.conversation.tick("read_back", True)
    assert not any("目录" in one.zh for one in session.lacking())


def suspended(desk: Desk) -> CallSession:
    """A line that is suspended with its number kept, as agreed to in the call."""
    session = opened(desk, "broadband-disconnect")
    session.conversation.verify(Verification.OWNER)
    session.choose("suspended")
    session.form.order = OrderForm(
        product="停机保号", price_fen=500, term_months=6, locked=False, starts_on=NOW.date(), consent=True
    )
    session.conversation.tick("read_back", True)
    session.order_changed()
    return session


def test_a_suspension_leaves_as_an_order_though_it_is_no_success(desk: Desk) -> None:
    # OUTCOME-12, INTEG-07
    outcome = suspended(desk).saved().outcome
    assert not outcome.success
    order = orders_of(outcome)[""]
    assert (order.product, order.price_fen, order.read_back, order.consent) == ("停机保号", 500, True, True)


def test_a_suspensions_order_outlives_a_note_put_right_and_falls_with_another_result(desk: Desk) -> None:
    # FOLLOW-01
    first = suspended(desk).saved()
    desk.store.save(first)
    noted = correct(desk, first.outcome.id, result="suspended", reason="away", note="停半年", now=NOW)
    assert orders_of(noted.outcome)[""].product == "停机保号"
    left = correct(desk, noted.outcome.id, result="transferred", reason="away", note="过户", now=NOW)
    assert orders_of(left.outcome) == {}


def test_an_order_form_that_the_result_does_not_ask_for_orders_nothing(desk: Desk) -> None:
    session = suspended(desk)
    session.choose("retained")
    outcome = session.saved().outcome
    assert outcome.success
    assert orders_of(outcome) == {}


def agreed(desk: Desk) -> CallSession:
    """An upgrade that was written down, read back, announced by a text and agreed to."""
    session = opened(desk, "4g-upgrade")
    session.conversation.verify(Verification.OWNER)
    session.choose("order_agreed")
    session.form.order = OrderForm(product="飞享 118", price_fen=11_800, term_months=0, starts_on=NOW.date())
    session.order_changed()
    session.tick("read_back", True)
    session.plan(next(one for one in session.opened.dispositions.follow_ups if one.code == "sms_confirm"))
    session.form.order.consent = True
    session.order_changed()
    return session


@pytest.mark.parametrize(
    "change",
    [
        {"product": "飞享 158"},
        {"price_fen": 15_800},
        {"term_months": 24},
        {"locked": True},
        {"starts_on": NOW.date() + timedelta(days=30)},
    ],
)
def test_another_order_than_was_agreed_to_is_read_back_and_agreed_to_anew(
    desk: Desk, change: dict[str, object]
) -> None:
    # OUTCOME-12
    session = agreed(desk)
    assert session.form.order.consent
    session.form.order = structs.replace(session.form.order, **change)
    session.order_changed()
    order = session.saved().outcome.order
    assert order is not None
    assert (order.read_back, order.consent) == (False, False)
    lacks = [text.zh for text in session.lacking()]
    assert "还缺：复述资费、期限、协议与生效日" in lacks
    assert any(text.startswith("还缺：订单") for text in lacks)


def test_one_sentence_says_why_the_consent_fell_until_it_is_given_again(desk: Desk) -> None:
    # OUTCOME-12
    session = agreed(desk)
    assert why_fell(session.form) is None
    session.form.order.price_fen = 15_800
    session.order_changed()
    assert why_fell(session.form) == Text(
        "价格改了：请再念一遍，客户重新同意", "The price changed: read it back again and ask once more"
    )
    session.form.order.consent = True
    session.order_changed()
    assert why_fell(session.form) is None


def test_a_price_by_the_year_is_read_back_confirmed_and_ordered_as_one(desk: Desk) -> None:
    # OUTCOME-12, BB-04
    session = agreed(desk)
    session.form.order = structs.replace(
        session.form.order, product="包年宽带 100M", price_fen=88_000, charge=Charge.YEAR, term_months=12
    )
    session.order_changed()
    saved = session.saved()
    order = saved.outcome.order
    assert order is not None
    assert (order.charge, order.monthly) == (Charge.YEAR, False)
    assert order_facts(order)["order_price"] == Text("每年 880 元", "880 yuan a year")
    assert "order_price_fen" not in order_facts(order), "a site's own words may say “a month” after it"
    assert "包年宽带 100M，每年 880 元，期限 12 个月" in saved.follow_ups[0].text


@pytest.mark.parametrize("facts", [{"complaint_open": True}, {"arrears_fen": 1_250}])
def test_no_sale_is_saved_while_selling_is_closed(desk: Desk, facts: dict[str, object]) -> None:
    # SCRIPT-09
    session = agreed(desk)
    before = session.lacking()
    session.opened.facts = {**session.opened.facts, **facts}
    session.order_changed()
    more = [text.zh for text in session.lacking() if text not in before]
    assert len(more) == 1
    assert "投诉" in more[0]


def test_every_sale_of_every_scenario_is_closed_by_a_complaint_and_by_arrears() -> None:
    # SCRIPT-09
    for scenario, one in dispositions().items():
        rows = [choice for row in one.results for choice in (row.choices or (row,))]
        sales = [row for row in rows if row.sells is not None]
        assert {row.code for row in sales} >= {row.code for row in rows if row.code == "order_agreed"}, scenario
        for row in sales:
            assert row.when is not None
            assert row.why_not is not None
            assert holds(row.when, {"complaint_open": False, "arrears_fen": 0})
            assert not holds(row.when, {"complaint_open": True})
            assert not holds(row.when, {"arrears_fen": 1})


def test_what_was_read_back_and_changed_before_the_consent_is_read_back_anew(desk: Desk) -> None:
    # OUTCOME-12
    session = agreed(desk)
    session.form.order.consent = False
    session.order_changed()
    assert "read_back" in {tick.item for tick in session.conversation.ticked()}
    session.form.order.price_fen = 15_800
    session.order_changed()
    assert "read_back" not in {tick.item for tick in session.conversation.ticked()}


def test_an_order_written_down_while_it_is_read_back_keeps_the_tick(desk: Desk) -> None:
    session = opened(desk, "4g-upgrade")
    session.choose("order_agreed")
    session.tick("read_back", True)
    for price in (1, 11, 118):
        session.form.order = structs.replace(session.form.order, product="飞享 118", price_fen=price * 100)
        session.order_changed()
    assert "read_back" in {tick.item for tick in session.conversation.ticked()}


def test_the_text_to_confirm_says_what_is_ordered_in_the_end(desk: Desk) -> None:
    # OUTCOME-12
    session = agreed(desk)
    session.form.order = structs.replace(session.form.order, product="飞享 158", price_fen=15_800)
    session.order_changed()
    (text,) = session.saved().follow_ups
    assert "飞享 158，每月 158" in text.text
    assert "118" not in text.text


def with_a_line(desk: Desk) -> CallSession:
    """Someone who thinks of leaving a yearly line of 100M, whose broadband plans are compared."""
    session = opened(desk, "broadband-disconnect")
    held = next(one for one in catalogue().broadband if one.code == "bb-y100")
    line = Broadband(speed_mbps=100, plan_name=held.name, yearly_fee_fen=held.term_fen, ends_on=NOW.date())
    document = session.opened.document
    assert document is not None
    document.services = Services(whole=True, broadband=line)
    session.plans_compared(PlanDesk(desk).compare(document))
    session.conversation.verify(Verification.OWNER)
    return session


AWAY = ("方便，你说", "核对一致，是机主", "要出去一阵，暂时不用", "每年都这样")


def test_the_line_that_the_script_names_with_its_price_stands_in_the_order_form(desk: Desk) -> None:
    # BB-04, BB-06, OUTCOME-12
    session = with_a_line(desk)
    say(session, *AWAY)
    said = "".join(span.text for span in session.conversation.view().spans)
    assert "假日宽带 100M，92 天，整个期限共 260 元" in said
    say(session, "假日宽带")
    order = session.form.order
    assert (order.code, order.price_fen, order.charge, order.term_days) == ("bb-h100", 26_000, Charge.TERM, 92)
    assert order.starts_on is not None
    assert order.starts_on > NOW.date(), "what is paid for runs to its end"
    read_back = "".join(span.text for span in session.conversation.view().spans)
    assert "假日宽带 100M，整个期限共 260 元，期限 92 天" in read_back
    source = session.source_of("order_price")
    assert source is not None
    assert source.plan_code == "bb-h100"


def test_a_plan_taken_by_key_is_not_replaced_by_what_the_script_names(desk: Desk) -> None:
    session = with_a_line(desk)
    assert session.compared is not None
    lines = {one.plan.code: one for one in session.compared.lines}
    session.take(lines["bb-h200"])
    say(session, *AWAY, "假日宽带")
    assert session.form.order.code == "bb-h200"
    with pytest.raises(Refused) as refused:
        session.take(lines["bb-y4"])
    assert "已下架" in refused.value.message.zh
    with pytest.raises(Refused):
        session.take(lines["bb-y100"])
    assert session.form.order.code == "bb-h200"


def test_nothing_is_taken_into_the_order_while_selling_is_closed(desk: Desk) -> None:
    # SCRIPT-09
    session = with_a_line(desk)
    assert session.compared is not None
    session.opened.facts = {**session.opened.facts, "complaint_open": True}
    session.order_changed()
    with pytest.raises(Refused) as refused:
        session.take(next(one for one in session.compared.lines if one.plan.code == "bb-h100"))
    assert refused.value.code == "selling_closed"
    assert session.form.order.product == ""
