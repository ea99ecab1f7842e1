"""Tells once of each callback that falls due: in the window and, where there is one, in the tray."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from core.desk.desk import Desk
from core.domain.clock import CHINA
from core.store.types import QueueQuery, QueueRow, Section
from desktop.lane import Lane
from desktop.shell import words
from desktop.tongue import Tongue

EVERY_MS = 5_000
MOST = 20


class CallbackAlert(QObject):
    due = Signal(str, str, str)
    """task, name and hour of a callback that has just fallen due"""
    open_wanted = Signal(str)

    def __init__(self, desk: Desk, tongue: Tongue, *, lane: Lane, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane = desk, tongue, lane
        self._told: dict[str, datetime | None] = {}
        self._latest = ""
        self._tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(_icon(), self)
            self._tray.messageClicked.connect(lambda: self.open_wanted.emit(self._latest))
            self._tray.show()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Read what is due; a callback promised anew is told anew."""
        query = QueueQuery(section=Section.DUE, now=self._desk.moment().wall)
        self._lane(lambda: self._desk.store.queue(query, offset=0, limit=MOST), self._tell)

    def _tell(self, rows: list[QueueRow]) -> None:
        fresh = [row for row in rows if self._told.get(row.task_id) != row.callback_at]
        told = {row.task_id: row.callback_at for row in rows}
        # A full page says nothing of those beyond it; else whatever is not among those due is over.
        self._told = told if len(rows) < MOST else self._told | told
        if not fresh:
            return
        first = fresh[0]
        hour = f"{first.callback_at.astimezone(CHINA):%H:%M}" if first.callback_at else ""
        self._latest = first.task_id
        self.due.emit(first.task_id, first.name, hour)
        if self._tray is not None:
            self._tray.showMessage(self._tongue(words.ALERT), f"{first.name} {hour}", _icon())


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
