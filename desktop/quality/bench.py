"""The right side of the page: the call and its way at the left, the card with remark and acts at the right."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from core.domain.quality.scoring import REMARK_MOST, WORDS_MOST
from desktop import theme
from desktop.keys.caps import cap
from desktop.keys.leading import INSPECTING, Inspect
from desktop.quality.path_list import PathList
from desktop.quality.sheet import ScoreSheet
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.chip import ChipFlow
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

TYPED_MS = 400
"""after so long without a key what was typed is kept"""
ACTS = (Inspect.FIRST, Inspect.SECOND, Inspect.THIRD, Inspect.SEND)


class Bench(QWidget):
    """Lays out and tells what was typed; decides nothing."""

    item_words_typed = Signal(str)
    remark_typed = Signal(str)
    acted = Signal(object)
    """an `Inspect`: a button was pressed"""

    def __init__(self, tongue: Tongue, sheet: ScoreSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet, self.path = sheet, PathList(tongue)
        self.call_card, self.score_card = Card(), Card()
        self.chips, self.facts, self.story = ChipFlow(), KeyValues(), Label(wrap=True)
        self.path_title = Label(size=12, bold=True, tone=Tone.MUTED)
        self.help = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.item_words, self.remark = QLineEdit(), QLineEdit()
        self.item_words.setMaxLength(WORDS_MOST)
        self.remark.setMaxLength(REMARK_MOST)
        self.standing, self.lack = Label(bold=True, wrap=True), Label(tone=Tone.BAD, wrap=True)
        self.buttons = {act: QPushButton() for act in ACTS}
        self._typed = {self.item_words: self._timer(self._tell_item), self.remark: self._timer(self._tell_remark)}
        for field, timer in self._typed.items():
            field.textEdited.connect(lambda _, t=timer: t.start())
            field.editingFinished.connect(self.flush)
        for act, button in self.buttons.items():
            button.clicked.connect(lambda _=False, a=act: self.acted.emit(a))
        self._lay_out()

    def _timer(self, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(TYPED_MS)
        timer.timeout.connect(act)
        return timer

    def _tell_item(self) -> None:
        self.item_words_typed.emit(self.item_words.text())

    def _tell_remark(self) -> None:
        self.remark_typed.emit(self.remark.text())

    def flush(self) -> None:
        """What was typed and not told yet."""
        for field, timer in self._typed.items():
            if timer.isActive():
                timer.stop()
                (self._tell_item if field is self.item_words else self._tell_remark)()

    def put(self, field: QLineEdit, text: str) -> None:
        """What is kept; never over what is just being typed."""
        if field.text() != text and not self._typed[field].isActive():
            field.setText(text)

    def _lay_out(self) -> None:
        for part in (self.chips, self.facts, self.story, self.path_title):
            self.call_card.add(part)
        self.call_card.add(self.path, 1)
        self.call_card.body.addStretch(0)
        self.score_card.add(self.sheet, 1)
        below: tuple[QWidget, ...] = (self.help, self.item_words, self.remark, self.standing, self.lack)
        for line in below:
            self.score_card.add(line)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in self.buttons.values():
            foot.addWidget(button)
        self.score_card.add(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self.call_card, 9)
        row.addWidget(self.score_card, 10)

    def set_acts(self, acts: Mapping[Inspect, str], *, primary: Inspect | None) -> None:
        """Which buttons there are, in these words."""
        for act, button in self.buttons.items():
            shown = act in acts
            button.setVisible(shown)
            if not shown:
                continue
            button.setText(f"{acts[act]}  {cap(INSPECTING[act][0])}")
            button.setAccessibleName(acts[act])
            kind = "primary" if act is primary else None
            if button.property("kind") != kind:
                button.setProperty("kind", kind)
                button.style().unpolish(button)
                button.style().polish(button)

    def show_lack(self, words: str) -> None:
        self.lack.set_words(words)
        self.lack.setVisible(bool(words))


def key_of(act: Inspect) -> QKeySequence:
    return QKeySequence(INSPECTING[act][0])
