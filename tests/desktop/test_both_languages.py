"""Every word exists in Chinese and in English, and the language switches while everything is open."""

import re
from collections.abc import Callable

import pytest
from desk_kit import HARD_OF_HEARING, UPGRADE, VIP, Working, city
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from reading import reading

from core.domain.text import Lang
from desktop.call.callback_time import CallbackTime
from desktop.call.new_call import NewCall
from desktop.knowledge.tip_dialog import TipDialog
from desktop.shell.key_help import KeyHelp

CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
ALLOWED = frozenset(
    """Stayline SQLCipher SMS VIP VPN ARPU MOU ARPM GB MB Mbps KB Wi-Fi WiFi English tel sip SIP Alt Ctrl Shift Esc
    Left Right Enter Return Tab Space Del Bksp PgUp PgDown Home End http IPTV App APP OTT ID PC QQ IVR CRM
    SIM USIM dBm iTV stayline-server export OK Cancel""".split()  # noqa: SIM905
)
"""Latin words that stand in Chinese text on purpose"""


def customer_data() -> list[str]:
    """What is called alike in any language: persons, addresses, what an agent wrote."""
    documents, tasks = city()
    told = {task.customer.name for task in tasks.values()} | {"苏梅"}
    for document in documents:
        if document.contact:
            told |= {document.contact.address}
        if document.services:
            told |= {tie.label for tie in document.services.ties}
            if document.services.broadband:
                told |= {document.services.broadband.account}
        if document.identity:
            told |= {document.identity.manager}
        if document.care:
            told |= {word for call in document.care.calls for word in (call.agent, call.note)}
    return sorted((one for one in told if one), key=len, reverse=True)


def foreign(root: QWidget, wrong: Callable[[str], list[str]], *also: str) -> list[str]:
    spoken = [*also, *customer_data()]
    found = []
    for widget, text in reading(root):
        if isinstance(widget, QPlainTextEdit):
            continue
        rest = text
        for known in spoken:
            rest = rest.replace(known, "")
        found += [f"{type(widget).__name__}: {word}" for word in wrong(rest)]
    return sorted(set(found))


def chinese_in(text: str) -> list[str]:
    return CJK.findall(text.replace("中文", ""))


def english_in(text: str) -> list[str]:
    return [word for word in LATIN.findall(text) if word not in ALLOWED]


def walk(desk: Working, wrong: Callable[[str], list[str]]) -> list[str]:
    """Shows each page of the program and reads it at once."""
    assert desk.window.call_page is not None
    page, found = desk.window.call_page, []
    desk.press("Q")
    for index in range(8):
        page.view360.show_page(index)
        desk.settle()
        found += foreign(desk.window, wrong, str(desk.store.folder))
    for key in ("Ctrl+2", "Ctrl+3", "Ctrl+4"):
        desk.press(key)
        desk.settle()
        found += foreign(desk.window, wrong, str(desk.store.folder))
    desk.press("Ctrl+1")
    return sorted(set(found))


@pytest.mark.parametrize("task", [UPGRADE, "Q0000016", HARD_OF_HEARING])
def test_in_english_no_chinese_is_left_but_the_customers_own(desk: Working, task: str) -> None:
    desk.open(task)
    desk.talk(100)
    desk.press("1", "Alt+1")
    walk(desk, chinese_in)
    desk.tongue.set_lang(Lang.EN)
    desk.settle()
    found = walk(desk, chinese_in)
    assert not found, found


@pytest.mark.parametrize("task", [UPGRADE, "Q0000016", HARD_OF_HEARING])
def test_in_chinese_no_english_stands_but_names_of_products_and_keys(desk: Working, task: str) -> None:
    desk.tongue.set_lang(Lang.EN)
    desk.open(task)
    desk.talk(100)
    desk.press("1", "Alt+1")
    walk(desk, english_in)
    desk.tongue.set_lang(Lang.ZH)
    desk.settle()
    found = walk(desk, english_in)
    assert not found, found


def test_the_settings_page_switches_the_language_of_everything(desk: Working) -> None:
    desk.open(VIP)
    desk.press("Ctrl+4")
    box = desk.window.settings.language
    box.setCurrentIndex(box.findData(Lang.EN))
    box.activated.emit(box.currentIndex())
    assert desk.tongue.lang is Lang.EN
    assert "Sign out" in desk.read(desk.window.settings)
    desk.press("Ctrl+1")
    desk.until(lambda: "Customer says" in desk.read(desk.window))


def test_a_line_in_sight_is_told_in_the_language_switched_to(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("Ctrl+Return")
    assert "还没有选结果" in desk.told
    desk.tongue.set_lang(Lang.EN)
    assert "No result chosen yet" in desk.told
    desk.clock.pass_(12 * 3600)
    desk.press("F7")
    desk.until(lambda: "outside calling hours" in desk.told)
    desk.tongue.set_lang(Lang.ZH)
    assert "不在可外呼时段" in desk.told


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(
    ("key", "kind"), [("P", CallbackTime), ("Ctrl+N", NewCall), ("F1", KeyHelp), ("F5", TipDialog)]
)
def test_small_windows_speak_one_language(desk: Working, lang: Lang, key: str, kind: type[QWidget]) -> None:
    desk.tongue.set_lang(lang)
    desk.open(UPGRADE)
    desk.press(key)
    desk.until(lambda: bool(desk.window.findChildren(kind)))
    dialog = desk.window.findChildren(kind)[0]
    desk.until(dialog.isVisible)
    assert foreign(dialog, chinese_in if lang is Lang.EN else english_in) == []
    dialog.close()


def test_an_sms_is_written_in_the_customers_language_whatever_the_agents(desk: Working) -> None:
    desk.tongue.set_lang(Lang.EN)
    desk.open(UPGRADE)
    desk.press("G")
    assert CJK.search(desk.session.form.planned[0].text)


def test_combo_boxes_keep_their_choice_over_a_switch(desk: Working) -> None:
    desk.until(lambda: desk.window.queue._filter.count() > 3)
    for box in (desk.window.queue._filter, desk.window.queue._sort):
        box.setCurrentIndex(2)
    desk.settle()
    before = [box.currentData() for box in boxes(desk)]
    desk.tongue.set_lang(Lang.EN)
    desk.settle()
    assert [box.currentData() for box in boxes(desk)] == before


def boxes(desk: Working) -> tuple[QComboBox, ...]:
    return desk.window.queue._filter, desk.window.queue._sort


def test_what_is_typed_in_a_search_stays_over_a_switch(desk: Working) -> None:
    desk.press("Ctrl+F")
    desk.type("wu")
    desk.tongue.set_lang(Lang.EN)
    field = desk.focus
    assert isinstance(field, QLineEdit)
    assert field.text() == "wu"
