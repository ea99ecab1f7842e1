"""When the interpreter looks for garbage: while the agent rests, never in a step.

A whole collection holds every thread, and grows with all that lives: at a signed-in desk it took a quarter to half of a
second. So what lives is put aside, the young are looked through as ever, and everything once in each longer rest.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

YOUNG, MIDDLE, NEVER = 5_000, 20, 1_000_000
"""thresholds of the collector: the young by themselves, all the others never in the middle of work"""
LOOK_MS = 15_000
REST_S = 60.0
SETTLED_MS = 5_000
"""by then the pages that are made in idle moments are there"""


class Tidy(QObject):
    """Lives with the main window; `rested_s` tells how long ago the agent did something."""

    def __init__(self, rested_s: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._rested_s, self._done = rested_s, False
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        gc.freeze()
        gc.enable()
        QTimer.singleShot(SETTLED_MS, self, gc.freeze)
        timer = QTimer(self)
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collects everything, once in a rest."""
        resting = self._rested_s() >= REST_S
        if resting and not self._done:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        self._done = resting
