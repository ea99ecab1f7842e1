"""A customer who calls in, or a number that the agent types: found at once, within the same rules."""

import threading

import msgspec
import pytest
from desk_kit import OPTED_OUT, UPGRADE, Working, city, number_of
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from core.domain.call import Direction
from core.domain.customer import Document
from core.sync.ask import Ask
from desktop.call.new_call import Chosen, NewCall


def dialog(desk: Working) -> NewCall:
    desk.press("Ctrl+N")
    desk.until(lambda: bool(desk.window.findChildren(NewCall)))
    (found,) = desk.window.findChildren(NewCall)
    found.activateWindow()
    desk.until(found.isActiveWindow)
    return found


def choose(desk: Working, window: NewCall, text: str) -> None:
    window.who.setFocus()
    desk.type(text)
    desk.until(lambda: window.people.count() == 1)


# peers: phone tag
def test_a_customer_who_calls_in_is_found_by_number_and_is_in_talk_at_once(desk: Working) -> None:
    window = dialog(desk)
    choose(desk, window, number_of(UPGRADE))
    desk.press("Return")
    desk.until(lambda: desk.open_task.startswith("call:"))
    desk.back()
    assert desk.session.opened.name == city()[1][UPGRADE].customer.name
    assert desk.state == "in_call"
    assert desk.session.flow.direction is Direction.INBOUND
    assert desk.phone.handed == [], "nothing is dialled: the customer is calling"
    desk.clock.pass_(30)
    desk.press("F8", "Alt+3", "Z", "Ctrl+Return")
    desk.until(lambda: not desk.open_task.startswith("call:"))
    (saved,) = desk.saved()
    assert (saved.task_id, saved.talk_time_s) == (None, 30)


# TASK-16, OUTCOME-11
def test_a_call_of_ones_own_asks_the_same_rules_before_it_dials(desk: Working) -> None:
    window = dialog(desk)
    window.outbound.click()
    choose(desk, window, number_of(OPTED_OUT))
    desk.press("Return")
    desk.until(lambda: desk.open_task.startswith("call:"))
    desk.back()
    assert desk.state == "preview"
    desk.press("F7")
    desk.until(lambda: "客户已拒绝再联系" in desk.told)
    assert desk.phone.handed == []


def test_offline_it_says_that_only_this_machine_was_searched(desk: Working) -> None:
    window = dialog(desk)
    window.who.setFocus()
    desk.type("10000000000")
    desk.until(lambda: "离线" in desk.read(window))
    assert window.people.count() == 0
    desk.press("Escape")
    desk.until(lambda: not desk.window.findChildren(NewCall))
    assert desk.open_task == ""


def test_answers_that_come_after_the_window_was_closed_are_dropped(desk: Working) -> None:
    window = dialog(desk)
    window.who.setFocus()
    desk.type("10000000000")
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    desk.settle()
    assert not desk.window.findChildren(NewCall)


# OUTCOME-03
def test_another_number_named_in_the_call_is_kept_with_its_source_and_can_be_dialled(desk: Working) -> None:
    session = desk.open(UPGRADE)
    desk.talk(20)
    desk.press("F8", *["Alt+5"] * 3)
    assert session.form.result == "other_number"
    desk.press("Ctrl+Return")
    assert "还缺：另一个号码" in desk.told
    desk.press("Alt+P")
    into: QWidget = desk.focus
    desk.type("10055556666")
    assert desk.focus is into
    desk.press("Escape", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    (kept,) = desk.store.added_numbers(session.opened.customer_id)
    assert (kept.number, kept.agent) == ("10055556666", "1027")
    assert kept.source
    assert "10055556666" in desk.open(UPGRADE).opened.numbers


def test_whom_only_the_server_knew_takes_nobody_from_a_call_begun_meanwhile(
    desk: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server's answer is held until the agent talks with somebody else.
    answered, stranger = threading.Event(), msgspec.json.encode(Document(id="JC9999999"))

    def open_late(_ask: Ask, _customer_id: str) -> bytes:
        answered.wait(8)
        return stranger

    monkeypatch.setattr(Ask, "open_customer", open_late)
    desk.open(UPGRADE)
    desk.window._call.new_call._open(Chosen("JC9999999", "4g-upgrade", "10000000077", ""))
    desk.talk()
    answered.set()
    desk.until(lambda: "已接待别人" in desk.told or desk.open_task != UPGRADE)
    assert (desk.open_task, desk.state) == (UPGRADE, "in_call")
