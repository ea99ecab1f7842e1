"""The parts of a page behind tabs: each made when it is first wanted, turned by a key, read anew under the typing."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout
from pytestqt.qtbot import QtBot

from core.domain.text import Lang, Text
from desktop.tongue import Tongue
from desktop.widgets.part_tabs import Part, PartTab, PartTabs

TITLES = (Text("甲", "First"), Text("乙", "Second"))


class Noting(Part):
    def __init__(self, title: Text, tongue: Tongue) -> None:
        super().__init__()
        self._title, self._tongue, self.read = title, tongue, 0
        self.first, self.second = QLineEdit(), QLineEdit()
        column = QVBoxLayout(self)
        for field in (self.first, self.second):
            column.addWidget(field)
        # Qt itself would give the keys to the first.
        self.setFocusProxy(self.second)
        self.retranslate()

    def refresh(self) -> None:
        self.read += 1

    def retranslate(self) -> None:
        self.first.setPlaceholderText(self._tongue(self._title))


def a_page(qtbot: QtBot) -> tuple[QStackedWidget, PartTabs, list[Noting], Tongue]:
    """In a window beside another page."""
    tongue, made = Tongue(), list[Noting]()

    def make(title: Text) -> Part:
        made.append(Noting(title, tongue))
        return made[-1]

    page = PartTabs(tongue, Text("页", "Page"), [PartTab(one, partial(make, one)) for one in TITLES], key="Ctrl+Tab")
    window = QStackedWidget()
    for one in (page, QLineEdit()):
        window.addWidget(one)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.refresh()
    return window, page, made, tongue


def test_a_part_is_made_when_it_is_first_wanted_and_the_key_goes_round(qtbot: QtBot) -> None:
    _, page, made, tongue = a_page(qtbot)
    assert [one.read for one in made] == [1]
    assert made[0].second.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.part is made[1]
    assert made[1].second.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.part is made[0]
    assert [one.read for one in made] == [2, 1], "what is seen again is read again, not made again"
    tongue.set_lang(Lang.EN)
    assert [page.tabs.tabText(at).strip() for at in range(2)] == ["First", "Second"]
    assert [one.first.placeholderText() for one in made] == ["First", "Second"]


def test_what_is_read_anew_leaves_the_keys_where_somebody_types(qtbot: QtBot) -> None:
    window, page, made, _ = a_page(qtbot)
    made[0].first.setFocus()
    page.refresh()
    assert made[0].read == 2
    assert made[0].first.hasFocus()
    window.setCurrentIndex(1)
    window.setCurrentIndex(0)
    made[0].first.setFocus()
    page.refresh()
    assert made[0].second.hasFocus(), "what comes into sight takes them"
