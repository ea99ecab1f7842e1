"""“Not before six, please”: the agent keeps it beside the callback, by the keyboard (TASK-16)."""

from datetime import timedelta

from desk_kit import NOW, UPGRADE, Working

from core.domain.calendar import Window
from core.domain.clock import CHINA
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
