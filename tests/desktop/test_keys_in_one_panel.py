"""F1: whoever one is, every key is whole in one panel that keeps within a window of 1366 × 768."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.domain.people import Role
from core.domain.text import Lang
from desktop import theme
from desktop.shell.key_help import KeyHelp
from desktop.shell.pages import pages_seen_by
from desktop.theme import Theme
from desktop.tongue import Tongue
from desktop.widgets.label import Label


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("role", list(Role))
def test_the_panel_keeps_within_the_window_and_cuts_no_word(
    qtbot: QtBot, qapp: QApplication, role: Role, lang: Lang
) -> None:
    theme.apply(qapp, Theme.LIGHT, 1.0)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    panel = KeyHelp(Tongue(lang), pages_seen_by(role), window)
    panel.show()
    qapp.processEvents()
    assert (panel.width() <= window.width(), panel.height() <= window.height()) == (True, True)
    assert panel.area.horizontalScrollBar().maximum() == 0
    assert [label.text() for label in panel.findChildren(Label) if label.width() < label.sizeHint().width()] == []
