"""“Not before six, please”: the agent keeps it beside the callback, by the keyboard (TASK-16)."""

from datetime import timedelta

import msgspec
import pytest
from desk_kit import NOW, UPGRADE, Working, document_of, put_customer

from core.compliance import CallForbidden
from core.desk.dialling import permit_to_dial
from core.domain import decoding
from core.domain.calendar import Window
from core.domain.clock import CHINA
from core.domain.customer import Document
from core.wire.pull import Change
from desktop.call.quiet_hours import QuietHours


def line(desk: Working) -> QuietHours:
    """The open line, with the focus in it."""
    desk.press("Alt+H")
    desk.until(lambda: bool(desk.window.findChildren(QuietHours)))
    dialog = desk.window.findChildren(QuietHours)[-1]
    desk.until(dialog.isActiveWindow)
    dialog.line.setFocus()
    return dialog


def name(desk: Working, typed: str) -> None:
    line(desk).line.clear()
    desk.type(typed)
    desk.press("Return")
    desk.until(lambda: not desk.window.findChildren(QuietHours))
    desk.back()


# TASK-16, VIP-03
def test_the_hours_are_typed_and_hold_for_the_callback_and_the_next_dial(desk: Working) -> None:
    session = desk.open(UPGRADE)
    desk.talk(30)
    name(desk, "-18")
    desk.until(lambda: "00:00-18:00" in desk.told)
    assert session.opened.quiet == (Window(0, 18 * 60),)
    assert not session.opened.standing.allowed
    desk.press("F8", "Alt+2", "A")
    callback = session.form.callback()
    assert callback is not None
    assert callback.due_at is not None
    assert callback.due_at.astimezone(CHINA).hour >= 18
    assert [item.kind for item in desk.store.pending(9) if item.kind == "quiet"] == ["quiet"]
    assert desk.open_task == UPGRADE, "the call goes on"


# TASK-16
def test_a_callback_that_was_chosen_before_moves_out_of_them(desk: Working) -> None:
    session = desk.open(UPGRADE)
    desk.talk(30)
    desk.press("F8", "Alt+2", "A")
    before = session.form.callback()
    assert before is not None
    assert before.due_at is not None
    assert before.due_at < NOW + timedelta(hours=6)
    name(desk, "-18")
    desk.until(lambda: session.opened.quiet != ())
    after = session.form.callback()
    assert after is not None
    assert after.due_at is not None
    assert after.due_at.astimezone(CHINA).hour >= 18


# TASK-16, FOLLOW-01
def test_a_time_of_the_agents_own_moves_out_of_them_with_a_word_and_another_stays(desk: Working) -> None:
    session = desk.open(UPGRADE)
    desk.talk(30)
    desk.press("F8", "Alt+2")
    session.plan_callback(NOW + timedelta(hours=5))
    name(desk, "-18")
    desk.until(lambda: "回拨移到 11-20 18:00（原 11-20 15:00）" in desk.told)
    assert session.form.planned[0].due_at == NOW + timedelta(hours=8)
    assert "11-20 18:00" in desk.read(desk.window)
    session.plan_callback(NOW + timedelta(days=1, hours=9))
    name(desk, "-17:30")
    desk.until(lambda: "00:00-17:30" in desk.told)
    assert session.form.planned[0].due_at == NOW + timedelta(days=1, hours=9)
    assert "移到" not in desk.told


def told_elsewhere(document: Document, *quiet: Window) -> Change:
    """A colleague was told just now."""
    assert document.contact is not None
    document.contact.quiet, document.contact.quiet_at = list(quiet), NOW + timedelta(minutes=1)
    return put_customer(msgspec.structs.replace(document, version=document.version + 1))


# TASK-16, VIP-03
def test_hours_that_come_during_the_call_are_told_and_move_the_callback(desk: Working) -> None:
    session = desk.open(UPGRADE)
    desk.talk(30)
    desk.press("F8", "Alt+2")
    session.plan_callback(NOW + timedelta(hours=5))
    desk.tells(told_elsewhere(copied(UPGRADE), Window(0, 18 * 60)))
    desk.until(lambda: "刚收到：00:00-18:00 不打给这位客户" in desk.told)
    assert "移到 11-20 18:00" in desk.told
    assert session.form.planned[0].due_at == NOW + timedelta(hours=8)
    assert not session.opened.standing.allowed


# TASK-16
def test_they_are_told_in_a_call_without_a_task_too(desk: Working) -> None:
    document = copied(UPGRADE)
    assert document.contact is not None
    desk.window.presenter.in_view.open_customer(document.id, "4g-upgrade", document.contact.numbers[0].number)
    desk.until(lambda: desk.open_task.startswith("call:"))
    desk.session.choose("hesitant")
    desk.session.plan_callback(NOW + timedelta(hours=5))
    desk.tells(told_elsewhere(document, Window(0, 18 * 60)))
    desk.until(lambda: "移到 11-20 18:00" in desk.told)
    assert desk.session.opened.quiet == (Window(0, 18 * 60),)
    with pytest.raises(CallForbidden, match="no calls at this hour"):
        permit_to_dial(desk.entered.desk, desk.session.opened, desk.session.opened.numbers[0])


def copied(task_id: str) -> Document:
    """Of that customer, to be changed."""
    return decoding.decode(msgspec.json.encode(document_of(task_id)), Document)


def test_what_cannot_be_read_is_told_where_it_is_typed_and_nothing_is_kept(desk: Working) -> None:
    session = desk.open(UPGRADE)
    dialog = line(desk)
    dialog.line.setText("下午")
    desk.press("Return")
    assert "看不懂" in dialog.wrong.text()
    dialog.line.setText("0-24")
    desk.press("Return")
    desk.until(lambda: "没有时间可以拨" in desk.told)
    assert session.opened.quiet == ()


# TASK-16
def test_they_stand_on_the_chip_and_an_empty_line_takes_them_back(desk: Working) -> None:
    session = desk.open(UPGRADE)
    name(desk, "12-14 20-")
    desk.until(lambda: session.opened.quiet != ())
    assert "免扰 12-14 20-24" in desk.read(desk.window)
    dialog = line(desk)
    assert dialog.line.selectedText() == "12:00-14:00 20:00-24:00"
    desk.press("Delete", "Return")
    desk.until(lambda: "取消免扰时段" in desk.told)
    assert session.opened.quiet == ()
