"""How long the UI thread is busy between two sleeps of its event dispatcher, layout and paint excepted.

What it does is added up event by event: one of Qt's two dispatchers on Linux tells of its waking only after the events
that woke it, so the time from `awake` to `aboutToBlock` alone would miss them.
"""

import time

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtWidgets import QApplication

Times = tuple[float, float]
EXCEPTED = frozenset({QEvent.Type.Paint, QEvent.Type.UpdateRequest, QEvent.Type.LayoutRequest})


class WatchedApplication(QApplication):
    """Notes each stretch of work; `doing` names what the desk was at."""

    def __init__(self) -> None:
        super().__init__(["benchmark"])
        self.doing = ""
        self.stretches: list[tuple[float, float, str]] = []
        """seconds, of which so many on the processor, at what"""
        self._busy = self._excepted = (0.0, 0.0)
        self._depth = 0
        self._painting = False
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._about_to_block)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        paints = not self._painting and event.type() in EXCEPTED
        if self._depth and not paints:
            return super().notify(receiver, event)
        begin, excepted = _times(), self._excepted
        self._depth += 1
        self._painting = self._painting or paints
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            taken = _less(_times(), begin)
            if paints:
                self._painting = False
                self._excepted = _plus(self._excepted, taken)
            if not self._depth:
                self._busy = _plus(self._busy, _less(taken, _less(self._excepted, excepted)))

    def _about_to_block(self) -> None:
        if any(self._busy):
            self.stretches.append((*self._busy, self.doing))
            self._busy = (0.0, 0.0)


def _times() -> Times:
    """The clock's, and this thread's on the processor: the difference is what other programs were given."""
    return time.perf_counter(), time.thread_time()


def _plus(one: Times, other: Times) -> Times:
    return one[0] + other[0], one[1] + other[1]


def _less(one: Times, other: Times) -> Times:
    return one[0] - other[0], one[1] - other[1]
