"""Words on a line: their tone, size and weight follow the theme; cut with an ellipsis, or wrapped, never clipped."""

from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.widgets.painted import draw_cut, draw_words, draw_wrapped, height_of, ink, width_of, wrapped_height
from desktop.widgets.values import Tone


class Label(QLabel):
    """A label that changes in place: `set_words` costs no new widget and no style sheet."""

    def __init__(
        self,
        text: str = "",
        *,
        size: float = theme.BASE_PX,
        bold: bool = False,
        tone: Tone = Tone.NEUTRAL,
        wrap: bool = False,
        on_header: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._bold, self._tone, self._wrap = size, bold, tone, wrap
        self._on_header = on_header
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def set_words(self, text: str, tone: Tone | None = None) -> None:
        """New words, and a new tone if one is given."""
        if tone is not None and tone is not self._tone:
            self._tone = tone
            self.update()
        if text != self.text():
            self.setText(text)

    @property
    def tone(self) -> Tone:
        return self._tone

    @property
    def face(self) -> QFont:
        return theme.font(self._size, bold=self._bold)

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return self.sizeHint().height()
        return max(ceil(wrapped_height(self.text(), self.face, width)), round(height_of(self.face)))

    def sizeHint(self) -> QSize:
        width = ceil(width_of(self.text(), self.face)) + 2
        if self._wrap:
            width = min(width, theme.px(360))
            return QSize(width, self.heightForWidth(width))
        return QSize(width, round(height_of(self.face)))

    def minimumSizeHint(self) -> QSize:
        narrow = min(self.sizeHint().width(), theme.px(28))
        return QSize(narrow, round(height_of(self.face)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            if self._wrap:
                cut = wrapped_height(self.text(), self.face, self.width()) > self.height() + 1
            else:
                cut = QFontMetrics(self.face).horizontalAdvance(self.text()) > self.width()
            QToolTip.showText(event.globalPos(), self.text() if cut else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._colour()
        if self._wrap:
            high = wrapped_height(self.text(), self.face, self.width())
            box = QRectF(self.rect()).adjusted(0, max(self.height() - high, 0) / 2, 0, 0)
            if high > self.height() + 1:
                draw_cut(painter, box, self.text(), self.face, colour)
            else:
                draw_wrapped(painter, box, self.text(), self.face, colour)
        else:
            across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
            draw_words(painter, QRectF(self.rect()), self.text(), self.face, colour, across)
        painter.end()

    def _colour(self) -> QColor:
        t = theme.tokens()
        if self._on_header:
            return theme.colour(t.header_mut if self._tone is Tone.MUTED else t.header_ink)
        return ink(self._tone) if self.isEnabled() else theme.colour(t.off)
