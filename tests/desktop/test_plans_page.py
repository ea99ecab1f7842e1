"""Plans in the call: one key, and every figure stands in the window as the calculator makes it, to the fen."""

from functools import cache

import msgspec
import pytest
from desk_kit import DISCONNECT, NOW, UPGRADE, Working, document_of, put
from PySide6.QtWidgets import QApplication

from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.desk.plans import PlanDesk
from core.domain.clock import local_day
from core.domain.customer import Document
from core.domain.money import yuan, yuan_short
from core.domain.offer_content import PLANS as PLANS_KIND
from core.domain.outcome import Verification
from core.domain.text import Lang
from core.offers.advice import Advice, Recommendation
from core.offers.explain import explain
from core.offers.recommend import PlanContent, plan_content, recommend
from core.offers.record import record
from core.offers.spoken import advice_text
from core.wire.pull import ContentDocument, Kind
from desktop.call.view360 import OVERVIEW, PLANS, View360Panel
from desktop.call.view360_pages.plans import PlansPage

TODAY = local_day(NOW)


@cache
def content() -> PlanContent:
    return plan_content(catalogue(), eligibility_rules(), recommendation_rule())


def told(task_id: str) -> Recommendation:
    return recommend(document_of(task_id), content(), TODAY)


def advised(desk: Working, *kinds: Advice) -> str:
    """The first task of the queue whose customer is advised so."""
    return next(row.task_id for row in desk.rows() if told(row.task_id).advice in kinds)


def view_of(desk: Working) -> View360Panel:
    assert desk.window.call_page is not None
    return desk.window.call_page.view360


def page_of(desk: Working) -> PlansPage:
    page = view_of(desk).current()
    assert isinstance(page, PlansPage)
    return page


def compare(desk: Working, task_id: str) -> PlansPage:
    """Opens the customer and asks for the plans by key."""
    desk.open(task_id)
    desk.press("Alt+B")
    page = page_of(desk)
    desk.until(lambda: page.plans.lines.rowCount() > 0)
    return page


def test_what_the_window_says_of_each_plan_is_what_the_calculator_makes(desk: Working) -> None:
    # 4G-07, SCRIPT-12, SCRIPT-13
    page, wanted = compare(desk, UPGRADE), told(UPGRADE)
    assert page.advice.text() == advice_text(wanted).zh
    lines = page.plans.words()
    shown = {line.partition(" · ")[0]: line for line in lines}
    for row in wanted.rows[:5]:
        assert row.gain is not None
        saved = row.gain.mean_fen
        money = f"¥{yuan(saved)}" if saved >= 0 else f"−¥{yuan(-saved)}"
        figures = (
            f"月费 ¥{yuan_short(row.plan.fee_fen)} · 中位月 ¥{yuan(row.median_fen)}"
            f" · 最高月 ¥{yuan(row.worst_fen)} · 月均省 {money}"
        )
        assert figures in shown[row.plan.name.zh]
    assert wanted.proposed is not None
    assert lines[0].startswith(wanted.proposed.plan.name.zh)
    assert "建议" in lines[0]
    (present,) = [line for line in lines if "现用" in line]
    assert wanted.current is not None
    assert present.startswith(wanted.current.plan.name.zh)


def test_arrows_and_enter_open_a_plan_month_by_month_beside_what_was_billed(desk: Working) -> None:
    # 4G-07
    page, document = compare(desk, UPGRADE), document_of(UPGRADE)
    assert document.billing is not None
    desk.press("Down")
    plan = told(UPGRADE).rows[1].plan
    assert plan.name.zh in page.months_card.title
    desk.press("Enter")
    assert page.months.hasFocus()
    bills = {bill.month: bill.total_fen for bill in document.billing.bills}
    months = explain(plan, record(document, content().plans), content().plans)
    together, *by_month = page.months.words()
    assert len(by_month) == len(months) == len(bills)
    compared = told(UPGRADE).compared
    here = sum(month.fen for month in months if month.month in compared)
    paid = sum(bills[name] for name in compared)
    assert together.startswith(f"可比 {len(compared)} 个月合计 · 这一档 ¥{yuan(here)} · 实际账单 ¥{yuan(paid)}")
    for said, month in zip(by_month, reversed(months), strict=True):
        assert said.startswith(f"{month.month} · 这一档 ¥{yuan(month.fen)} · 实际账单 ¥{yuan(bills[month.month])}")
        assert all(f"{line.label.zh} " in said for line in month.lines)
    desk.press("Left")
    assert page.plans.hasFocus()


def test_a_refusal_by_contract_lock_is_said_with_its_day(desk: Working) -> None:
    # CONTRACT-02
    task = next(row.task_id for row in desk.rows() if told(row.task_id).later is not None)
    page, later = compare(desk, task), told(task).later
    assert later is not None
    until = max(one.until for one in later.verdict.refusals if one.until)
    (line,) = [line for line in page.plans.words() if line.startswith(f"{later.row.plan.name.zh} ·")]
    assert f"{until} 前不可办：" in line
    assert until.isoformat() in page.advice.text()


def test_who_has_the_best_plan_already_is_told_so(desk: Working) -> None:
    # OFFER-09
    page = compare(desk, advised(desk, Advice.KEEP))
    assert "现在这一档最合适，不用换" in page.advice.text()
    assert "现用 · 合适" in page.plans.words()[0]
    assert "月均省 —" in page.plans.words()[0]


def test_a_corrected_bill_is_marked_and_nothing_is_claimed_of_it(desk: Working) -> None:
    task = next(row.task_id for row in desk.rows() if told(row.task_id).left_out)
    page = compare(desk, task)
    (month, *_) = told(task).left_out
    assert month in page.left_out.text()
    best = told(task).rows[0].plan.name.zh
    # Where the call is about the line, broadband stands first.
    page.plans.choose(next(at for at, line in enumerate(page.plans.words()) if line.startswith(f"{best} ·")))
    (said,) = [line for line in page.months.words() if line.startswith(month)]
    assert "相差 — · 账单经人工调整，不计" in said


def test_plans_are_computed_once_they_are_looked_at_and_not_before(
    desk: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = PlanDesk.compare
    monkeypatch.setattr(
        PlanDesk, "compare", lambda self, one, **more: (asked.append(one.id), plain(self, one, **more))[1]
    )
    desk.open(UPGRADE)
    desk.settle()
    assert asked == []
    desk.press("Alt+B")
    page = page_of(desk)
    assert page.advice.text() == "正在计算…"
    desk.until(lambda: page.plans.lines.rowCount() > 0)
    view_of(desk).show_page(OVERVIEW)
    desk.tongue.set_lang(Lang.EN)
    view_of(desk).show_page(PLANS)
    assert "Advised" in page.plans.words()[0]
    assert asked == [document_of(UPGRADE).id]


def test_leaving_before_the_answer_shows_no_customer_anothers_plans(desk: Working) -> None:
    first, second = [row.task_id for row in desk.rows() if row.scenario == "4g-upgrade"][:2]
    desk.open(first)
    desk.press("Alt+B")
    desk.open(second)
    desk.press("Alt+B")
    page = page_of(desk)
    desk.until(lambda: page.plans.lines.rowCount() > 0)
    assert page.advice.text() == advice_text(told(second)).zh


def test_the_keys_of_the_call_act_while_the_list_has_the_focus(desk: Working) -> None:
    page = compare(desk, UPGRADE)
    assert page.plans.hasFocus()
    desk.press("1")
    assert len(desk.session.conversation.state().log) == 1
    assert desk.window.call_page is not None
    desk.press("Escape")
    assert QApplication.focusWidget() is desk.window.call_page.script


def test_without_use_on_record_it_says_not_supplied(desk: Working) -> None:
    document: Document = msgspec.structs.replace(document_of(UPGRADE), usage=None)
    desk.tells(put(Kind.CUSTOMER, document.id, document))
    desk.open(UPGRADE)
    desk.press("Alt+B")
    page = page_of(desk)
    desk.until(lambda: page.advice.text() == "未提供")
    assert page.plans.lines.rowCount() == 0
    assert page.months_card.isHidden()


def test_plans_that_cannot_be_read_are_told_and_the_call_goes_on(desk: Working) -> None:
    broken = ContentDocument(kind=PLANS_KIND, name=PLANS_KIND, version=99, body=msgspec.Raw(b'{"version":99}'))
    desk.tells(put(Kind.CONTENT, f"{PLANS_KIND}/{PLANS_KIND}", broken))
    desk.open(UPGRADE)
    desk.press("Alt+B")
    page = page_of(desk)
    desk.until(lambda: page.advice.text() == "没有算出来")
    assert desk.told
    desk.press("1")
    assert desk.open_task == UPGRADE


def test_new_plans_come_without_scripts_being_read_anew(desk: Working) -> None:
    # performance.md, P4: reading the scripts anew costs the next save a third of a second
    desk.open(UPGRADE)
    script = desk.entered.desk.script("4g-upgrade")
    newer = ContentDocument(
        kind=PLANS_KIND, name=PLANS_KIND, version=99, body=msgspec.Raw(msgspec.json.encode(catalogue()))
    )
    desk.tells(put(Kind.CONTENT, f"{PLANS_KIND}/{PLANS_KIND}", newer))
    desk.settle()
    assert desk.entered.desk.script("4g-upgrade") is script
    desk.press("Alt+B")
    desk.until(lambda: page_of(desk).plans.lines.rowCount() > 0)


def test_nothing_in_the_lists_is_cut_at_the_smallest_window(desk: Working) -> None:
    desk.tongue.set_lang(Lang.EN)
    desk.window.resize(1366, 768)
    tasks = [row.task_id for row in desk.rows() if row.scenario == "4g-upgrade"][:4]
    assert tasks
    for task in tasks:
        page = compare(desk, task)
        desk.settle()
        assert page.plans.lines.rowCount() > 0
        last = page.plans.visualRect(page.plans.lines.index(page.plans.lines.rowCount() - 1))
        assert last.bottom() <= page.plans.viewport().height()
        assert page.plans.horizontalScrollBar().maximum() == 0


def look_up(desk: Working, page: PlansPage, typed: str) -> list[str]:
    """What the list says of the plans that go by that, typed in the field that the key leads to."""
    page.plans.setFocus()
    desk.press("Alt+B")
    assert page.search.hasFocus()
    page.search.setText(typed)
    view = view_of(desk)
    desk.until(lambda: view._found is not None and view._found[1].typed == typed)
    assert "查到" in page.plans_card.note
    return page.plans.words()


def test_any_plan_is_found_by_name_pinyin_or_code_with_why_not_and_what_it_would_cost(desk: Working) -> None:
    # OFFER-13, 4G-04
    page = compare(desk, UPGRADE)
    gone = next(one for one in told(UPGRADE).refused if any(no.rule == "withdrawn" for no in one.verdict.refusals)).plan
    (line,) = look_up(desk, page, gone.code)
    assert line.startswith(gone.name.zh)
    assert f"{gone.on_sale_until} 起不可办：这一档已下架" in line
    months = explain(gone, record(document_of(UPGRADE), content().plans), content().plans)
    assert f"最高月 ¥{yuan(max(one.fen for one in months if one.month in told(UPGRADE).compared))}" in line
    for word in (gone.audience.zh, gone.advantage.zh, f"易推荐指数：{gone.ease} / 5", "外呼", "地区"):
        assert word in page.details.text()
    assert look_up(desk, page, "feixiang")
    assert look_up(desk, page, "飞享")
    page.search.setText("没有这一档")
    desk.until(lambda: page.plans.lines.rowCount() == 0)
    page.search.clear()
    best = told(UPGRADE).rows[0].plan.name.zh
    desk.until(lambda: any(line.startswith(best) for line in page.plans.words()[:1]))


def test_another_plan_than_the_proposed_one_goes_into_the_order_by_one_key_with_its_source(desk: Working) -> None:
    # OUTCOME-12, 4G-07
    page = compare(desk, UPGRADE)
    plan = told(UPGRADE).rows[1].plan
    desk.press("Down")
    assert plan.name.zh in page.months_card.title
    desk.press("Ctrl+D")
    order = desk.session.form.order
    assert (order.code, order.product, order.price_fen) == (plan.code, plan.name.zh, plan.fee_fen)
    assert plan.name.zh in desk.told
    source = desk.session.source_of("order_price")
    assert source is not None
    assert source.plan_code == plan.code
    # What the script names afterwards does not take its place: the customer chose.
    desk.session.conversation.verify(Verification.OWNER)
    desk.session.suggest()
    assert desk.session.form.order.code == plan.code


def test_a_plan_that_may_not_be_had_stays_out_of_the_order_and_says_why(desk: Working) -> None:
    page = compare(desk, UPGRADE)
    gone = next(one for one in told(UPGRADE).refused if any(no.rule == "withdrawn" for no in one.verdict.refusals)).plan
    look_up(desk, page, gone.code)
    desk.press("Ctrl+D")
    assert "已下架" in desk.told
    assert desk.session.form.order.product == ""


def test_a_looked_up_plan_that_may_be_had_is_taken_and_stays_in_the_list(desk: Working) -> None:
    page = compare(desk, UPGRADE)
    far = told(UPGRADE).rows[-1].plan
    look_up(desk, page, far.code)
    desk.press("Ctrl+D")
    assert desk.session.form.order.code == far.code
    page.search.clear()
    desk.until(lambda: any(line.startswith(far.name.zh) for line in page.plans.words()))


def test_broadband_plans_stand_with_what_a_year_of_the_line_would_cost(desk: Working) -> None:
    # BB-04, BB-06
    page = compare(desk, DISCONNECT)
    line = document_of(DISCONNECT).services
    assert line is not None
    assert line.broadband is not None
    said = "\n".join(page.plans.words())
    assert "在用宽带" in page.plans.words()[0], "the call is about the line"
    assert "假日宽带 100M" in said
    assert "整个期限共 260 元" in said
    holiday = look_up(desk, page, "jrkd")
    assert any(one.startswith("假日宽带 200M") for one in holiday)
