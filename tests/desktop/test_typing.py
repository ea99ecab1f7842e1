"""Digits and letters act on the page, and never while somebody types."""

from collections.abc import Callable

import pytest
from desk_kit import UPGRADE, Working
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from core.domain.follow_up import FollowUpKind


def path(desk: Working) -> list[str]:
    return [step.answer for step in desk.session.conversation.state().log]


def test_digits_answer_the_script_and_alt_digits_choose_the_result(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("1")
    assert len(path(desk)) == 1
    desk.press("Alt+3")
    assert desk.session.form.result == "not_needed"
    assert len(path(desk)) == 1


def test_letters_choose_reason_callback_and_other_follow_ups(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("X", "D", "J")
    form = desk.session.form
    assert form.reason == "not_enough"
    assert [plan.kind for plan in form.planned] == [FollowUpKind.CALLBACK, FollowUpKind.HOME_VISIT]
    desk.press("X")
    assert desk.session.form.reason == ""


def test_letters_open_an_objection_and_escape_puts_it_away(desk: Working) -> None:
    desk.open(UPGRADE)
    assert desk.window.call_page is not None
    desk.press("W")
    assert desk.window.call_page.script.objection_open
    desk.press("Escape")
    assert not desk.window.call_page.script.objection_open


def note(desk: Working) -> QWidget:
    desk.press("Alt+N")
    return desk.focus


def search(desk: Working) -> QWidget:
    desk.press("Ctrl+F")
    return desk.focus


def order(desk: Working) -> QWidget:
    desk.press("Alt+1", "Alt+P")
    return desk.focus


def indicators(desk: Working) -> QWidget:
    desk.press("Alt+I")
    return desk.focus


@pytest.mark.parametrize("field", [note, search, order, indicators])
def test_digits_and_letters_typed_in_a_text_field_never_act(desk: Working, field: Callable[[Working], QWidget]) -> None:
    desk.open(UPGRADE)
    into = field(desk)
    before = (desk.session.form.result, desk.session.form.reason, list(desk.session.form.planned))
    desk.type("123 qwzxadgp 9")
    assert desk.focus is into
    form = desk.session.form
    assert (form.result, form.reason, list(form.planned)) == before
    assert path(desk) == []
    assert desk.window.call_page is not None
    assert not desk.window.call_page.script.objection_open


def compose(into: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(into, event)


def test_nothing_acts_while_an_input_method_composes(desk: Working) -> None:
    desk.open(UPGRADE)
    into = note(desk)
    compose(into, "ni'hao")
    # The keys of the candidate list, as some input methods let them through.
    desk.press("1", "2")
    assert path(desk) == []
    compose(into, "", "你好")
    assert "你好" in desk.note
    assert "你好" in desk.session.form.note
    assert desk.session.form.note_edited


def test_a_composing_input_method_takes_enter_and_escape_for_itself(desk: Working) -> None:
    desk.open(UPGRADE)
    into = note(desk)
    compose(into, "deng")
    QApplication.processEvents()
    assert desk.focus is into
    assert desk.open_task == UPGRADE


def test_escape_leaves_a_field_and_gives_the_keys_back_to_the_script(desk: Working) -> None:
    desk.open(UPGRADE)
    for field in (note, search, order, indicators):
        field(desk)
        desk.press("Escape")
        assert desk.window.call_page is not None
        assert desk.focus is desk.window.call_page.script, field
    desk.press("1")
    assert len(path(desk)) == 1


def test_letters_in_the_queue_act_on_the_call_and_not_as_a_search_in_the_list(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("Ctrl+L")
    assert desk.focus is desk.window.queue.list_view
    desk.press("X", "1")
    assert desk.session.form.reason == "not_enough"
    assert len(path(desk)) == 1
    assert desk.open_task == UPGRADE


def test_ctrl_return_saves_from_within_the_note(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("F7")
    desk.until(lambda: desk.state == "dialling")
    desk.press("Alt+4", "Alt+N", "Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    assert [row.task_id for row in desk.saved()] == [UPGRADE]


def test_keys_without_a_customer_do_nothing_and_harm_nothing(desk: Working) -> None:
    for key in ("1", "X", "A", "P", "F7", "F8", "F9", "Alt+1", "Alt+Q", "Alt+S", "Ctrl+Return", "Alt+Left", "Q",
                "Alt+Z", "Alt+M", "Ctrl+K", "F6", "Alt+P", "Alt+T", "F2", "F3"):  # fmt: skip
        desk.press(key)
    desk.settle()
    assert desk.open_task == ""
    assert desk.phone.handed == []
    assert desk.store.drafts() == []
