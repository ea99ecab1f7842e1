"""A customer who wants to disconnect their broadband, and does: asked why, told how, without an obstacle."""

from PySide6.QtWidgets import QLineEdit

from core.domain.text import Text
from core.store.types import Section
from desktop.call import words
from desktop.tour import calling, steps_tips
from desktop.tour.day import Day
from desktop.tour.report import Seen
from desktop.tour.talk import DISCONNECT
from desktop.tour.waiting import expect

SCENARIO, RESULT = "broadband-disconnect", "disconnected"
BRAND = Text("暂不装宽带", "None for now")
SUGGESTION = Text("希望有按天计费的宽带", "Broadband billed by the day")
NOTE = Text(" 设备下周交回营业厅。", " Equipment goes back to the store next week.")


def walked(day: Day) -> Seen:
    """Opened, dialled, answered, and through the script to its end."""
    if day.main.shelf.is_open:
        steps_tips.put_away(day)
    row = next(row for row in day.rows() if row.scenario == SCENARIO and row.section is Section.SCENARIO)
    seen = calling.open_row(day, row)
    calling.dial(day)
    calling.answered(day)
    steps = calling.converse(day, DISCONNECT)
    expect(day.session.conversation.ended, "the script has not ended")
    return {**seen, "walked": steps}


def outcome(day: Day) -> Seen:
    """What everyone who leaves is asked; the reinstall card by SMS; the note."""
    calling.talk_until(day, 20)
    calling.end(day)
    calling.choose_result(day, RESULT)
    ticked = calling.tick_missing(day)
    outcome = day.page.outcome
    day.hand.fill(day.hand.named(outcome, QLineEdit, day.say(words.NEXT_BRAND)), day.say(BRAND))
    day.hand.fill(day.hand.named(outcome, QLineEdit, day.say(words.SUGGESTION)), day.say(SUGGESTION))
    calling.note(day, NOTE)
    form = day.session.form
    return {
        "result": form.result,
        "reason": form.reason,
        "next_brand": form.disconnect.next_brand,
        "ticked_by_hand": ticked,
        "lacking": [day.say(text) for text in day.session.lacking()],
    }


def saved(day: Day) -> Seen:
    return calling.save_online(day)
