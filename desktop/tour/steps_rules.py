"""What keeps the day honest: a callback falls due, nobody answers, a customer was called often enough; search."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QListWidget

from core.domain.text import Text
from core.store.types import QueueRow, Section
from desktop.call.new_call import WHO, NewCall
from desktop.shell import words as shell_words
from desktop.tour import calling
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until

CAPPED = "谢东"
NOTE = Text(" 客户谢绝。", " Declined.")


def callback_due(day: Day) -> Seen:
    """The promised callback comes to the top by itself, and the window says so."""
    task = day.kept["callback_task"]
    # Until it is due it may stand further down than the list has read.
    until(lambda: _is_due(day, task), "the callback stands among those due", within_s=150)
    name = next(row.name for row in day.rows() if row.task_id == task)
    alert = day.say(shell_words.ALERT)
    until(lambda: alert in day.banner and name in day.banner, f"“{alert}” is shown", within_s=30)
    due = [row.task_id for row in day.rows() if row.section is Section.DUE]
    return {"task_id": task, "alert": day.banner, "due": due, "headings": day.headings()[:2]}


def callback_made(day: Day) -> Seen:
    """Opened from the queue, called back, declined."""
    row = next(row for row in day.rows() if row.task_id == day.kept["callback_task"])
    seen = calling.open_row(day, row)
    calling.dial(day)
    calling.answered(day)
    calling.owner(day)
    calling.talk_until(day, 10)
    calling.end(day)
    calling.choose_result(day, "not_needed")
    if not day.session.form.reason:
        day.hand.letter("Z")
    calling.note(day, NOTE)
    day.kept["correct_task"] = row.task_id
    saved = calling.save_online(day)
    return {**seen, **saved, "attempts": row.attempts}


def nobody_answers(day: Day) -> Seen:
    """Three keys from the dial to the next customer."""
    calling.open_row(day, _next_row(day))
    before = day.hand.keys_pressed
    calling.dial(day)
    day.hand.key(Key.Key_4, Mod.AltModifier)
    expect(day.session.form.result == "unanswered", f"Alt+4 chose {day.session.form.result!r}")
    saved = calling.save(day)
    keys = day.hand.keys_pressed - before
    expect(keys == 3, f"it took {keys} keys")
    calling.until_on_server(day)
    return {**saved, "keys": keys}


def capped(day: Day) -> Seen:
    """Found on the server by initials, and opened to call."""
    day.hand.key(Key.Key_N, Mod.ControlModifier)
    until(lambda: _dialog(day), "the panel for a call without a task opens")
    dialog = _dialog(day)
    assert dialog is not None
    day.hand.type("xd")
    people = day.hand.named(dialog, QListWidget, day.say(WHO))
    until(lambda: people.findItems(CAPPED, Qt.MatchFlag.MatchContains), f"{CAPPED} is found")
    item = people.findItems(CAPPED, Qt.MatchFlag.MatchContains)[0]
    day.hand.click_row(people, lambda: people.row(item))
    day.hand.click(dialog.outbound)
    found = [people.item(at).text() for at in range(people.count())]
    buttons = dialog.findChildren(QDialogButtonBox)[0]
    day.hand.click(buttons.button(QDialogButtonBox.StandardButton.Ok))
    until(lambda: _dialog(day) is None, "the panel closes")
    until(lambda: CAPPED in _open_name(day), f"{CAPPED} is open")
    return {"found": len(found), "customer_id": day.session.opened.customer_id, "verdict": _verdict(day)}


def refused(day: Day) -> Seen:
    """F7: nothing is dialled."""
    before = day.phone.calls
    day.hand.key(Key.Key_F7)
    until(lambda: "24" in day.banner, "the refusal is shown")
    expect(day.phone.calls == before, "a number was dialled all the same")
    expect(not day.session.flow.begun, "the call is shown as begun")
    return {"said": day.banner, "dialled": day.phone.calls - before}


def search_number(day: Day) -> Seen:
    """A number typed into the search finds its customer; Return opens them."""
    day.hand.key(Key.Key_F, Mod.ControlModifier)
    day.hand.type(day.kept["number"])
    wanted = day.kept["number_task"]
    until(lambda: [row.task_id for row in day.rows()] == [wanted], "the number finds its one customer")
    found = len(day.rows())
    day.hand.key(Key.Key_Return)
    until(lambda: _key(day) == wanted, "Return opens the customer")
    return {"found": found, "task_id": wanted}


def search_initials(day: Day) -> Seen:
    """Initials of the pinyin find as well; then the search is emptied."""
    day.hand.key(Key.Key_F, Mod.ControlModifier)
    day.hand.key(Key.Key_A, Mod.ControlModifier)
    day.hand.type("wxl")
    until(lambda: any(row.name == "王秀兰" for row in day.rows()), "the initials find 王秀兰")
    found = len(day.rows())
    return {"typed": "wxl", "found": found}


def search_cleared(day: Day) -> Seen:
    day.hand.key(Key.Key_F, Mod.ControlModifier)
    day.hand.key(Key.Key_A, Mod.ControlModifier)
    day.hand.key(Key.Key_Backspace)
    until(lambda: len(day.rows()) > 5, "the whole queue is back")
    return {"tasks": len(day.rows())}


def _next_row(day: Day) -> QueueRow:
    made = {one.key for one in day.made}
    return next(row for row in day.rows() if row.section is Section.SCENARIO and row.task_id not in made)


def _is_due(day: Day, task: str) -> bool:
    return any(row.task_id == task and row.section is Section.DUE for row in day.rows())


def _dialog(day: Day) -> NewCall | None:
    return next((one for one in day.main.findChildren(NewCall) if one.isVisible()), None)


def _open_name(day: Day) -> str:
    session = day.main.presenter.session
    return session.opened.name if session else ""


def _key(day: Day) -> str:
    session = day.main.presenter.session
    return session.opened.key if session else ""


def _verdict(day: Day) -> str:
    return day.say(day.session.opened.standing.verdict)
