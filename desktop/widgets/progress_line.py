"""A thin line that fills from the left."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_box, ink, smooth
from desktop.widgets.values import Tone


class ProgressLine(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._tone = Tone.BRAND
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_progress(self, done: float, whole: float, *, spoken: str = "", tone: Tone = Tone.BRAND) -> None:
        """`done` of `whole`, held to 0 … 100 %; a whole of 0 is empty. `spoken` is told, too."""
        self._share = min(max(done / whole, 0.0), 1.0) if whole > 0 else 0.0
        self._tone = tone
        self.told.hint = spoken
        self.setAccessibleDescription(spoken or f"{self._share:.0%}")
        self.update()

    @property
    def share(self) -> float:
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(20), theme.px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        t = theme.tokens()
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        draw_box(painter, rect, fill=theme.colour(t.track), edge=None, radius=radius)
        if self._share > 0:
            filled = QRectF(0, 0, max(rect.width() * self._share, rect.height()), rect.height())
            fill = theme.colour(t.fill) if self._tone is Tone.BRAND else ink(self._tone)
            draw_box(painter, filled, fill=fill, edge=None, radius=radius)
        painter.end()
