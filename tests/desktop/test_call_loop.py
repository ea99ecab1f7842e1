"""The call loop by key: dial, talk, outcome, next customer."""

import pytest
from desk_kit import DISCONNECT, DUE, DUE_FIRST, NUMBERLESS, OPTED_OUT, UPGRADE, VIP, Working, city, number_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.domain.outcome import Contact
from core.store.types import Section
from desktop.widgets.chip import Chip


# FOLLOW-01
def test_callbacks_that_are_due_stand_first_then_vip(desk: Working) -> None:
    rows = desk.rows()
    assert [row.task_id for row in rows[:2]] == [DUE_FIRST, DUE]
    assert rows[0].section is Section.DUE
    sections = [row.section for row in rows]
    assert sections == sorted(sections, key=list(Section).index)
    assert rows[2].section is Section.VIP


def test_return_in_the_queue_opens_a_customer_and_gives_the_script_the_keys(desk: Working) -> None:
    desk.window.queue.focus_list()
    desk.press("Down", "Return")
    desk.until(lambda: desk.open_task == DUE_FIRST)
    assert desk.window.call_page is not None
    assert desk.focus is desk.window.call_page.script


def test_an_unanswered_call_takes_three_keys_from_dial_to_the_next_customer(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("F7")
    desk.until(lambda: desk.state == "dialling")
    desk.press("Alt+4", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    assert desk.phone.handed == ["tel:" + number_of(UPGRADE)]
    (saved,) = desk.saved()
    assert (saved.result, saved.contact, saved.talk_time_s) == ("unanswered", Contact.UNANSWERED, 0)


def test_ctrl_enter_saves_and_shows_the_next_customer(desk: Working) -> None:
    desk.open(DUE)
    desk.open(DUE_FIRST)
    desk.talk(25)
    desk.press("F8", "Alt+2", "Z", "A", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", DUE_FIRST))
    assert desk.open_task == DUE, "another callback is due: it comes before everything else"
    (saved,) = desk.saved()
    assert (saved.result, saved.talk_time_s) == ("hesitant", 25)
    assert len(desk.store.follow_ups()) == 1
    assert "已保存" in desk.told


# peers: notes not cleared at the next call
def test_a_note_is_never_carried_to_the_next_customer(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("F7")
    desk.until(lambda: desk.state == "dialling")
    desk.press("Alt+4", "Alt+N", "Ctrl+A")
    desk.type("Neighbour says they moved")
    desk.press("Escape", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    assert desk.note == ""
    assert desk.session.form.result == ""


# TASK-16
def test_the_header_button_dials_as_the_key_does(desk: Working) -> None:
    desk.open(VIP)
    assert desk.window.call_page is not None
    QTest.mouseClick(desk.window.call_page.header._dial, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.state == "dialling")
    assert desk.phone.handed == ["tel:" + number_of(VIP)]


# TASK-16, OUTCOME-11
@pytest.mark.parametrize(("task", "why"), [(OPTED_OUT, "客户已拒绝再联系"), (NUMBERLESS, "该客户没有号码")])
def test_a_blocked_customer_is_not_dialled_and_the_line_says_why(desk: Working, task: str, why: str) -> None:
    desk.open(task)
    desk.press("F7")
    desk.until(lambda: why in desk.told)
    desk.settle()
    assert desk.phone.handed == []
    assert desk.state == "preview"


# TASK-16
def test_at_the_cap_the_line_says_so_and_when_and_the_phone_is_not_told(desk: Working) -> None:
    desk.open(UPGRADE)
    for _ in range(3):
        desk.press("F7")
        desk.until(lambda: desk.state == "dialling")
        desk.press("Alt+4")
        desk.clock.pass_(60)
    desk.press("F7")
    desk.until(lambda: "该客户 24 小时内的拨打次数已达上限" in desk.told)
    assert "最早明天 10:00" in desk.told
    desk.settle()
    assert len(desk.phone.handed) == 3


# TASK-16
def test_out_of_hours_the_line_says_from_when_one_may_dial(desk: Working) -> None:
    desk.clock.pass_(11 * 3600)
    desk.open(UPGRADE)
    desk.press("F7")
    desk.until(lambda: "不在可外呼时段" in desk.told)
    assert "最早明天" in desk.told
    assert desk.phone.handed == []


# FOLLOW-01
def test_a_callbacks_chip_never_names_an_hour_that_has_passed_or_lies_at_night(desk: Working) -> None:
    desk.clock.pass_(11 * 3600)
    desk.open(UPGRADE)
    assert desk.window.call_page is not None
    outcome = desk.window.call_page.outcome
    said = {chip.words for chip in outcome.findChildren(Chip) if chip.isVisibleTo(outcome)}
    assert {"明天 10:00", "11-22 10:00"} <= said  # calls end early on the Saturday between
    assert not {"3 小时后", "今天 18:30"} & said


# OUTCOME-11
def test_a_refusal_of_further_calls_closes_dialling_on_all_numbers(desk: Working) -> None:
    session = desk.open(DISCONNECT)
    numbers = session.opened.numbers
    assert len(numbers) == 2
    desk.talk(12)
    desk.press("Alt+6", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", DISCONNECT))
    (saved,) = desk.saved()
    assert saved.result == "refused_contact"
    desk.phone.handed.clear()
    desk.window.presenter.in_view.open_customer(session.opened.customer_id, "broadband-disconnect", None)
    desk.until(lambda: desk.open_task.startswith("call:"))
    for number in numbers:
        desk.window.presenter.call.choose_number(number)
        desk.window.banner.clear()
        desk.press("F7")
        desk.until(lambda: "客户已拒绝再联系" in desk.told)
    assert desk.phone.handed == []


def test_the_wrap_up_timer_reminds_and_never_advances_by_itself(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(30)
    desk.press("F8")
    for _ in range(10):
        desk.clock.pass_(60)
        desk.second()
    desk.settle()
    assert desk.open_task == UPGRADE
    assert desk.state == "wrap_up"
    assert desk.window.call_page is not None
    extend = desk.window.call_page.outcome._extend
    assert "9" in extend.text()
    assert desk.session.flow.wrap_up(desk.clock()).over
    for _ in range(20):
        desk.press("F9")
    assert not desk.session.flow.wrap_up(desk.clock()).over


def test_ending_by_mistake_is_taken_back_by_the_same_key(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(30)
    desk.press("F8")
    desk.clock.pass_(5)
    desk.press("F8")
    assert desk.state == "in_call"
    assert desk.session.talk_s() == 35


def test_talk_time_says_that_the_agent_stated_it(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(30)
    desk.second()
    assert desk.window.call_page is not None
    assert "坐席标记" in desk.window.call_page.header._source.text()


# peers: a customer who calls back cannot be found again quickly
def test_a_customer_is_found_by_number_and_opened_by_return(desk: Working) -> None:
    desk.press("Ctrl+F")
    desk.type(number_of(UPGRADE)[-6:])
    desk.until(lambda: [row.task_id for row in desk.rows()] == [UPGRADE])
    desk.press("Return")
    desk.until(lambda: desk.open_task == UPGRADE)
    assert city()[1][UPGRADE].customer.name in desk.read(desk.window.call_page.header)


def test_return_waits_for_the_list_to_show_what_was_typed(desk: Working) -> None:
    first = desk.rows()[0].task_id
    assert first != UPGRADE
    desk.press("Ctrl+F")
    desk.type(number_of(UPGRADE)[-6:])
    desk.press("Return")
    desk.until(lambda: desk.open_task != "")
    assert desk.open_task == UPGRADE
