"""How long the UI thread is busy between two sleeps of its event dispatcher, layout and paint excepted.

What it does is added up event by event: one of Qt's two dispatchers on Linux tells of its waking only after the events
that woke it, so the time from `awake` to `aboutToBlock` alone would miss them.
"""

import time

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtWidgets import QApplication

EXCEPTED = frozenset({QEvent.Type.Paint, QEvent.Type.UpdateRequest, QEvent.Type.LayoutRequest})


class WatchedApplication(QApplication):
    """Notes each stretch of work; `doing` names what the desk was at."""

    def __init__(self) -> None:
        super().__init__(["benchmark"])
        self.doing = ""
        self.stretches: list[tuple[float, str]] = []
        self._busy_s = self._excepted_s = 0.0
        self._depth = 0
        self._painting = False
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._about_to_block)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        paints = not self._painting and event.type() in EXCEPTED
        if self._depth and not paints:
            return super().notify(receiver, event)
        begin, excepted = time.perf_counter(), self._excepted_s
        self._depth += 1
        self._painting = self._painting or paints
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            seconds = time.perf_counter() - begin
            if paints:
                self._painting = False
                self._excepted_s += seconds
            if not self._depth:
                self._busy_s += seconds - (self._excepted_s - excepted)

    def _about_to_block(self) -> None:
        if self._busy_s:
            self.stretches.append((self._busy_s, self.doing))
            self._busy_s = 0.0
