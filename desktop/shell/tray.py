"""The one mark in the system's tray, where there is one: it tells what falls due while another window is in front."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon


class Tray(QObject):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._latest: Callable[[], None] | None = None
        self._mark: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._mark = QSystemTrayIcon(_icon(), self)
            self._mark.messageClicked.connect(self._act)
            self._mark.show()

    def tell(self, title: str, words: str, act: Callable[[], None]) -> None:
        """`act` runs when the person clicks what was told last."""
        self._latest = act
        if self._mark is not None:
            self._mark.showMessage(title, words, _icon())

    def _act(self) -> None:
        if self._latest is not None:
            self._latest()


def _icon() -> QIcon:
    """A plain mark, drawn: no file is read on the start path."""
    picture = QPixmap(32, 32)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor("#0f6fde"))
    painter.setPen(QColor("#0f6fde"))
    painter.drawEllipse(4, 4, 24, 24)
    painter.end()
    return QIcon(picture)
