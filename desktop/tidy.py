"""When the interpreter looks for garbage: while the agent rests, never in a step.

A whole collection holds every thread, and grows with all that lives: at a signed-in desk it took a quarter to half of a
second, one of the middle-aged ten milliseconds. So what lives is put aside, the youngest are looked through as ever,
the middle-aged when the agent holds still for a moment, and everything once in each longer rest.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

YOUNG, MIDDLE, NEVER = 5_000, 20, 1_000_000
"""objects after which the youngest are collected; such collections after which the middle-aged are due; by themselves
these and all others never are"""
BREATH_MS, BREATH_S = 500, 0.5
LOOK_MS = 15_000
REST_S = 60.0
SETTLED_MS = 5_000
"""by then the pages that are made in idle moments are there"""


class Tidy(QObject):
    """Lives with the main window; `rested_s` tells how long ago the agent did something."""

    def __init__(self, rested_s: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._rested_s, self._done = rested_s, False
        gc.set_threshold(YOUNG, NEVER, NEVER)
        gc.freeze()
        gc.enable()
        QTimer.singleShot(SETTLED_MS, self, gc.freeze)
        for interval, look in ((LOOK_MS, self.look), (BREATH_MS, self.look_in_a_breath)):
            timer = QTimer(self)
            timer.setInterval(interval)
            timer.timeout.connect(look)
            timer.start()

    def look_in_a_breath(self) -> None:
        """Collects the middle-aged where they are due: between two steps there is time for ten milliseconds."""
        if self._rested_s() >= BREATH_S and gc.get_count()[1] >= MIDDLE:
            gc.collect(1)

    def look(self) -> None:
        """Collects everything, once in a rest."""
        resting = self._rested_s() >= REST_S
        if resting and not self._done:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        self._done = resting
