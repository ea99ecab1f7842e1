"""Tells once of each callback that falls due: in the window and, where there is one, in the tray."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.desk.desk import Desk
from core.domain.clock import CHINA
from core.domain.text import Text, filled
from core.store.types import QueueQuery, QueueRow, Section
from desktop.lane import Lane
from desktop.shell import words
from desktop.shell.tray import Tray
from desktop.tongue import Tongue

EVERY_MS = 5_000
MOST = 20


class CallbackAlert(QObject):
    due = Signal(str, object)
    """task of a callback that has just fallen due, and who it is for: the first, and how many more there are"""
    open_wanted = Signal(str)

    def __init__(self, desk: Desk, tongue: Tongue, *, lane: Lane, tray: Tray, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._tray = desk, tongue, lane, tray
        self._told: dict[str, datetime | None] = {}
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
        who = _who(first, len(fresh) - 1)
        self.due.emit(first.task_id, who)
        self._tray.tell(self._tongue(words.ALERT), self._tongue(who), partial(self.open_wanted.emit, first.task_id))


def _who(first: QueueRow, more: int) -> Text:
    hour = f"{first.callback_at.astimezone(CHINA):%H:%M}" if first.callback_at else ""
    text = words.DUE_AND_MORE if more else words.DUE
    return filled(text, name=first.name, hour=hour, n=str(more))
