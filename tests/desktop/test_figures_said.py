"""What the agent says is what the calculator made, and each figure opens to the months that make it."""

import re
from collections.abc import Callable
from functools import cache

import msgspec
import pytest
from desk_kit import CAPPED, NOW, UPGRADE, Working, city, document_of, put_customer, put_task
from PySide6.QtWidgets import QApplication

from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.content.shelf import shelves
from core.domain import decoding
from core.domain.clock import local_day
from core.domain.money import yuan, yuan_short
from core.domain.outcome import Verification
from core.domain.text import Lang
from core.offers.advice import Advice, Recommendation
from core.offers.featured import Featured, featured
from core.offers.recommend import PlanContent, plan_content, recommend
from core.offers.spoken import script_facts
from desktop.call.view360 import OVERVIEW, PLANS
from desktop.call.view360_pages.plans import PlansPage
from desktop.widgets.say_box import SayBox

TODAY = local_day(NOW)
SCENARIO = "4g-upgrade"


@cache
def content() -> PlanContent:
    return plan_content(catalogue(), eligibility_rules(), recommendation_rule())


def told(task_id: str) -> Recommendation:
    return recommend(document_of(task_id), content(), TODAY)


def one_who(desk: Working, fits: Callable[[Recommendation], bool]) -> str:
    """The first 4G task of the queue that fits, may be dialled and has no complaint open: to others nothing is sold."""
    for row in desk.rows():
        care = document_of(row.task_id).care
        complains = care is not None and any(ticket.closed_at is None for ticket in care.tickets)
        if row.scenario == SCENARIO and row.task_id != CAPPED and not complains and fits(told(row.task_id)):
            return row.task_id
    raise LookupError("nobody in the queue")


def talk_to_the_figures(desk: Working, task_id: str) -> None:
    """Dialled, answered, verified, up to the step that says the sums; they have arrived by then."""
    desk.open(task_id)
    desk.press("F7")
    desk.until(lambda: desk.session.flow.begun)
    desk.press("F7")
    answer(desk, "方便，你说", "核对一致", "有点高")
    desk.until(lambda: desk.session.compared is not None)


def answer(desk: Working, *words: str) -> None:
    for wanted in words:
        view = desk.session.conversation.view()
        digit = next(one.digit for one in view.answers if wanted in one.label.zh and one.enabled)
        desk.press(str(digit))


def say_box(desk: Working) -> SayBox:
    return desk.call_page.script.findChildren(SayBox)[0]


def page_of(desk: Working) -> PlansPage:
    page = desk.call_page.view360.current()
    assert isinstance(page, PlansPage)
    return page


def saves(found: Recommendation) -> bool:
    return "saving_fen" in script_facts(found) and not found.locked


def test_the_saving_that_is_said_is_the_calculators_for_this_customer_to_the_fen(desk: Working) -> None:
    # SCRIPT-12, SCRIPT-13, 4G-07
    task = one_who(desk, saves)
    talk_to_the_figures(desk, task)
    facts, document = script_facts(told(task)), document_of(task)
    assert document.billing is not None
    paid = round(sum(bill.total_fen for bill in document.billing.bills[-6:]) / 6)
    words = say_box(desk).words
    for fen in (paid, facts["proposed_bill_fen"], facts["saving_fen"]):
        assert isinstance(fen, int)
        assert f"{yuan_short(fen)} 元" in words
    assert paid == facts["proposed_bill_fen"] + facts["saving_fen"]  # type: ignore[operator]


def test_one_key_opens_the_source_of_each_figure_that_is_said(desk: Working) -> None:
    # 4G-07, SCRIPT-12
    task = one_who(desk, saves)
    talk_to_the_figures(desk, task)
    wanted, opened = told(task), []
    while True:
        desk.press("Alt+G")
        page = page_of(desk)
        if (say_box(desk).marked, page.source.text()) in opened:
            break
        opened.append((say_box(desk).marked, page.source.text()))
    by_label = {text.split(" ")[0]: text for _, text in opened}
    assert wanted.proposed is not None
    assert wanted.proposed.gain is not None
    assert wanted.current is not None
    less = wanted.current.total_fen - wanted.proposed.total_fen
    for part in (wanted.current.total_fen, wanted.proposed.total_fen, less, wanted.proposed.gain.mean_fen):
        assert f"¥{yuan(part)}" in by_label["月均节省"]
    assert len(opened) >= 4
    # The sum that it names stands above the months of the very plan.
    while "月均节省" not in page_of(desk).source.text():
        desk.press("Alt+G")
    assert wanted.proposed.plan.name.zh in page_of(desk).months_card.title
    together = page_of(desk).months.words()[0]
    assert f"¥{yuan(wanted.proposed.total_fen)}" in together
    assert f"¥{yuan(wanted.current.total_fen)}" in together
    assert f"¥{yuan(less)}" in together
    assert QApplication.focusWidget() is desk.call_page.script


def test_before_the_figures_are_there_the_key_says_so(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("Alt+G")
    assert "账还在算" in desk.told
    assert desk.call_page.view360.page == OVERVIEW


def test_what_is_taken_is_read_back_with_plan_fee_term_lock_and_day(desk: Working) -> None:
    # OUTCOME-12, SCRIPT-12
    task = one_who(desk, saves)
    talk_to_the_figures(desk, task)
    answer(desk, "想听听建议", "愿意办")
    proposed = told(task).proposed
    assert proposed is not None
    words = say_box(desk).words
    for part in (proposed.plan.name.zh, f"{yuan_short(proposed.plan.fee_fen)} 元", "2026 年 12 月 1 日起生效", "期限"):
        assert part in words
    assert "可以随时更改" in words or "期内不能改" in words
    desk.press("Alt+G")
    assert proposed.plan.name.zh in page_of(desk).months_card.title
    # The customer is written to in Chinese, whatever language the agent works in.
    desk.tongue.set_lang(Lang.EN)
    desk.settle()
    assert proposed.plan.name.en in say_box(desk).words
    preset = next(one for one in desk.session.opened.dispositions.follow_ups if one.code == "sms_confirm")
    desk.session.plan(preset)
    assert proposed.plan.name.zh in next(p.text for p in desk.session.form.planned if p.preset == "sms_confirm")


def test_what_the_agent_typed_in_the_order_stays(desk: Working) -> None:
    task = one_who(desk, saves)
    talk_to_the_figures(desk, task)
    desk.session.form.order.product = "手写的套餐"
    answer(desk, "想听听建议", "愿意办")
    assert desk.session.form.order.product == "手写的套餐"


def test_a_customer_on_the_best_plan_is_told_to_keep_it(desk: Working) -> None:
    # OFFER-09, SCRIPT-13
    best_off = next(
        one
        for one in city()[0]
        if script_facts(recommend(one, content(), TODAY)).get("current_is_best") is True
        and not (one.care and any(ticket.closed_at is None for ticket in one.care.tickets))
    )
    task = msgspec.structs.replace(city()[1][UPGRADE], id="KEEP", customer_id=best_off.id)
    desk.tells(put_task(task))
    talk_to_the_figures(desk, task.id)
    assert "最合适的，不建议您换" in say_box(desk).words
    answer(desk, "那就不用换了", "好的")
    assert desk.session.form.result == "no_change_needed"


def test_keeping_cannot_be_recorded_where_a_better_plan_was_computed(desk: Working) -> None:
    # SCRIPT-13
    talk_to_the_figures(desk, one_who(desk, saves))
    desk.session.choose("no_change_needed")
    assert "按算出来的账，这个结果不成立" in [text.zh for text in desk.session.lacking()]


def test_of_a_bill_that_a_hand_corrected_no_saving_is_said(desk: Working) -> None:
    # 4G-07
    task = one_who(desk, saves)
    document = decoding.decode(msgspec.json.encode(document_of(task)), type(document_of(task)))
    assert document.billing is not None
    last = document.billing.bills[-1]
    document.billing.bills[-1] = msgspec.structs.replace(last, total_fen=last.total_fen - 1)
    desk.tells(put_customer(document))
    talk_to_the_figures(desk, task)
    assert "saving_fen" not in desk.session.compared.facts  # type: ignore[union-attr]
    assert "能省多少我算不准" in say_box(desk).words or "月费是" in say_box(desk).words
    assert "每月少" not in say_box(desk).words


def test_under_a_contract_lock_the_script_says_until_when_and_what_may_be_moved_up_to(desk: Working) -> None:
    # CONTRACT-02
    task = one_who(desk, lambda found: found.locked and found.tier_up is not None and found.advice is not Advice.KEEP)
    talk_to_the_figures(desk, task)
    answer(desk, "想听听建议")
    row = told(task).tier_up
    assert row is not None
    words = say_box(desk).words
    for part in ("期内不能直接改办", row.plan.name.zh, f"{yuan_short(row.plan.fee_fen)} 元", "不重复享受"):
        assert part in words
    answer(desk, "愿意提档")
    assert "期内不能改其他套餐" in say_box(desk).words
    assert "期限随原协议到 20" in say_box(desk).words
    desk.press("Alt+B")
    desk.until(lambda: page_of(desk).plans.lines.rowCount() > 0)
    assert "前不可办" in page_of(desk).contract.text()
    assert row.plan.name.zh in page_of(desk).contract.text()


def test_the_page_tells_apart_what_the_customer_gains_and_what_the_operator_weighs(desk: Working) -> None:
    # 4G-07, OFFER-09
    desk.open(UPGRADE)
    desk.press("Alt+B")
    page = page_of(desk)
    desk.until(lambda: page.plans.lines.rowCount() > 0)
    rule = recommendation_rule().operator
    assert f"{rule.weight}%" in page.interest.text()
    assert f"每月合计最多 ¥{yuan_short(rule.most_fen)}" in page.interest.text()
    row = told(UPGRADE).rows[0]
    line = next(one for one in page.plans.words() if one.startswith(f"{row.plan.name.zh} ·"))
    assert f"月保底收入 {'−' if row.assured_fen < 0 else ''}¥{yuan(abs(row.assured_fen))}" in line
    assert f"排序 ¥{yuan(row.rank_fen)} = 客户 ¥{yuan(row.helps_fen)} + 公司 ¥{yuan(row.tipped_fen)}" in line


def test_the_list_goes_by_the_figure_that_it_shows(desk: Working) -> None:
    # 4G-07
    desk.open(UPGRADE)
    desk.press("Alt+B")
    page = page_of(desk)
    desk.until(lambda: page.plans.lines.rowCount() > 0)
    shown = [found for line in page.plans.words() if (found := re.search(r"排序 (−?)¥([\d.]+) =", line))]
    ranks = [float(found[2]) * (-1 if found[1] else 1) for found in shown]
    assert len(ranks) > 2
    assert ranks == sorted(ranks, reverse=True)


def test_news_that_change_no_bill_leave_the_figures_and_their_source_in_sight(desk: Working) -> None:
    task = one_who(desk, saves)
    talk_to_the_figures(desk, task)
    desk.press("Alt+G", "Alt+G")
    first, words, source = desk.session.compared, say_box(desk).words, page_of(desk).source.text()
    opened = desk.session.opened.document
    desk.tells(put_customer(document_of(task)))
    desk.until(lambda: desk.session.opened.document is not opened)
    desk.settle()
    assert desk.session.compared is first
    assert (say_box(desk).words, page_of(desk).source.text()) == (words, source)
    assert not page_of(desk).source.isHidden()


def test_newer_bills_in_the_call_are_computed_anew(desk: Working) -> None:
    task = one_who(desk, saves)
    talk_to_the_figures(desk, task)
    first = desk.session.compared
    newer = decoding.decode(msgspec.json.encode(document_of(task)), type(document_of(task)))
    assert newer.billing is not None
    newer.billing.bills[-1] = msgspec.structs.replace(newer.billing.bills[-1], total_fen=1)
    desk.tells(put_customer(newer))
    desk.until(lambda: desk.session.compared is not None and desk.session.compared is not first)
    assert desk.session.conversation.verification is Verification.OWNER


def test_nothing_of_the_page_is_cut_at_the_smallest_window_in_either_language(desk: Working) -> None:
    desk.window.resize(1366, 768)
    task = one_who(desk, lambda found: found.locked)
    talk_to_the_figures(desk, task)
    for lang in (Lang.ZH, Lang.EN):
        desk.tongue.set_lang(lang)
        desk.settle()
        desk.press("Alt+G")
        page = page_of(desk)
        for label in (page.source, page.interest, page.contract):
            assert label.heightForWidth(label.width()) <= label.height() + 1


@pytest.mark.parametrize("lang", list(Lang))
def test_the_zone_of_the_step_stands_in_the_call(desk: Working, lang: Lang) -> None:
    # 4G-08
    desk.tongue.set_lang(lang)
    desk.open(UPGRADE)
    zone = desk.session.conversation.view().zone
    assert zone is not None
    assert zone.label.of(lang) in desk.call_page.script.zone_words
    assert zone.guide.of(lang) in desk.call_page.script.zone_words
    assert desk.call_page.view360.page != PLANS


def test_what_is_featured_today_shows_only_to_the_owner_and_only_where_it_is_no_dearer(desk: Working) -> None:
    # 4G-03
    task = one_who(desk, lambda found: saves(found) and _shown(found) is not None)
    desk.open(task)
    desk.press("Alt+B")
    desk.until(lambda: desk.session.compared is not None)
    assert desk.call_page.script.featured_words == ""
    talk_to_the_figures(desk, task)
    words = desk.call_page.script.featured_words
    shown = _shown(told(task))
    assert shown is not None
    assert shown.row.plan.name.zh in words
    assert shown.window.enquiry.zh in words
    assert shown.row.helps_fen >= 0
    desk.press("Alt+X")
    assert desk.call_page.script.featured_words == ""


def _shown(found: Recommendation) -> Featured | None:
    document = next(one for one in city()[0] if recommend(one, content(), TODAY) == found)
    return featured(shelves(), document, found, eligibility_rules(), TODAY)
