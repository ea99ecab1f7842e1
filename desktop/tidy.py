"""When the interpreter looks for garbage: between the agent's steps, never in one.

A whole collection holds every thread, and grows with all that lives: with the windows, scripts and catalogues of a
signed-in desk it took a quarter of a second. What is there after the start stays until the end, so it is put aside;
what comes later is looked through when the agent rests.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

YOUNG, MIDDLE, NEVER = 5_000, 20, 1_000_000
"""thresholds of the collector: the young by themselves, the old never in the middle of work"""
LOOK_MS = 15_000
SETTLED_MS = 5_000
"""by then the pages that are made in idle moments are there"""


class Tidy(QObject):
    """Lives with the main window; `at_work` tells whether the agent did something a moment ago."""

    def __init__(self, at_work: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._at_work = at_work
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        gc.freeze()
        QTimer.singleShot(SETTLED_MS, self, gc.freeze)
        timer = QTimer(self)
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        if not self._at_work():
            gc.collect()
