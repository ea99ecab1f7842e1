"""Closing with the process that started the program: a launcher that is killed leaves no window on a dead server."""

import os

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_MS = 500


class ParentWatch(QObject):
    """Tells once that another process has taken the parent's place, as the system does when that has ended.

    For systems that do so; the launcher runs on no other.
    """

    ended = Signal()

    def __init__(self, pid: int, parent: QObject) -> None:
        super().__init__(parent)
        self._pid = pid
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if os.getppid() != self._pid:
            self._timer.stop()
            self.ended.emit()
