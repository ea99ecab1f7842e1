"""Finding a factor by what is typed; Enter takes the first one or the chosen one into the rule."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.domain.text import filled
from core.wire.screening import FactorRow
from desktop import theme
from desktop.campaigning import rule_words as words
from desktop.tongue import Tongue
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink, width_of
from desktop.widgets.values import Tone

GAP, MOST_BESIDE = 12, 0.6
"""pixels between a factor and what is told of it, and the share of the row that this may take"""


class FactorPicker(QWidget):
    picked = Signal(object)
    """a FactorRow"""

    def __init__(self, tongue: Tongue, found: Callable[[str], list[FactorRow]], customers: Callable[[], int]) -> None:
        super().__init__()

        self._tongue, self._found, self._customers = tongue, found, customers
        self.asked = QLineEdit()
        self.list: LineList[FactorRow] = LineList(draw=self._draw, spoken=self._spoken, hint=self._spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.asked)
        column.addWidget(self.list, 1)
        self.asked.textChanged.connect(lambda _: self.show_found())
        self.asked.returnPressed.connect(self._take)
        self.asked.installEventFilter(self)
        self.list.activated.connect(lambda _: self._take())
        self.retranslate()

    def retranslate(self) -> None:
        self.asked.setPlaceholderText(self._tongue(words.PICK))
        self.asked.setAccessibleName(self._tongue(words.PICK))
        self.list.setAccessibleName(self._tongue(words.PICK))
        self.show_found()

    def show_found(self) -> None:
        self.list.set_rows(self._found(self.asked.text()), empty=self._tongue(words.NO_FACTORS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose while one types."""
        if watched is self.asked and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                at = min(max(self.list.currentIndex().row() + step, 0), self.list.lines.rowCount() - 1)
                self.list.setCurrentIndex(self.list.lines.index(at))
                return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        at = max(self.list.currentIndex().row(), 0)
        if at < self.list.lines.rowCount():
            factor = self.list.lines.row(at)
            self.asked.clear()
            self.picked.emit(factor)

    def _beside(self, one: FactorRow) -> str:
        say, customers = self._tongue, self._customers()
        if one.known is None:
            known = say(words.WORKED_OUT)
        else:
            share = f"{100 * one.known / customers:.0f}%" if customers else "—"
            known = say(filled(words.KNOWN_OF, share=share))
        return " · ".join(part for part in (say(one.group), say(one.unit) if one.unit else "", known) if part)

    def _spoken(self, one: FactorRow) -> str:
        return f"{self._tongue(one.label)} · {self._beside(one)}"

    def _draw(self, painter: QPainter, rect: QRectF, one: FactorRow) -> None:
        beside, face = self._beside(one), theme.font(12)
        room = min(width_of(beside, face) + theme.px(GAP), MOST_BESIDE * rect.width())
        draw_words(painter, rect.adjusted(0, 0, -room, 0), self._tongue(one.label), theme.font(13), ink(Tone.NEUTRAL))
        right = rect.adjusted(rect.width() - room, 0, 0, 0)
        draw_words(painter, right, beside, face, ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
