"""The button that stops what is being grouped or written in the background, and the line that says how far it is."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from core.domain.text import Text, filled
from desktop.effort import Effort
from desktop.review import words
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

LOOK_MS = 250
"""what is done sooner shows no button"""


class UnderWay(QPushButton):
    """Out of sight while nothing is under way."""

    def __init__(self, tongue: Tongue, told: Label) -> None:
        super().__init__()
        self._tongue, self._told = tongue, told
        self._efforts: list[tuple[Effort, Text]] = []
        """in the order in which they run"""
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.setProperty("kind", "plain")
        self.clicked.connect(lambda: self.stop())
        self.hide()
        self.retranslate()

    def follow(self, effort: Effort, told: Text) -> None:
        """`told` says how far it is, with {done} and {all}."""
        self._efforts.append((effort, told))
        if not self._timer.isActive():
            self._timer.start()

    def ended(self, effort: Effort) -> None:
        """It is done, or has stopped; what else is told by now stays."""
        self._efforts = [one for one in self._efforts if one[0] is not effort]
        if self._said and self._told.text() == self._said:
            self._told.set_words("")
        self._said = ""
        if not self._efforts:
            self._timer.stop()
            self.hide()

    @property
    def busy(self) -> bool:
        return bool(self._efforts)

    def stop(self) -> None:
        """What runs now; what waits behind it begins then."""
        if self._efforts:
            self._efforts[0][0].stop()

    def _look(self) -> None:
        effort, told = self._efforts[0]
        if effort.of:
            how_far = filled(told, done=f"{min(effort.done, effort.of):,}", all=f"{effort.of:,}")
            self._said = self._tongue(how_far)
            self._told.set_words(self._said, Tone.MUTED)
        self.show()

    def retranslate(self) -> None:
        self.setText(self._tongue(words.STOP))
