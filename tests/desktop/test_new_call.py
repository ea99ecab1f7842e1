"""A call without a task, from the window: who may open one, what is said, what is dialled."""

from datetime import timedelta

import msgspec
import pytest
from desk_kit import TWO_NUMBERS, Working, document_of, gone

from core.desk.finding import FoundPerson
from core.domain.errors import Refused, ServerUnreachable
from core.domain.people import Role
from core.domain.text import Text
from desktop.call import new_call
from desktop.call.new_call import NewCall

WORDS = (Text("题", "Title"), Text("权限不足。", "Not within your rights."), Text("请找班长。", "Ask your lead."))


def dialog(desk: Working) -> NewCall:
    desk.press("Ctrl+N")
    desk.until(lambda: bool(desk.window.findChildren(NewCall)))
    return desk.window.findChildren(NewCall)[0]


# ROLE-01
def test_callback_staff_are_told_who_may_call_without_a_task(desk: Working) -> None:
    desk.entered.desk.agent = msgspec.structs.replace(desk.entered.desk.agent, role=Role.CALLBACK_STAFF)
    desk.press("Ctrl+N")
    assert "外呼代表" in desk.told
    assert desk.window.findChildren(NewCall) == []


# ROLE-01
@pytest.mark.parametrize("refused", [True, False])
def test_a_server_that_says_no_is_quoted_and_silence_is_offline(
    desk: Working, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    title, message, step = WORDS

    def answer(_ask: object, _text: str) -> list[FoundPerson]:
        if refused:
            raise Refused(code="forbidden", title=title, message=message, next_step=step)
        raise ServerUnreachable(title=title, message=message, next_step=step)

    monkeypatch.setattr(new_call, "find_on_server", answer)
    shown = dialog(desk)
    shown.who.setText("王秀兰")
    desk.until(lambda: ("权限不足" if refused else "离线") in shown.note.text())
    assert ("离线" in shown.note.text()) is not refused
    shown.reject()


def test_nothing_is_said_to_be_looked_for_that_nobody_looks_for(desk: Working) -> None:
    shown = dialog(desk)
    shown.who.setText("987")
    desk.settle()
    assert shown.note.text() == new_call.FEW_DIGITS.zh
    shown.who.setText("")
    desk.settle()
    assert shown.note.text() == ""
    shown.reject()


def test_an_unknown_error_is_shown_as_every_other_one(desk: Working, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_ask: object, _text: str) -> list[FoundPerson]:
        raise KeyError("identity")

    errors: list[Exception] = []
    monkeypatch.setattr(new_call, "find_on_server", broken)
    monkeypatch.setattr(desk.window._call.new_call, "_show_error", errors.append)
    shown = dialog(desk)
    shown.who.setText("王秀兰")
    desk.until(lambda: bool(errors))
    assert "KeyError" not in shown.note.text()
    shown.reject()


def dial_out(desk: Working, who: str, number: str = "") -> None:
    shown = dialog(desk)
    shown.who.setText(who)
    desk.until(lambda: shown.people.count() > 0)
    shown.outbound.setChecked(True)
    if number:
        assert shown.number.isVisible()
        shown.number.setText(number)
    shown._accept()
    desk.until(lambda: desk.open_task.startswith("call:"))
    # Without a display no window manager gives the keys back to the window.
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    desk.press("F7")
    desk.until(lambda: bool(desk.phone.handed))


# TASK-16
def test_the_number_typed_is_the_one_dialled(desk: Working) -> None:
    contact = document_of(TWO_NUMBERS).contact
    assert contact is not None
    second = next(number.number for number in contact.numbers if not number.main)
    dial_out(desk, second)
    assert desk.phone.handed == [f"tel:{second}"]


# OUTCOME-03, TASK-16
def test_a_typed_number_that_nobody_knew_is_kept_with_its_source_and_counts(desk: Working) -> None:
    document = document_of(TWO_NUMBERS)
    assert document.contact is not None
    dial_out(desk, document.contact.numbers[0].number, "100 7777 6666")
    assert desk.phone.handed == ["tel:10077776666"]
    (kept,) = desk.store.added_numbers(document.id)
    assert (kept.number, kept.source, kept.at) == ("10077776666", "typed", desk.clock.wall)
    assert len(desk.store.dials(document.id, desk.clock.wall - timedelta(days=1))) == 1


def test_part_of_a_number_is_no_number_of_its_own(desk: Working) -> None:
    document = document_of(TWO_NUMBERS)
    assert document.contact is not None
    main = document.contact.numbers[0].number
    dial_out(desk, main[-8:])
    assert desk.phone.handed == [f"tel:{main}"]
    assert desk.store.added_numbers(document.id) == []


def test_a_customer_without_a_task_is_found_by_name_and_opened(desk: Working) -> None:
    document = document_of(TWO_NUMBERS)
    assert document.identity is not None
    desk.tells(gone(TWO_NUMBERS))
    shown = dialog(desk)
    shown.who.setText(document.identity.name)
    desk.until(lambda: shown.people.count() > 0)
    shown._accept()
    desk.until(lambda: desk.open_task.startswith("call:"))
    assert desk.session.opened.name == document.identity.name
