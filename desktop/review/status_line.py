"""As of when the figures are, how far a pull is, and the button that asks for the newest or stops it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.domain.clock import CHINA
from core.domain.text import filled
from core.sync.review import ReviewLine, ReviewStatus
from desktop.review import words
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_MB = 1_000_000


class StatusLine(QWidget):
    """Shows what it is told; `line` is asked to pull or stop."""

    def __init__(self, tongue: Tongue, line: ReviewLine, online: Callable[[], bool]) -> None:
        super().__init__()
        self._tongue, self._line, self._online = tongue, line, online
        self._status = line.status
        self._calls: int | None = None
        self._as_of = ""
        self._reckoning = False
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
        self._calls, self._as_of, self._reckoning = calls, as_of, False
        self.retranslate()

    def show_reckoning(self) -> None:
        self._reckoning = True
        self.retranslate()

    def _press(self) -> None:
        if self._status.pulling:
            self._line.cancel()
        else:
            self._line.pull()

    def retranslate(self) -> None:
        say, status = self._tongue, self._status
        self.button.setText(say(words.STOP if status.pulling else words.FETCH))
        if status.pulling:
            done, whole = f"{status.received / _MB:.1f}", f"{status.wanted / _MB:.1f}"
            self.told.set_words(say(filled(words.PULLING, done=done, all=whole)), Tone.BRAND)
        elif status.preparing:
            self.told.set_words(say(filled(words.PREPARING, n=str(status.preparing))), Tone.BRAND)
        elif self._reckoning:
            self.told.set_words(say(words.READING), Tone.MUTED)
        elif status.cancelled:
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
