"""What is looked at: period, and who, where, what about; drawn as one row of folded lists."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from core.domain.text import filled
from core.review.choice import DIMENSIONS, Choice
from core.review.derive import SAVE_DAYS
from desktop import theme
from desktop.review import words
from desktop.tongue import Tongue
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.flow import FlowLayout
from desktop.widgets.step_fields import DayField

DEFAULT_PERIOD = 1
"""place among words.PERIODS"""
Namer = Callable[[str, str], str]
"""of a dimension and a word, as people read it"""


class Filters(QWidget):
    changed = Signal()

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._last = date.today()  # noqa: DTZ011
        self._present: dict[str, tuple[str, ...]] = {}
        self._name: Namer = lambda _dimension, word: word
        self.period, self.first, self.until, self.save = ChoiceBox(), DayField(), DayField(), ChoiceBox()
        self.boxes = {dimension: ChoiceBox() for dimension in DIMENSIONS}
        self.clear = QPushButton()
        self.clear.setProperty("kind", "plain")
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        for one in (self.period, self.first, self.until, *self.boxes.values(), self.save, self.clear):
            flow.addWidget(one)
            if isinstance(one, QComboBox):
                one.setMaximumWidth(theme.px(190))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        for box in (self.period, self.save, *self.boxes.values()):
            box.activated.connect(self._chosen)
        for day in (self.first, self.until):
            day.setDisplayFormat("yyyy-MM-dd")
            day.dateChanged.connect(self._dated)
        self.clear.clicked.connect(self.clear_all)

    def offer(self, present: Mapping[str, Sequence[str]], last: date, name: Namer) -> None:
        """The words to choose from, and the last day with calls. What was chosen stays, where it still can be."""
        begun = not self._present
        self._present = {dimension: tuple(word for word in found if word) for dimension, found in present.items()}
        self._last, self._name = last, name
        self.retranslate()
        if begun or self.period.currentIndex() < len(words.PERIODS):
            self._set_period(self.period.currentIndex() if not begun else DEFAULT_PERIOD)

    def choice(self) -> Choice:
        picked = {dimension: self._picked(dimension) for dimension in DIMENSIONS}
        first, until = sorted((_day(self.first), _day(self.until)))
        return Choice(first, until, **picked)

    def save_days(self) -> int:
        return SAVE_DAYS[max(self.save.currentIndex(), 0)]

    def narrow(self, dimension: str, word: str) -> None:
        """Choose one word of a dimension, as by hand."""
        at = self.boxes[dimension].findData(word)
        if at >= 0:
            self.boxes[dimension].setCurrentIndex(at)
            self.changed.emit()

    def clear_all(self) -> None:
        for box in self.boxes.values():
            box.setCurrentIndex(0)
        self.changed.emit()

    def _picked(self, dimension: str) -> tuple[str, ...]:
        word = self.boxes[dimension].currentData()
        return (str(word),) if word else ()

    def _chosen(self, _at: int) -> None:
        if self.sender() is self.period and self.period.currentIndex() < len(words.PERIODS):
            self._set_period(self.period.currentIndex())
        self.changed.emit()

    def _dated(self, _date: QDate) -> None:
        self.period.setCurrentIndex(len(words.PERIODS))
        self.changed.emit()

    def _set_period(self, at: int) -> None:
        first = self._last - timedelta(days=words.PERIODS[at][0] - 1)
        for field, day in ((self.first, first), (self.until, self._last)):
            with QSignalBlocker(field):
                field.setDate(QDate(day.year, day.month, day.day))
        self.period.setCurrentIndex(at)

    def retranslate(self) -> None:
        say = self._tongue
        _fill(self.period, [(say(label), str(days)) for days, label in words.PERIODS] + [(say(words.OWN_PERIOD), "")])
        saves = [(say(filled(words.SAVE_AFTER, n=str(days))), str(days)) for days in SAVE_DAYS]
        _fill(self.save, saves)
        for dimension, box in self.boxes.items():
            named = sorted((self._name(dimension, word), word) for word in self._present.get(dimension, ()))
            _fill(box, [(say(words.ALL[dimension]), ""), *named])
            box.setAccessibleName(say(words.DIMENSIONS[dimension]))
            box.setVisible(len(named) > 1)
        self.period.setAccessibleName(say(words.PERIOD))
        self.first.setAccessibleName(say(words.FROM))
        self.until.setAccessibleName(say(words.UNTIL))
        self.save.setAccessibleName(say(words.SAVE_CHOICE))
        self.clear.setText(say(words.CLEAR))


def _fill(box: QComboBox, rows: Sequence[tuple[str, str]]) -> None:
    """New words for the same choices: what was chosen stays."""
    chosen, at = box.currentData(), box.currentIndex()
    box.clear()
    for text, data in rows:
        box.addItem(text, data)
    found = box.findData(chosen) if chosen is not None else at
    box.setCurrentIndex(max(found, 0))


def _day(field: DayField) -> date:
    return cast(date, field.date().toPython())
