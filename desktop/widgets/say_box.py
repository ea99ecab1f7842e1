"""The words to say: large, with the customer's own figures marked. To read, not to copy."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop import theme

WIDTH, LEAST_WIDTH = 360, 120
LINE = 48
"""one line of the words, with what is above and below it"""


class SayBox(QLabel):
    """`set_spans` takes the words in order, each with whether it is a figure filled in for this customer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[tuple[str, bool], ...] = ()
        self._marked: int | None = None
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
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

    # A layout asks for these dozens of times, and Qt lays the words out anew for each.

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

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
        t = theme.tokens()
        # Nothing is put beside the words: a blank in the mark would stand before the comma that follows a name.
        mark = f'<span style="background-color:{t.mark}">'
        self._heights.clear()
        parts = [f"{mark}{_html(text)}</span>" if figure else _html(text) for text, figure in self._spans]
        if self._marked is not None:
            parts[self._marked] = f"<b><u>{parts[self._marked]}</u></b>"
        size = theme.px(18)
        self.setText(f'<p style="margin:0;line-height:118%;font-size:{size}px;color:{t.ink}">{"".join(parts)}</p>')

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme.tokens()
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.colour(t.quiet))
        painter.fillRect(QRectF(0, 0, theme.px(4), rect.height()), theme.colour(t.brand))
        painter.end()
        super().paintEvent(event)


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
