"""Every indicator of the catalogue, found by name; the list paints only the lines in sight."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit

from desktop import theme
from desktop.call.view360_pages.page import Page
from desktop.call.view360_parts import words
from desktop.call.view360_parts.indicators import IndicatorLine
from desktop.call.view360_presenter import View360
from desktop.widgets.card import Card
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink, width_of
from desktop.widgets.values import Tone


class IndicatorsPage(Page):
    """What was searched for stays when the next customer opens."""

    def __init__(self) -> None:
        super().__init__()
        self._view: View360 | None = None
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.list: LineList[IndicatorLine] = LineList(draw=_draw, spoken=_spoken, hint=_hint)
        self.card = Card()
        self.card.add(self.search)
        self.card.add(self.list, 1)
        self.add(self.card, stretch=1)
        self.search.textChanged.connect(self._find)

    def fill(self, view: View360) -> None:
        self._view = view
        self.card.set_title(view.w(words.INDICATORS))
        self.search.setPlaceholderText(view.w(words.SEARCH))
        self.search.setAccessibleName(view.w(words.SEARCH))
        self.list.setAccessibleName(view.w(words.INDICATORS))
        self._find()

    def _find(self) -> None:
        if self._view is None:
            return
        book = self._view.indicators
        found = book.find(self.search.text())
        nothing = self._view.w(words.NOTHING_FOUND) if len(book) else self._view.w.missing
        self.list.set_rows(found, empty=nothing)
        self.card.set_note(self._view.w(words.FOUND, n=len(found), all=len(book)))


def _spoken(line: IndicatorLine) -> str:
    return line.spoken


def _hint(line: IndicatorLine) -> str:
    return line.hint


def _draw(painter: QPainter, rect: QRectF, line: IndicatorLine) -> None:
    face, strong = theme.font(13), theme.font(13, bold=True)
    unit = width_of(line.unit, face) + theme.px(4) if line.unit else 0.0
    value_face = strong if line.supplied else face
    value = min(width_of(line.value, value_face) + 2, rect.width() * 0.5)
    right = rect.right() - theme.px(6)
    beside = QRectF(right - unit, rect.top(), unit, rect.height())
    draw_words(painter, beside, line.unit, face, ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
    box = QRectF(right - unit - value, rect.top(), value, rect.height())
    tone = Tone.NEUTRAL if line.supplied else Tone.MUTED
    draw_words(painter, box, line.value, value_face, ink(tone), Qt.AlignmentFlag.AlignRight)
    name = QRectF(rect.left() + theme.px(2), rect.top(), box.left() - rect.left() - theme.px(12), rect.height())
    draw_words(painter, name, line.label, face, ink(Tone.NEUTRAL))
