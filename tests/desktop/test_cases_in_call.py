"""In the call nobody can miss an open case or a promise, and one is made by a key; alerts come before it falls due."""

from datetime import timedelta

import msgspec
from cases_kit import CASE_ID, case_of, promise_of
from desk_kit import NOW, UPGRADE, VIP, Working, document_of, number_of, put_customer

from core.domain.case import Damage
from core.domain.promise import PromiseKind


def row_figure(desk: Working, task_id: str) -> str:
    """What the queue says at the right of the name."""
    row = next(one for one in desk.rows() if one.task_id == task_id)
    return desk.window.queue._row_words.figure(row, desk.clock.wall)[0]


def test_an_open_case_and_its_promises_stand_over_the_call_also_of_who_calls_back(desk: Working) -> None:
    # VIP-06, VIP-08
    desk.tells(
        case_of(VIP), promise_of(VIP, "回复换卡结果", NOW + timedelta(hours=1), case=CASE_ID),
        promise_of(VIP, "送备用机", NOW + timedelta(hours=2), case=CASE_ID),
    )  # fmt: skip
    desk.open(VIP)
    strip = desk.window.cases.strip
    desk.until(strip.isVisible)
    seen = desk.read(strip)
    assert "修复案 国际漫游无服务 · 首次联系还剩 2 小时 0 分" in seen
    assert "已答应 11:00：回复换卡结果；另有 1 个承诺" in seen
    desk.press("Ctrl+R")
    page = desk.window.stack.currentWidget()
    assert page is not None
    desk.settle()
    assert "吴倩 · 国际漫游无服务" in desk.read(page)
    desk.press("Ctrl+1")
    desk.open(UPGRADE)
    desk.settle()
    assert not strip.isVisible()
    desk.press("Ctrl+F")
    desk.type(number_of(VIP)[-5:])
    desk.until(lambda: [one.task_id for one in desk.rows()] == [VIP])
    desk.press("Return")
    desk.until(lambda: desk.open_task == VIP)
    desk.until(desk.window.cases.strip.isVisible)
    assert "已答应 11:00：回复换卡结果" in desk.read(desk.window.cases.strip)


def test_the_queue_counts_down_to_the_first_word_until_it_was_said(desk: Working) -> None:
    # VIP-08: what the agent's own call says holds at once, online or not.
    desk.tells(case_of(UPGRADE, at=NOW - timedelta(minutes=35)))
    desk.until(lambda: row_figure(desk, UPGRADE) == "首联 1:25")
    desk.clock.pass_(90 * 60)
    assert row_figure(desk, UPGRADE) == "首联超 0:05"
    desk.open(UPGRADE)
    desk.press("Alt+Z")
    desk.talk(60)
    desk.press("F8", "Alt+2", "Z", "A", "Ctrl+Return")
    desk.until(lambda: bool(desk.saved()))
    desk.settle()
    (case,) = desk.store.casework().cases
    assert case.contacted_at is not None


def test_a_promise_and_a_case_are_made_in_the_call_by_a_key(desk: Working) -> None:
    # OUTCOME-08, VIP-08, VIP-10
    desk.open(VIP)
    desk.press("Ctrl+P")
    strip = desk.window.cases.strip
    assert strip.composer.line.hasFocus()
    strip.composer.pick.setCurrentIndex(1)
    strip.composer.line.insert("赠款 50 元到账后告知")
    desk.press("Return")
    desk.until(lambda: not strip.composer.asking)
    desk.settle()
    (promise,) = desk.store.casework().promises
    assert (promise.made.kind, promise.made.task_id) == (PromiseKind.BONUS, VIP)
    assert promise.due_at == NOW + timedelta(hours=2)
    assert "已答应 12:00：赠款 50 元到账后告知" in desk.read(strip)
    assert desk.call_page.script.hasFocus()
    assert "承诺已记下" in desk.told
    desk.press("Ctrl+R")
    desk.until(lambda: strip.composer.asking)
    strip.composer.pick.setCurrentIndex(strip.composer.pick.findData("roaming-no-service"))
    strip.composer.line.setFocus()
    strip.composer.line.insert("今晚前能上网")
    desk.press("Return")
    desk.until(lambda: not strip.composer.asking)
    desk.settle()
    (case,) = desk.store.casework().cases
    assert (case.began.template, case.began.damage) == ("roaming-no-service", Damage.KEY_SERVICE)
    assert case.began.expects == "今晚前能上网"
    assert "已立案：国际漫游无服务" in desk.told
    desk.open(UPGRADE)
    desk.press("Ctrl+R")
    desk.until(lambda: strip.composer.asking)
    strip.composer.pick.setCurrentIndex(strip.composer.pick.findData(""))
    strip.composer.line.setFocus()
    desk.press("Return")
    desk.settle()
    assert strip.composer.asking
    strip.composer.line.insert("账单一直讲不清")
    desk.press("Return")
    desk.until(lambda: not strip.composer.asking)
    desk.settle()
    assert {one.began.title.zh for one in desk.store.casework().cases} == {"国际漫游无服务", "账单一直讲不清"}


def test_a_promise_is_called_to_mind_before_it_falls_due_and_once_more_when_missed(desk: Working) -> None:
    desk.tells(promise_of(VIP, "回复换卡结果", NOW + timedelta(minutes=40)))
    desk.settle()
    assert "回复换卡结果" not in desk.told
    desk.clock.pass_(15 * 60)
    desk.window.cases.alert.look()
    desk.until(lambda: "回复换卡结果" in desk.told)
    assert "10:40 到时间" in desk.told
    desk.clock.pass_(30 * 60)
    desk.window.cases.alert.look()
    desk.until(lambda: "已失约" in desk.told)


def test_newer_data_of_the_customer_leave_a_promise_half_written(desk: Working) -> None:
    # OUTCOME-08
    desk.open(VIP)
    desk.press("Ctrl+P")
    line = desk.window.cases.strip.composer.line
    line.insert("赠款 50 元到账后")
    document = document_of(VIP)
    assert document.identity is not None
    renamed = msgspec.structs.replace(document.identity, name="吴静")
    desk.tells(put_customer(msgspec.structs.replace(document, identity=renamed)))
    desk.until(lambda: desk.session.opened.name == "吴静")
    assert (line.text(), line.hasFocus()) == ("赠款 50 元到账后", True)
    line.insert("告知")
    desk.press("Return")
    desk.until(lambda: bool(desk.store.casework().promises))
    (promise,) = desk.store.casework().promises
    assert promise.made.words == "赠款 50 元到账后告知"
