"""What is seen first, what is hidden until asked for, and what a person who cannot see or point is told."""

from itertools import pairwise

import pytest
from desk_kit import HARD_OF_HEARING, TWO_NUMBERS, UPGRADE, Working, number_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from core.domain.masking import mask_number
from core.domain.text import Lang
from core.wire.push import Revealed
from desktop.call.callback_time import HINT, CallbackTime
from desktop.call.new_call import NewCall
from desktop.keys.call import BOUND
from desktop.keys.caps import cap
from desktop.knowledge.tip_dialog import TipDialog
from desktop.shell.key_help import KeyHelp
from desktop.theme import Theme
from desktop.today import words as today_words
from desktop.widgets.chip import Chip


# VIEW-15
def test_a_special_need_stands_in_the_header_in_both_languages(desk: Working) -> None:
    session = desk.open(HARD_OF_HEARING)
    assert desk.window.call_page is not None
    header = desk.window.call_page.header
    contact = session.opened.document.contact
    assert contact is not None
    (need,) = contact.special_needs
    for lang in Lang:
        desk.tongue.set_lang(lang)
        desk.settle()
        assert need.label.of(lang) in desk.read(header)
        assert need.service.of(lang) in desk.read(header)
    desk.tongue.set_lang(Lang.ZH)
    desk.open(UPGRADE)
    assert need.label.zh not in desk.read(header)


def shown_number(desk: Working) -> str:
    assert desk.window.call_page is not None
    return desk.window.call_page.header._number.text()


def reveals(desk: Working) -> int:
    return sum(item.kind == Revealed.__struct_config__.tag for item in desk.store.pending(100))


def test_a_number_is_masked_until_it_is_revealed_on_purpose_and_on_record(desk: Working) -> None:
    desk.open(UPGRADE)
    number = number_of(UPGRADE)
    assert shown_number(desk) == mask_number(number)
    assert number not in desk.read(desk.window)
    desk.press("Alt+S")
    desk.until(lambda: shown_number(desk).replace(" ", "") == number)
    assert reveals(desk) == 1
    desk.press("Alt+S")
    assert shown_number(desk) == mask_number(number)
    desk.press("Alt+S")
    desk.until(lambda: reveals(desk) == 2)
    desk.open("Q0000035")
    assert shown_number(desk) == mask_number(number_of("Q0000035")), "the next customer's is masked again"


def test_a_revealed_number_is_hidden_again_when_another_is_chosen(desk: Working) -> None:
    session = desk.open(TWO_NUMBERS)
    assert desk.window.call_page is not None
    desk.press("Alt+S")
    desk.until(lambda: desk.window.presenter.call.revealed)
    desk.window.call_page.header._others.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert session.opened.numbers[1] not in [action.text() for action in menu.actions()]
    menu.actions()[1].trigger()
    menu.close()
    assert shown_number(desk) == mask_number(session.opened.numbers[1])
    assert reveals(desk) == 1


def focusable(root: QWidget) -> list[QWidget]:
    return [w for w in root.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]


def nameless(root: QWidget) -> list[str]:
    found = []
    for widget in focusable(root):
        inner = widget.objectName().startswith("qt_") or widget.focusProxy() is not None
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not inner and not (widget.accessibleName() or text.strip(" ▾✕…")):
            found.append(repr(widget))
    found += [repr(chip) for chip in root.findChildren(Chip) if chip.isVisible() and not chip.accessibleName()]
    return found


@pytest.mark.parametrize("lang", list(Lang))
def test_every_control_and_chip_has_a_name_for_those_who_hear_the_window(desk: Working, lang: Lang) -> None:
    desk.tongue.set_lang(lang)
    desk.open(TWO_NUMBERS)
    desk.talk(100)
    desk.press("1", "Alt+1", "W", "A")
    assert desk.window.call_page is not None
    for index in range(8):
        desk.window.call_page.view360.show_page(index)
        desk.settle()
        assert nameless(desk.window) == []
    for key in ("Ctrl+2", "Ctrl+3", "Ctrl+4"):
        desk.press(key)
        desk.settle()
        assert nameless(desk.window) == []


@pytest.mark.parametrize(
    ("key", "kind"), [("P", CallbackTime), ("Ctrl+N", NewCall), ("F1", KeyHelp), ("F5", TipDialog)]
)
def test_small_windows_name_their_controls_and_give_the_keys_back(desk: Working, key: str, kind: type[QWidget]) -> None:
    desk.open(UPGRADE)
    desk.press(key)
    desk.until(lambda: any(dialog.isVisible() for dialog in desk.window.findChildren(kind)))
    dialog = desk.window.findChildren(kind)[0]
    assert nameless(dialog) == []
    dialog.activateWindow()
    desk.until(dialog.isActiveWindow)
    desk.press("Escape")
    desk.until(lambda: not desk.window.findChildren(kind))
    desk.back()
    desk.press("1")
    assert len(desk.session.conversation.state().log) == 1


def column_of(desk: Working, widget: QWidget) -> str:
    page = desk.window.call_page
    assert page is not None
    columns = {
        "header": page.header, "queue": desk.window.queue, "view": page.view360, "script": page.script,
        "outcome": page.outcome, "footer": desk.window.footer, "line": desk.window.banner,
    }  # fmt: skip
    return next((name for name, column in columns.items() if column is widget or column.isAncestorOf(widget)), "?")


def walk_of_tab(desk: Working) -> list[QWidget]:
    start = desk.focus
    seen: list[QWidget] = []
    for _ in range(200):
        desk.press("Tab")
        if desk.focus is start or desk.focus in seen:
            break
        seen.append(desk.focus)
    return [start, *seen]


def test_tab_walks_column_by_column_and_reaches_everything(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(30)
    desk.press("F8", "Alt+2")
    desk.settle()
    desk.window.banner.clear()
    desk.press("Ctrl+L")
    walked = walk_of_tab(desk)
    columns = [column_of(desk, widget) for widget in walked]
    blocks = [name for i, name in enumerate(columns) if i == 0 or columns[i - 1] != name]
    after = blocks[1:] if blocks[0] == blocks[-1] else blocks
    assert len(after) == len(set(after)), f"a column is entered twice: {blocks}"
    order = [name for name in after if name in ("queue", "view", "script", "outcome")]
    start = order.index("view")
    assert (order[start:] + order[:start]) == ["view", "script", "outcome", "queue"]
    missing = [w for w in focusable(desk.window) if w not in walked and w.isEnabled() and w.focusProxy() is None]
    assert missing == []


def test_no_key_means_two_things(desk: Working) -> None:
    desk.open(UPGRADE)
    keys = [s.key().toString() for s in desk.window.findChildren(QShortcut) if s.parent() in shown(desk)]
    assert len(keys) == len(set(keys)), sorted(k for k in keys if keys.count(k) > 1)


def shown(desk: Working) -> list[QWidget | None]:
    return [desk.window, desk.window.call_page]


# peers: layout that shifts between versions
def test_keys_are_where_they_have_always_been() -> None:
    assert {act.value: key for act, (key, _) in BOUND.items()} == {
        "dial": "F7", "end": "F8", "extend": "F9", "save": "Ctrl+Return", "reveal": "Alt+S", "back": "Alt+Left",
        "forward": "Alt+Right", "note": "Alt+N", "search": "Ctrl+F", "skip": "Ctrl+K", "queue": "Ctrl+L",
        "timeline": "Alt+T", "indicators": "Alt+I", "view_back": "F2", "view_forward": "F3",
        "callback_owner": "Alt+M", "owner": "Alt+Z", "family": "Alt+X", "third_party": "Alt+C", "new_call": "Ctrl+N",
        "intent": "F6", "fields": "Alt+P", "plans": "Alt+B", "take_plan": "Ctrl+D", "source": "Alt+G",
        "offers": "Alt+V", "knowledge": "F4", "tip": "F5", "ask_lead": "Alt+A", "ask_branch": "Ctrl+B",
        "break": "F10", "training": "F11", "case": "Ctrl+R", "promise": "Ctrl+P", "quiet": "Alt+H", "sign_in": "F12",
        "help": "F1",
    }  # fmt: skip


def test_f1_shows_every_key(desk: Working) -> None:
    desk.press("F1")
    desk.until(lambda: bool(desk.window.findChildren(KeyHelp)))
    panel = desk.window.findChildren(KeyHelp)[0]
    told = desk.read(panel)
    assert all(cap(key) in told for key, _ in BOUND.values())
    assert told.startswith("按键一览")
    panel.close_button.click()
    desk.until(lambda: not desk.window.findChildren(KeyHelp))


@pytest.mark.parametrize("lang", list(Lang))
def test_a_key_is_spelled_alike_wherever_it_is_named(desk: Working, lang: Lang) -> None:
    desk.tongue.set_lang(lang)
    desk.open(UPGRADE)
    desk.press("F1")
    desk.until(lambda: bool(desk.window.findChildren(KeyHelp)))
    told = desk.read(desk.window.findChildren(KeyHelp)[0]) + desk.read(desk.window)
    told += desk.tongue(today_words.SAVE_CORRECTION) + desk.tongue(HINT)
    assert "Ctrl+Enter" in told
    assert [other for other in ("↵", "Return", "回车", "Alt+Left", "Alt+Right") if other in told] == []


@pytest.mark.parametrize("size", [(1366, 768), (1600, 940), (3840, 2160)])
def test_the_window_keeps_its_columns_from_small_to_large(desk: Working, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    desk.open(HARD_OF_HEARING)
    desk.settle()
    page = desk.window.call_page
    assert page is not None
    assert (desk.window.width(), desk.window.height()) == size
    columns = [desk.window.queue, page.view360, page.script, page.outcome]
    edges = [(c.geometry().left(), c.geometry().right()) for c in columns]
    assert edges == sorted(edges)
    assert all(right < left for (_, right), (left, _) in pairwise(edges))
    assert edges[-1][1] < size[0]
    assert page.script.width() >= 0.2 * size[0]


@pytest.mark.parametrize("change", ["theme", "scale"])
def test_theme_and_text_size_change_while_running(desk: Working, change: str) -> None:
    desk.open(UPGRADE)
    settings = desk.window.settings
    box, value = (settings.theme_box, Theme.DARK) if change == "theme" else (settings.scale, 1.25)
    before = desk.window.grab().toImage()
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    desk.settle()
    assert desk.window.grab().toImage() != before
    assert desk.open_task == UPGRADE
