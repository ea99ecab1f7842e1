"""VIP-07 at the agent's desk: one key, a small line in the call, and the lead's answer on it."""

from datetime import timedelta

import pytest
from desk_kit import DISCONNECT, UPGRADE, VIP, Working
from requests_kit import a_request, answers, ask, line_of, told

from core.desk.asking import open_grants
from core.domain.authority import RequestState, offer_granted
from core.domain.errors import StoreFull
from core.domain.offered import Reply
from core.domain.retention_budget import Gauge
from core.domain.text import Lang, Text
from core.offers.book import Standing
from desktop.widgets.values import Tone


def test_one_key_asks_and_the_answer_stands_on_the_call_and_in_the_note(desk: Working) -> None:
    # VIP-07
    desk.open(VIP)
    one = ask(desk, "680", "三年老客户，说要转网")
    assert (one.case.request.cost_fen, one.case.request.case) == (68_000, VIP)
    assert one.case.request.customer == "吴*", "a lead needs no full name"
    assert not line_of(desk).reason.isVisible()
    answers(desk, told(one.case.request, RequestState.GRANTED_LESS, granted_fen=30_000, words="先给 300"))
    assert (
        line_of(desk).status.text()
        == "沈怀瑾批了 ¥300（申请 ¥680）：存费优惠（客户接受，按 Alt+V 记下）。班长说：先给 300"
    )
    desk.press("Alt+1")
    assert "授权：存费优惠申请 680 元，沈怀瑾批准 300 元，还没办。" in desk.note


def test_offline_the_line_says_so_and_the_request_is_kept_over_a_crash(desk: Working) -> None:
    desk.open(VIP)
    one = ask(desk, "680", "三年老客户")
    assert "离线" in line_of(desk).status.text()
    assert "约个时间回电" in line_of(desk).status.text()
    desk.crash()
    desk.start_again()
    desk.open(VIP)
    assert "离线" in line_of(desk).status.text()
    assert [item.id for item in desk.store.pending_requests()] == [one.case.request.id]


def test_what_is_lacking_is_said_in_the_line_and_nothing_is_sent(desk: Working) -> None:
    desk.open(VIP)
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)
    desk.press("Return")
    assert "请填要申请的元数" in desk.read(line_of(desk))
    desk.type("680")
    desk.press("Return")
    assert "请写一句理由" in desk.read(line_of(desk))
    line_of(desk).reason.setText("客户号码 10012345678")
    desk.press("Return")
    assert "7 位或更长的数字" in desk.read(line_of(desk))
    assert desk.store.pending_requests() == []


def test_what_the_agent_may_grant_alone_is_not_asked(desk: Working) -> None:
    desk.open(VIP)
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)
    desk.type("100")
    line_of(desk).reason.setText("小额")
    desk.press("Return")
    assert "您自己可以给到 ¥300" in desk.read(line_of(desk))


def test_ctrl_enter_in_the_line_asks_and_saves_no_outcome(desk: Working) -> None:
    desk.open(VIP)
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)
    desk.type("680")
    desk.press("Tab")
    line_of(desk).reason.setText("三年老客户")
    desk.press("Ctrl+Return")
    desk.until(lambda: len(desk.session.opened.requests) == 1)
    assert desk.open_task == VIP
    assert desk.saved() == []


def test_escape_puts_the_line_away_and_the_keys_are_the_scripts_again(desk: Working) -> None:
    desk.open(VIP)
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)
    desk.press("Escape")
    assert not line_of(desk).isVisible()
    assert desk.focus is desk.call_page.script


def test_a_request_can_be_taken_back_while_it_waits(desk: Working) -> None:
    desk.open(VIP)
    ask(desk, "680", "三年老客户")
    line_of(desk).withdraw_button.click()
    desk.until(lambda: desk.session.opened.requests[0].case.state is RequestState.WITHDRAWN)
    assert not line_of(desk).isVisible()


@pytest.mark.parametrize(
    ("days", "state"), [(0, RequestState.WITHDRAWN), (1, RequestState.WAITING), (30, RequestState.WITHDRAWN)]
)
def test_a_request_nobody_answered_goes_with_its_call_unless_a_callback_soon_waits_for_it(
    desk: Working, days: int, state: RequestState
) -> None:
    # VIP-07
    desk.open(UPGRADE)
    desk.talk(30)
    one = ask(desk, "680", "三年老客户")
    desk.press("Escape", "F8")
    desk.session.choose("call_later" if days else "not_needed")
    if days:
        desk.session.plan_callback(desk.clock.wall + timedelta(days=days))
    desk.press("Z", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    assert [row.case.state for row in desk.store.requests(one.case.request.case)] == [state]


def test_an_answer_for_a_customer_who_is_gone_is_told_and_found_on_the_task(desk: Working) -> None:
    desk.open(VIP)
    one = ask(desk, "680", "三年老客户")
    desk.open(UPGRADE)
    assert not line_of(desk).isVisible()
    answers(desk, told(one.case.request, RequestState.REFUSED, words="上月刚给过"))
    assert desk.told == "吴* 的申请有答复：沈怀瑾没同意：存费优惠 ¥680。班长说：上月刚给过"
    desk.open(VIP)
    assert "上月刚给过" in line_of(desk).status.text()


def test_the_answer_is_told_before_the_callback_and_stands_on_the_call_when_it_is_opened(desk: Working) -> None:
    # VIP-07, FOLLOW-01
    desk.open(VIP)
    desk.talk(30)
    one = ask(desk, "680", "三年老客户")
    desk.press("Escape", "F8")
    desk.session.choose("call_later")
    desk.session.plan_callback(desk.clock.wall + timedelta(hours=3))
    desk.press("Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", VIP))
    answers(desk, told(one.case.request, RequestState.GRANTED, granted_fen=68_000, words="同意"))
    desk.until(lambda: "的申请有答复" in desk.told)
    desk.window.banner.action_button.click()
    desk.until(lambda: desk.open_task == VIP)
    assert "同意" in line_of(desk).status.text()
    assert [grant.case.granted_fen for grant in open_grants(desk.session.opened.requests)] == [68_000]


def test_an_answer_for_a_case_that_is_over_is_told_without_an_offer_to_open_it(desk: Working) -> None:
    over = a_request(case="call:over", task_id=None)
    answers(desk, told(over, RequestState.REFUSED, words="上月刚给过"))
    desk.until(lambda: "上月刚给过" in desk.told)
    assert not desk.window.banner.action_button.isVisible()
    desk.open(VIP)
    one = ask(desk, "680", "三年老客户")
    desk.open(UPGRADE)
    answers(desk, told(one.case.request, RequestState.REFUSED, words="下次吧"))
    desk.until(lambda: "下次吧" in desk.told)
    assert desk.window.banner.action_button.isVisible()


def test_an_answer_covers_the_line_of_a_due_callback_and_loses_neither(desk: Working) -> None:
    notify, done = desk.window.notify, list[str]()
    notify.offer(Text("回电到点", "Due"), Tone.WARN, Text("打开", "Open"), lambda: done.append("due"), about="T1")
    notify.offer(Text("有答复", "Answered"), Tone.OK, Text("打开", "Open"), lambda: done.append("answer"), about="T2")
    notify.offer(Text("又有答复", "Again"), Tone.OK, Text("打开", "Open"), lambda: done.append("again"), about="T3")
    notify.settled("T2")
    assert desk.told == "又有答复"
    desk.window.banner.action_button.click()
    assert (done, desk.told) == (["again"], "回电到点")
    desk.window.banner.action_button.click()
    assert (done, desk.told) == (["again", "due"], "")


def test_what_was_typed_stays_until_the_store_has_it(desk: Working, monkeypatch: pytest.MonkeyPatch) -> None:
    full = StoreFull(title=Text("磁盘满了", "Full"), message=Text("", ""), next_step=Text("", ""))

    def no_room(*_: object, **__: object) -> None:
        raise full

    desk.open(VIP)
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)
    desk.type("680")
    line_of(desk).reason.setText("三年老客户")
    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "log", no_room)
        desk.press("Return")
        desk.until(lambda: "磁盘满了" in desk.told)
    assert (line_of(desk).amount.text(), line_of(desk).reason.text()) == ("680", "三年老客户")
    desk.press("Return")
    desk.press("Return")
    desk.until(lambda: len(desk.session.opened.requests) == 1)
    desk.settle()
    assert len(desk.store.pending_requests()) == 1
    assert line_of(desk).reason.text() == ""


def test_what_was_granted_in_the_case_counts_in_the_next_request_of_it(desk: Working) -> None:
    # VIP-07
    desk.open(VIP)
    one = ask(desk, "680", "三年老客户")
    answers(desk, told(one.case.request, RequestState.GRANTED_LESS, granted_fen=30_000))
    assert ask(desk, "100", "还差一点").case.request.before_fen == 30_000


def test_the_line_follows_the_language(desk: Working) -> None:
    desk.open(VIP)
    one = ask(desk, "680", "三年老客户")
    answers(desk, told(one.case.request, RequestState.GRANTED, granted_fen=68_000))
    desk.tongue.set_lang(Lang.EN)
    assert line_of(desk).status.text() == "沈怀瑾 agrees: Prepay offer ¥680 (note it with Alt+V once accepted)"


def test_asking_without_a_customer_says_to_open_one(desk: Working) -> None:
    desk.press("Alt+A")
    desk.settle()
    assert "先打开一位客户" in desk.told


def test_an_offer_beyond_ones_own_authority_is_opened_by_the_leads_answer(desk: Working) -> None:
    # VIP-07, OFFER-09
    desk.open(DISCONNECT)
    desk.press("Alt+A")
    desk.until(line_of(desk).isVisible)
    book = desk.session.offering.book
    assert book is not None
    beyond = next(one for one in book.choices if one.standing is Standing.ASK and one.cost_fen)
    line_of(desk).what.setCurrentText(beyond.offer.name.zh)
    line_of(desk).reason.setText("老客户，想留住")
    line_of(desk).ask()
    desk.until(lambda: len(desk.session.opened.requests) == 1)
    request = desk.session.opened.requests[0].case.request
    assert (request.offer_id, request.cost_fen) == (beyond.offer.id, beyond.cost_fen)
    assert request.budget_left_fen == book.budget.left_fen
    answers(desk, told(request, RequestState.GRANTED, granted_fen=request.cost_fen))
    after = desk.session.offering.book
    assert after is not None
    opened = after.choice(beyond.offer.id)
    assert opened is not None
    assert opened.standing is Standing.OPEN


def test_the_budgets_gauge_tells_a_grant_as_soon_as_it_is_answered(desk: Working) -> None:
    # VIP-07
    desk.open(VIP)
    desk.press("Alt+V")
    page = desk.call_page.view360.offers_page
    desk.until(lambda: "¥0" in page.budget_card.note)
    assert desk.session.offering.book is not None
    left = desk.session.offering.book.budget.left_fen
    one = ask(desk, "680", "三年老客户")
    answers(desk, told(one.case.request, RequestState.GRANTED, granted_fen=68_000))
    assert "班长批了 ¥680，客户还没定。" in page.budget.text()
    assert page.gauge.share == 1.0
    book = desk.session.offering.book
    assert (book.budget.left_fen, book.budget.gauge) == (left, Gauge.RED), "nothing is spent before it is taken"
    desk.session.offer(offer_granted(one.case.request), Reply.REFUSED)
    book = desk.session.offering.book
    assert (book.budget.granted_fen, book.budget.gauge) == (0, Gauge.GREEN)


def test_an_answer_that_was_read_is_put_away_and_stands_again_where_one_asks(desk: Working) -> None:
    # VIP-07
    desk.open(VIP)
    one = ask(desk, "680", "三年老客户")
    desk.press("Escape")
    assert line_of(desk).isVisible(), "while it waits, it says how long"
    answers(desk, told(one.case.request, RequestState.GRANTED_LESS, granted_fen=30_000, words="先给 300"))
    said = line_of(desk).status.text()
    assert line_of(desk).away_button.isVisible()
    desk.press("Escape")
    assert not line_of(desk).isVisible()
    desk.open(UPGRADE)
    desk.open(VIP)
    assert not line_of(desk).isVisible(), "it was read"
    desk.press("Alt+A")
    desk.until(line_of(desk).amount.hasFocus)
    assert line_of(desk).status.isVisible()
    assert line_of(desk).status.text() == said
    desk.press("Escape")
    assert not line_of(desk).isVisible()


def test_escape_puts_an_objection_away_before_the_leads_answer(desk: Working) -> None:
    desk.open(VIP)
    desk.talk(5)
    one = ask(desk, "680", "三年老客户")
    answers(desk, told(one.case.request, RequestState.REFUSED, words="本月额度用完"))
    desk.press("Q", "Escape")
    assert not desk.call_page.script.objection_open
    assert line_of(desk).isVisible()
    line_of(desk).away_button.click()
    assert not line_of(desk).isVisible()


def test_the_answer_to_another_request_comes_into_sight_after_one_was_put_away(desk: Working) -> None:
    desk.open(VIP)
    first = ask(desk, "680", "三年老客户")
    answers(desk, told(first.case.request, RequestState.REFUSED, words="太多了"))
    desk.press("Escape")
    desk.clock.pass_(30)
    second = ask(desk, "400", "改成四百")
    assert line_of(desk).isVisible()
    answers(desk, told(second.case.request, RequestState.GRANTED, granted_fen=40_000))
    assert "沈怀瑾同意" in line_of(desk).status.text()
    assert line_of(desk).status.isVisible()
