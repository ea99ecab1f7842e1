"""As of when the figures are, how far a pull is, and the button that asks for the newest or stops it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.domain.clock import CHINA
from core.domain.text import filled
from core.sync.review import ReviewLine, ReviewStatus
from desktop.effort import Effort
from desktop.review import words
from desktop.review.under_way import LOOK_MS
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_MB = 1_000_000


class StatusLine(QWidget):
    """Shows what it is told; `line` is asked to pull or stop, and what is being read here may be stopped as well."""

    asked = Signal()
    """the newest is wanted"""

    def __init__(self, tongue: Tongue, line: ReviewLine, online: Callable[[], bool]) -> None:
        super().__init__()
        self._tongue, self._line, self._online = tongue, line, online
        self._status = line.status
        self._calls: int | None = None
        self._as_of = ""
        self._reading: Effort | None = None
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.retranslate)
        self.told, self.button = Label(size=12, tone=Tone.MUTED), QPushButton()
        self.button.setProperty("kind", "plain")
        self.button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.told)
        row.addWidget(self.button)

    def show_status(self, status: ReviewStatus) -> None:
        self._status = status
        self.retranslate()

    def show_figures(self, *, calls: int, as_of: str) -> None:
        self._calls, self._as_of = calls, as_of
        self.retranslate()

    def show_reading(self, effort: Effort) -> None:
        """What is on this machine is being read: how far, until `show_read`."""
        self._reading, self._stopped = effort, False
        self._timer.start()
        self.retranslate()

    def show_read(self, *, stopped: bool = False) -> None:
        self._reading, self._stopped = None, stopped
        self._timer.stop()
        self.retranslate()

    def stop(self) -> None:
        """What is under way, if anything is."""
        if self._status.pulling:
            self._line.cancel()
        elif self._reading is not None:
            self._reading.stop()

    def _press(self) -> None:
        if self._status.pulling or self._reading is not None:
            self.stop()
        else:
            self._line.pull()
            self.asked.emit()

    def retranslate(self) -> None:
        say, status = self._tongue, self._status
        busy = status.pulling or self._reading is not None
        self.button.setText(say(words.STOP if busy else words.FETCH))
        if status.pulling:
            done, whole = f"{status.received / _MB:.1f}", f"{status.wanted / _MB:.1f}"
            self.told.set_words(say(filled(words.PULLING, done=done, all=whole)), Tone.BRAND)
        elif status.preparing:
            self.told.set_words(say(filled(words.PREPARING, n=str(status.preparing))), Tone.BRAND)
        elif self._reading is not None:
            at, of = self._reading.done, self._reading.of
            how_far = filled(words.READING_AT, done=str(at), all=str(of)) if at < of else words.READING
            self.told.set_words(say(how_far), Tone.MUTED)
        elif status.cancelled or self._stopped:
            self.told.set_words(say(words.STOPPED), Tone.WARN)
        elif status.error is not None and self._online():
            self.told.set_words(say(status.error.title), Tone.WARN)
        elif self._calls is not None:
            told = filled(words.AS_OF, at=self._as_of, n=f"{self._calls:,}")
            self.told.set_words(say(told), Tone.MUTED)
        else:
            self.told.set_words("")


def day_and_hour(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%m-%d %H:%M}"
