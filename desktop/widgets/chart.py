"""What bar and line charts share: axis, empty state, the chosen point by pointer and keyboard, what is told of it."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.widgets.chart_geometry import Box, Scale, height_at, index_at, place_label, scale_for
from desktop.widgets.painted import Painted, draw_focus, draw_words, height_of, ink, smooth, width_of
from desktop.widgets.values import Point, Tone

_EDGE = 3
"""room for the ring of the focus"""
AxisWords = Callable[[float], str]


class Chart(Painted):
    """Left, Right, Home, End choose a point; a click does too. The choice is told as the accessible description."""

    chosen = Signal(int)
    """index of the point, by a person; not by `choose`"""

    def __init__(self, *, height: float = 128, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._points: tuple[Point, ...] = ()
        self._axis: AxisWords = str
        self._line: float | None = None
        self._line_label = ""
        self._empty = ""
        self._at: int | None = None
        self._scale = Scale(1.0, 1.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_points(
        self,
        points: Sequence[Point],
        *,
        axis: AxisWords,
        line: float | None = None,
        line_label: str = "",
        empty: str = "",
    ) -> None:
        """New data in place. `axis` writes a tick; `line` is a dashed level; `empty` stands there without points."""
        self._points, self._axis = tuple(points), axis
        self._line, self._line_label, self._empty = line, line_label, empty
        values = [point.value for point in self._points if point.value is not None]
        self._scale = scale_for([*values, line or 0.0])
        self._at = None
        self._tell()
        self.update()

    def points(self) -> tuple[Point, ...]:
        return self._points

    @property
    def at(self) -> int | None:
        """The chosen point."""
        return self._at

    def choose(self, index: int | None) -> None:
        """Chooses without saying `chosen`; out of range chooses nothing."""
        self._at = index if index is not None and 0 <= index < len(self._points) else None
        self._tell()
        self.update()

    def _tell(self) -> None:
        if self._at is not None:
            self.setAccessibleDescription(self._points[self._at].hint)
            return
        known = [point.hint for point in self._points if point.value is not None]
        words = "; ".join([known[0], known[-1]] if len(known) > 1 else known) or self._empty
        self.setAccessibleDescription(" · ".join(part for part in (words, self._line_label) if part))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(140), theme.px(self._height))

    def plot(self) -> Box:
        """Where the data lie; a strip above is kept for the line's words, one below for the labels."""
        line = height_of(theme.font(11))
        ticks = [self._axis(tick) for tick in self._scale.ticks()]
        left = max((width_of(words, theme.font(11)) for words in ticks), default=0.0) + theme.px(6)
        left += _EDGE
        return Box(left, line + _EDGE, max(self.width() - left - _EDGE, 1), max(self.height() - 2 * (line + _EDGE), 1))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = index_at(self.plot(), len(self._points), event.pos().x())
            QToolTip.showText(event.globalPos(), self._points[index].hint if index is not None else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = index_at(self.plot(), len(self._points), event.position().x())
        if index is not None:
            self._pick(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._points) - 1
        at = last + 1 if self._at is None else self._at
        moves = {
            Qt.Key.Key_Left: max(at - 1, 0),
            Qt.Key.Key_Right: min(at + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        to = moves.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if to is None or last < 0:
            super().keyPressEvent(event)
            return
        self._pick(to)

    def _pick(self, index: int) -> None:
        self.choose(index)
        self.chosen.emit(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        if not any(point.value is not None for point in self._points):
            middle = QRectF(self.rect())
            draw_words(painter, middle, self._empty, theme.font(13), ink(Tone.MUTED), Qt.AlignmentFlag.AlignHCenter)
        else:
            plot = self.plot()
            self._draw_grid(painter, plot)
            self._draw_data(painter, plot)
            self._draw_labels(painter, plot)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), theme.px(4))
        painter.end()

    def _draw_grid(self, painter: QPainter, plot: Box) -> None:
        t = theme.tokens()
        half = height_of(theme.font(11)) / 2
        for tick in self._scale.ticks():
            y = height_at(plot, self._scale, tick)
            painter.setPen(QPen(theme.colour(t.grid), 1))
            painter.drawLine(QPointF(plot.x, y), QPointF(plot.right, y))
            words = QRectF(0, y - half, plot.x - theme.px(6), 2 * half)
            draw_words(painter, words, self._axis(tick), theme.font(11), ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)

    @abstractmethod
    def _draw_data(self, painter: QPainter, plot: Box) -> None:
        """Draws the points and the level; each kind of chart has its own way."""

    def _draw_labels(self, painter: QPainter, plot: Box) -> None:
        count = len(self._points)
        strip, slot = height_of(theme.font(11)), plot.w / max(count, 1)
        places = sorted({0, count // 2, count - 1} if count > 2 and plot.w > theme.px(180) else {0, count - 1})
        face = theme.font(11)
        for place in places:
            words = self._points[place].label
            width = width_of(words, face) + 2
            centre = plot.x + (place + 0.5) * slot
            left = min(max(centre - width / 2, plot.x), plot.right - width)
            draw_words(painter, QRectF(left, plot.bottom + 1, width, strip), words, face, ink(Tone.MUTED))

    def _draw_level(self, painter: QPainter, plot: Box, bars: Sequence[Box]) -> None:
        """The dashed level and its words, which never lie on the data."""
        if self._line is None:
            return
        colour = ink(Tone.WARN)
        y = height_at(plot, self._scale, self._line)
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.x, y), QPointF(plot.right, y))
        if self._line_label:
            face = theme.font(11)
            box = place_label(plot, bars, y, width_of(self._line_label, face) + 4, height_of(face))
            draw_words(painter, QRectF(box.x, box.y, box.w, box.h), self._line_label, face, colour)
