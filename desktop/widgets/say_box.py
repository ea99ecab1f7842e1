"""The words to say: large, with the customer's own figures marked. To read, not to copy."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import in_lines

WIDTH, LEAST_WIDTH = 360, 120
LINE = 48
"""one line of the words, with what is above and below it"""
AIR = 1.18
"""the height of a line, in heights of its letters"""


class SayBox(QLabel):
    """`set_spans` takes the words in order, each with whether it is a figure filled in for this customer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[tuple[str, bool], ...] = ()
        self._marked: int | None = None
        self._laid: dict[int, tuple[QTextLayout, float]] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._measure()

    def set_spans(self, spans: Sequence[tuple[str, bool]]) -> None:
        if tuple(spans) != self._spans:
            self._marked = None
        self._spans = tuple(spans)
        self.setAccessibleDescription(self.words)
        self._compose()

    # The words are laid out once for a width: Qt's layouts ask dozens of times, and its labels measure and paint apart.

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        edge = self.contentsMargins()
        return ceil(self._lines(width - edge.left() - edge.right())[1]) + edge.top() + edge.bottom()

    def _lines(self, width: int) -> tuple[QTextLayout, float]:
        """The words in lines of that width, and how high they are."""
        found = self._laid.get(width)
        if found is None:
            layout = QTextLayout(self.text().replace("\n", "\u2028"), theme.font(18))
            layout.setFormats(self._marks())
            found = self._laid[width] = layout, in_lines(layout, width, air=AIR)
        return found

    def _marks(self) -> list[QTextLayout.FormatRange]:
        ranges, start = [], 0
        for place, (text, figure) in enumerate(self._spans):
            look = QTextCharFormat()
            if figure:
                look.setBackground(theme.colour(theme.tokens().mark))
            if place == self._marked:
                look.setFontWeight(QFont.Weight.Bold)
                look.setFontUnderline(True)
            if figure or place == self._marked:
                one = QTextLayout.FormatRange()
                one.start, one.length, one.format = start, _units(text), look
                ranges.append(one)
            start += _units(text)
        return ranges

    def sizeHint(self) -> QSize:
        width = theme.px(WIDTH)
        return QSize(width, self.heightForWidth(self.width() or width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(LEAST_WIDTH), theme.px(LINE))

    def mark(self, place: int) -> None:
        """Underlines the piece at that place, until other words are shown."""
        self._marked = place
        self._compose()

    @property
    def marked(self) -> str:
        """The piece that is underlined; empty where none is."""
        return "" if self._marked is None else self._spans[self._marked][0]

    @property
    def words(self) -> str:
        """The words without marks."""
        return "".join(text for text, _ in self._spans)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()
            self._compose()

    def _measure(self) -> None:
        self.setFont(theme.font(18))
        self.setContentsMargins(theme.px(18), theme.px(10), theme.px(14), theme.px(12))

    def _compose(self) -> None:
        self._laid.clear()
        self.setText(self.words)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        t, edge = theme.tokens(), self.contentsMargins()
        painter.fillRect(event.rect(), theme.colour(t.quiet))
        painter.fillRect(QRectF(0, 0, theme.px(4), self.height()), theme.colour(t.brand))
        painter.setPen(theme.colour(t.ink))
        layout, _ = self._lines(self.width() - edge.left() - edge.right())
        layout.draw(painter, QPointF(edge.left(), edge.top()))
        painter.end()


def _units(text: str) -> int:
    """As Qt counts letters: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
