"""A window that is held paints nothing, and then once."""

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.painting_held import PaintingHeld


class Counted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.painted += 1


@pytest.fixture
def window(qtbot: QtBot) -> Counted:
    window = Counted()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.painted > 0)
    window.painted = 0
    return window


def test_what_changes_meanwhile_is_painted_once_when_it_may_be_seen(window: Counted, qtbot: QtBot) -> None:
    held = PaintingHeld(window)
    held.hold()
    for _ in range(3):
        window.update()
        QApplication.processEvents()
    assert window.painted == 0
    held.release()
    qtbot.waitUntil(lambda: window.painted > 0)
    assert window.painted == 1


def test_where_nothing_changed_nothing_is_painted_and_the_window_goes_on_as_before(
    window: Counted, qtbot: QtBot
) -> None:
    held = PaintingHeld(window)
    held.hold()
    held.release()
    QApplication.processEvents()
    assert window.painted == 0
    window.update()
    qtbot.waitUntil(lambda: window.painted == 1)


def test_a_slow_disk_does_not_keep_the_window_from_being_painted(window: Counted, qtbot: QtBot) -> None:
    held = PaintingHeld(window)
    held.hold()
    window.update()
    qtbot.waitUntil(lambda: window.painted == 1, timeout=5000)
