"""Words on a line: their tone, size and weight follow the theme; cut with an ellipsis, or wrapped, never clipped."""

from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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
        self._told = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        # Kept: each use of Qt's flags takes as long as a third of the painting.
        self._across = alignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        super().setAlignment(alignment)

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
    def face(self) -> theme.Face:
        return theme.font(self._size, bold=self._bold)

    def hasHeightForWidth(self) -> bool:
        # QLabel takes the policy back at each new text: its own wrapping is off.
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._colour()
        if self._wrap:
            high = wrapped_height(self.text(), self.face, self.width())
            box = QRectF(self.rect()).adjusted(0, max(self.height() - high, 0) / 2, 0, 0)
            cut = high > self.height() + 1
            if cut:
                draw_cut(painter, box, self.text(), self.face, colour)
            else:
                draw_wrapped(painter, box, self.text(), self.face, colour)
        else:
            cut = draw_words(painter, QRectF(self.rect()), self.text(), self.face, colour, self._across)
        painter.end()
        self._tell(self.text() if cut else "")

    def _tell(self, whole: str) -> None:
        """A pointer that rests is told the whole text where it was cut, unless somebody else has more to tell."""
        if whole != self._told:
            if self.toolTip() == self._told:
                self.setToolTip(whole)
            self._told = whole

    def _colour(self) -> QColor:
        t = theme.tokens()
        if self._on_header:
            return theme.colour(t.header_mut if self._tone is Tone.MUTED else t.header_ink)
        return ink(self._tone) if self.isEnabled() else theme.colour(t.off)
