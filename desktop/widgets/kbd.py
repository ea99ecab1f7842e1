"""A key cap: as a widget of its own, and as the strokes that other widgets draw inside themselves."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.painted import Painted, draw_box, height_of, smooth, width_of


def key_width(key: str) -> float:
    """Width of the cap of `key`; 0 for none."""
    return width_of(key, theme.font(11, mono=True)) + theme.px(10) if key else 0.0


def key_height() -> float:
    return height_of(theme.font(11, mono=True))


def draw_key(painter: QPainter, right: float, middle: float, key: str, *, on_fill: QColor | None = None) -> float:
    """Draws the cap with its right edge at `right`, centred on `middle`; gives its left edge.

    `on_fill`: the colour of edge and letters on a filled ground."""
    if not key:
        return right
    width, height = key_width(key), key_height()
    rect = QRectF(right - width, middle - height / 2, width, height)
    t = theme.tokens()
    edge, letters = (on_fill, on_fill) if on_fill else (theme.colour(t.edge), theme.colour(t.mut))
    draw_box(painter, rect, fill=None if on_fill else theme.colour(t.card), edge=edge, radius=theme.px(4))
    painter.fillRect(QRectF(rect.left() + 3, rect.bottom() - 2, width - 6, 1), edge)
    painter.setPen(letters)
    painter.setFont(theme.font(11, mono=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    return rect.left()


class Kbd(Painted):
    """A key cap beside other widgets. Without a key it takes no room."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._on_header = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    @property
    def key(self) -> str:
        return self._key

    def set_key(self, key: str) -> None:
        before = self.sizeHint()
        self._key = key
        self.setAccessibleName(key)
        if self.parentWidget() is not None or not key:  # shown without a parent it would be a window
            self.setVisible(bool(key))
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def set_on_header(self, on: bool) -> None:
        """On the dark header the cap has no ground of its own."""
        self._on_header = on
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(key_width(self._key)) + 1, int(key_height()) + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        on_fill = theme.colour(theme.tokens().header_mut) if self._on_header else None
        draw_key(painter, self.width(), self.height() / 2, self._key, on_fill=on_fill)
        painter.end()
