"""The other pages: a correction and the day's figures, follow-ups, settings, language, theme, keys."""

from PySide6.QtWidgets import QComboBox

from core.domain.text import Lang, Text
from desktop import theme
from desktop.followups import words as follow_up_words
from desktop.shell import words as shell_words
from desktop.shell.key_help import KeyHelp
from desktop.theme import Theme
from desktop.today import words as today_words
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until
from desktop.widgets.kpi_tile import KpiTile
from desktop.widgets.label import Label

CORRECTED = Text(" 更正：客户回短信说再想想。", " Corrected: the customer wrote that they will think again.")
REASON = "content_as_is"
ORDERS_WITHIN_S = 60.0
"""a customer and a CRM that think it over, and the desk's next pull"""


def correction_open(day: Day) -> Seen:
    """Today, found by the note, opened to correct."""
    day.hand.click(day.main.footer.tabs[2])
    page = day.main.today
    model = page.list.model()
    until(lambda: model.rowCount() >= len(day.made_today), "the list shows what was saved")
    task = day.kept["correct_task"]
    position = [one.key for one in reversed(day.made_today)].index(task)
    day.hand.click_row(page.list, lambda: position)
    until(lambda: page.save_button.isVisible(), "the correction opens")
    return {"saved_today": model.rowCount(), "result": page.result.currentText(), "note": page.note.toPlainText()}


def correction_saved(day: Day) -> Seen:
    """Another reason and a longer note; the correction is a record of its own."""
    page = day.main.today
    _choose(day, page.reason, REASON)
    day.hand.click(page.note)
    day.hand.key(Key.Key_End, Mod.ControlModifier)
    day.hand.type(day.say(CORRECTED))
    before = len(day.ledger.fresh())
    day.hand.key(Key.Key_Return, Mod.ControlModifier)
    wanted = day.say(today_words.CORRECTION_SAVED)
    until(lambda: day.banner == wanted, f"“{wanted}” is shown")
    day.until_uploaded()
    until(lambda: len(day.ledger.fresh()) > before, "the server has the correction")
    held = day.ledger.fresh()[-1]
    expect(held.corrects and held.reason == REASON, f"the server holds {held.result}, {held.reason}")
    first = next(one for one in day.ledger.fresh() if one.id == held.corrects)
    return {"corrects": held.corrects, "id": held.id, "reason": held.reason, "corrected_by": first.corrected_by}


def figures(day: Day) -> Seen:
    """The day's own figures, against what was done with these hands."""
    page = day.main.today
    day.hand.key(Key.Key_3, Mod.ControlModifier)
    day.until_uploaded()
    mine = day.made_today
    talk = sum(one.talk_s for one in mine)
    expected = {
        today_words.CALLED: f"{len({one.key for one in mine})} / {day.main.entered.desk.agent.daily_target}",
        today_words.DIALLED: str(day.phone.calls_since(day.midnight)),
        today_words.CONNECTED: str(sum(one.connected for one in mine)),
        today_words.OWNER: str(sum(one.owner for one in mine)),
        today_words.SUCCESS: str(sum(one.success for one in mine)),
        today_words.TALK: f"{talk // 60}:{talk % 60:02d}",
    }
    none_awaited = (day.say(today_words.AWAITED), "0")
    until(lambda: none_awaited in _tiles(day).items(), "every order is answered", within_s=ORDERS_WITHIN_S)
    shown = _tiles(day)
    expect(len(shown) >= len(expected), f"tiles: {shown}")
    for label, value in expected.items():
        expect(shown.get(day.say(label)) == value, f"{label.en}: shown {shown.get(day.say(label))}, done {value}")
    uploaded = day.say(today_words.UPLOAD["uploaded"])
    model = page.list.model()

    def states() -> list[str]:
        return [str(model.index(at, model.columnCount() - 1).data()) for at in range(model.rowCount())]

    until(lambda: all(state.startswith(uploaded) for state in states()), "every record is shown as uploaded")
    return {"done": {label.en: value for label, value in expected.items()}, "shown": shown, "uploads": states()}


def _tiles(day: Day) -> dict[str, str]:
    return {one.tile.label: one.tile.value for one in day.main.today.findChildren(KpiTile) if one.isVisible()}


def follow_ups(day: Day) -> Seen:
    """Orders, callbacks by time, texts: none is shown as sent that the gateway has not taken."""
    day.hand.click(day.main.footer.tabs[1])
    page = day.main.follow_ups
    callbacks, others = page.callbacks.model(), page.others.model()
    until(lambda: callbacks.rowCount() > 0 and others.rowCount() > 0, "follow-ups are listed")
    sent = day.say(follow_up_words.STATES["sent"])
    states = [str(others.index(at, others.columnCount() - 1).data()) for at in range(others.rowCount())]
    expect(states.count(sent) == day.ledger.texts_sent(), f"texts shown as sent: {states}")
    return {"callbacks": callbacks.rowCount(), "others": others.rowCount(), "states": sorted(set(states))}


def settings(day: Day) -> Seen:
    """Server, look, dialling, and how store and sync stand."""
    day.hand.click(day.main.footer.tabs[3])
    page = day.main.settings
    until(lambda: page.isVisible(), "the settings are shown")
    return {"language": page.language.currentText(), "theme": page.theme_box.currentText(), "status": day.sync_line}


def other_language(day: Day) -> Seen:
    """Switched while running: every page speaks the other language at once."""
    before = day.app.tongue.lang
    other = Lang.EN if before is Lang.ZH else Lang.ZH
    _choose(day, day.main.settings.language, other)
    until(lambda: day.app.tongue.lang is other, "the language has changed")
    day.hand.key(Key.Key_1, Mod.ControlModifier)
    tabs = [tab.accessibleName() for tab in day.main.footer.tabs]
    expect(tabs[0] == shell_words.DESK.of(other), f"the tabs say {tabs}")
    return {"lang": other.value, "tabs": tabs, "script": day.session.opened.script.title.of(other)}


def dark(day: Day) -> Seen:
    """Back to the first language, and dark."""
    day.hand.key(Key.Key_4, Mod.ControlModifier)
    first = Lang.EN if day.app.tongue.lang is Lang.ZH else Lang.ZH
    _choose(day, day.main.settings.language, first)
    until(lambda: day.app.tongue.lang is first, "the language is back")
    _choose(day, day.main.settings.theme_box, Theme.DARK)
    until(lambda: theme.theme() is Theme.DARK, "the theme is dark")
    day.hand.key(Key.Key_1, Mod.ControlModifier)
    return {"lang": first.value, "theme": theme.theme().value}


def keys(day: Day) -> Seen:
    """F1: every key in one panel; Escape closes it after the picture."""
    day.hand.key(Key.Key_F1)
    until(lambda: _help(day), "the keys are shown")
    panel = _help(day)
    assert panel is not None
    words = [label.text() for label in panel.findChildren(Label)]
    return {"keys": len(words)}


def keys_closed(day: Day) -> Seen:
    """Escape puts the keys away, and the desk is light again."""
    day.hand.key(Key.Key_Escape)
    until(lambda: _help(day) is None, "the keys are put away")
    day.hand.key(Key.Key_4, Mod.ControlModifier)
    _choose(day, day.main.settings.theme_box, Theme.LIGHT)
    until(lambda: theme.theme() is Theme.LIGHT, "the theme is light")
    return {"theme": theme.theme().value}


def _help(day: Day) -> KeyHelp | None:
    return next((one for one in day.main.findChildren(KeyHelp) if one.isVisible()), None)


def _choose(day: Day, box: QComboBox, value: object) -> None:
    """By the arrow keys, as one goes through a form."""
    steps = box.findData(value) - box.currentIndex()
    expect(box.findData(value) >= 0, f"{box.accessibleName()} has no {value}")
    if steps:
        day.hand.choose(box, steps)
