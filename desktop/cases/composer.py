"""The line in which everything about a case or a promise is written: what one key asked for, and no more fields."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.due import round_up
from core.domain.case import WORDS_MOST
from core.domain.clock import CHINA
from core.domain.money import fen_of
from desktop import theme
from desktop.call.callback_time import FiveMinuteEdit
from desktop.cases import words
from desktop.keys.caps import cap
from desktop.tongue import Tongue
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.kbd import Kbd
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
AHEAD = timedelta(hours=2)
"""a promise's time to begin with"""


class Asked(Struct, frozen=True, kw_only=True):
    """What the line asks for."""

    title: str
    hint: str
    picks: tuple[tuple[str, str], ...] = ()
    """(code, words) to choose one of"""
    picked: str = ""
    pick_name: str = ""
    amount: bool = False
    at: datetime | None = None
    """set: a time is asked for, this one to begin with"""
    consent: bool = False
    """the customer's, to another time"""
    ready: tuple[str, ...] = ()
    """words that a key writes: Alt+1 …"""


class Written(Struct, frozen=True, kw_only=True):
    words: str
    pick: str
    fen: int
    at: datetime | None
    agreed: bool


class Composer(QWidget):
    written = Signal(object)
    left = Signal()
    """put away: the keys go back"""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._asked: Asked | None = None
        self._sent = False
        """it is on its way: pressed again meanwhile, Enter writes nothing twice"""
        self._title = Label(size=13, bold=True, tone=Tone.MUTED)
        self.pick, self.amount, self.line = ChoiceBox(), QLineEdit(), QLineEdit()
        self.when = FiveMinuteEdit(self)
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat("MM-dd HH:mm")
        self.agreed, self.ok = QCheckBox(), QPushButton()
        self._ready = [QPushButton() for _ in range(4)]
        self._wrong = Label(size=13, tone=Tone.BAD, wrap=True)
        self._lay_out()
        self.ok.clicked.connect(self.send)
        self.line.textEdited.connect(lambda _: self._wrong.setVisible(False))
        for at, button in enumerate(self._ready):
            button.clicked.connect(lambda _=False, n=at: self._take_ready(n))
        for field in (self.pick, self.amount, self.line, self.when, self.agreed):
            field.installEventFilter(self)
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        self.put_away()

    def _lay_out(self) -> None:
        self.line.setMaxLength(WORDS_MOST)
        self.amount.setMaxLength(10)
        self.amount.setFixedWidth(theme.px(110))
        self.ok.setProperty("kind", "primary")
        row, ready = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(theme.px(8))
        ready.setSpacing(theme.px(8))
        for widget in (self._title, self.pick, self.amount, self.when):
            row.addWidget(widget)
        row.addWidget(self.line, 1)
        row.addWidget(self.agreed)
        row.addWidget(self.ok)
        row.addWidget(Kbd("Esc"))
        for button in self._ready:
            button.setProperty("kind", "plain")
            ready.addWidget(button)
        ready.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(ready)
        column.addLayout(row)
        column.addWidget(self._wrong)

    def retranslate(self) -> None:
        say = self._tongue
        for field, name in ((self.amount, words.AMOUNT), (self.when, words.WHEN), (self.pick, words.WHICH)):
            field.setAccessibleName(say(name))
        self.amount.setPlaceholderText(say(words.AMOUNT))
        self.agreed.setText(say(words.AGREED))
        self.agreed.setAccessibleName(say(words.AGREED))
        self.ok.setText(f"{say(words.OK)}  {cap('Return')}")
        self.ok.setAccessibleName(say(words.OK))

    @property
    def asking(self) -> bool:
        return self._asked is not None

    def ask(self, asked: Asked) -> None:
        """The fields that this needs come into sight, and the first of them takes the keys."""
        self._asked, self._sent = asked, False
        self._title.set_words(asked.title)
        self.setAccessibleName(asked.title)
        self.pick.setVisible(bool(asked.picks))
        self.pick.clear()
        for code, spoken in asked.picks:
            self.pick.addItem(spoken, code)
        self.pick.setCurrentIndex(max(self.pick.findData(asked.picked), 0) if asked.picks else -1)
        if asked.pick_name:
            self.pick.setAccessibleName(asked.pick_name)
        self.amount.setVisible(asked.amount)
        self.amount.clear()
        self.when.setVisible(asked.at is not None)
        if asked.at is not None:
            self.when.setDateTime(_shown(asked.at))
        self.agreed.setVisible(asked.consent)
        self.agreed.setChecked(False)
        self.line.clear()
        self.line.setPlaceholderText(asked.hint)
        self.line.setAccessibleName(asked.hint)
        self._show_ready(asked.ready)
        self._wrong.setVisible(False)
        self.setVisible(True)
        (self.amount if asked.amount else self.when if asked.at and asked.consent else self.line).setFocus()

    def _show_ready(self, ready: Sequence[str]) -> None:
        for at, button in enumerate(self._ready):
            button.setVisible(at < len(ready))
            if at < len(ready):
                button.setText(f"{ready[at]}  Alt+{at + 1}")
                button.setAccessibleName(ready[at])

    def put_away(self) -> None:
        self._asked = None
        self.setVisible(False)

    def wrong(self, why: str) -> None:
        """What was written stays, to be corrected."""
        self.again()
        self._wrong.set_words(why)
        self._wrong.setVisible(True)
        self.line.setFocus()

    def again(self) -> None:
        """It could not be kept: what was written can be sent once more."""
        self._sent = False

    def send(self) -> None:
        asked = self._asked
        if asked is None or self._sent:
            return
        fen = fen_of(self.amount.text()) or 0
        if asked.amount and not fen:
            self.wrong(self._tongue(words.NO_AMOUNT))
            self.amount.setFocus()
            return
        if asked.consent and not self.agreed.isChecked():
            self.wrong(self._tongue(words.NOT_AGREED))
            self.agreed.setFocus()
            return
        at = _moment(self.when.dateTime()) if asked.at is not None else None
        pick = str(self.pick.currentData() or "") if asked.picks else ""
        written = Written(words=self.line.text(), pick=pick, fen=fen, at=at, agreed=self.agreed.isChecked())
        self._sent = True
        self.written.emit(written)

    def _take_ready(self, at: int) -> None:
        asked = self._asked
        if asked is not None and at < len(asked.ready) and not self._sent:
            self.line.setText(asked.ready[at])
            self.send()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter sends, which elsewhere saves the outcome; Escape puts the line away; Alt+digit takes ready words."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        assert isinstance(event, QKeyEvent)
        ready = self._ready_at(event)
        if ready < 0 and event.key() not in (*_ENTER, Qt.Key.Key_Escape):
            return False
        if self.pick.view().isVisible():
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.put_away()
                self.left.emit()
            elif ready >= 0:
                self._take_ready(ready)
            elif not event.isAutoRepeat():
                self.send()
        return event.type() is QEvent.Type.KeyPress

    def _ready_at(self, event: QKeyEvent) -> int:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        at = event.key() - Qt.Key.Key_1
        return at if alt and self._asked is not None and 0 <= at < len(self._asked.ready) else -1


def ahead(now: datetime) -> datetime:
    """A promise's time to begin with."""
    return round_up(now.astimezone(CHINA) + AHEAD).astimezone(UTC)


def _shown(moment: datetime) -> QDateTime:
    here = moment.astimezone(CHINA)
    return QDateTime(QDate(here.year, here.month, here.day), QTime(here.hour, here.minute))


def _moment(picked: QDateTime) -> datetime:
    day, clock = picked.date(), picked.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=CHINA).astimezone(UTC)
