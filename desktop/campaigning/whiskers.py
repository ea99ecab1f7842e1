"""Effects as dots with whiskers beside a line at nought: what crosses the line may be nothing."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.wire.campaign_effect import Interval
from desktop import theme
from desktop.widgets.painted import Painted, draw_words, height_of, ink, smooth
from desktop.widgets.values import Tone

ROW, LABEL, FIGURE, DOT = 26, 132, 178, 4.0
_LEAST = 0.02
"""the widest interval is drawn no wider than this share: small effects do not fill the picture"""


class Whisker(Struct, frozen=True):
    label: str
    interval: Interval | None
    """None: nothing may be said"""
    told: str
    """the figure in words, also for screen readers"""
    few: bool = False


class WhiskerView(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Whisker, ...] = ()
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Whisker], *, name: str, empty: str) -> None:
        self._rows, self._empty = tuple(rows), empty
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{one.label} {one.told}" for one in rows) or empty)
        self.updateGeometry()
        self.update()

    @property
    def rows(self) -> tuple[Whisker, ...]:
        return self._rows

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(ROW) * max(len(self._rows), 1) + theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        if not self._rows:
            line = QRectF(0, 0, self.width(), theme.px(ROW))
            draw_words(painter, line, self._empty, theme.font(13), ink(Tone.MUTED))
            painter.end()
            return
        plot = QRectF(theme.px(LABEL), 0, self.width() - theme.px(LABEL) - theme.px(FIGURE), self.height())
        # What says little is wide: it is cut at the edges before it presses the others flat.
        judged = [one for one in self._rows if one.interval and not one.few] or [
            one for one in self._rows if one.interval
        ]
        bounds = [abs(edge) for one in judged if one.interval for edge in (one.interval.low, one.interval.high)]
        widest = max([_LEAST, *bounds]) * 1.1
        middle = plot.center().x()
        painter.setPen(QPen(theme.colour(theme.tokens().edge), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
        for at, row in enumerate(self._rows):
            self._draw_row(painter, at, row, plot, widest)
        painter.end()

    def _draw_row(self, painter: QPainter, at: int, row: Whisker, plot: QRectF, widest: float) -> None:
        top, high = at * theme.px(ROW) + theme.px(4), height_of(theme.font(13))
        tone = Tone.MUTED if row.few or row.interval is None else _tone_of(row.interval)
        left = QRectF(0, top, plot.left() - theme.px(8), high)
        draw_words(painter, left, row.label, theme.font(13), ink(Tone.MUTED if row.few else Tone.NEUTRAL))
        right = QRectF(plot.right() + theme.px(8), top, theme.px(FIGURE) - theme.px(8), high)
        draw_words(painter, right, row.told, theme.font(12, bold=not row.few), ink(tone), Qt.AlignmentFlag.AlignRight)
        if row.interval is None:
            return
        scale, middle, y = plot.width() / 2 / widest, plot.center().x(), top + high / 2
        edges = plot.left(), plot.right()
        low, value, upper = (
            min(max(middle + one * scale, edges[0]), edges[1])
            for one in (row.interval.low, row.interval.value, row.interval.high)
        )
        cap = theme.px(4)
        painter.setPen(QPen(ink(tone), theme.px(2)))
        painter.drawLine(QPointF(low, y), QPointF(upper, y))
        for end in (low, upper):
            painter.drawLine(QPointF(end, y - cap), QPointF(end, y + cap))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(tone))
        painter.drawEllipse(QPointF(value, y), theme.px(1) * DOT, theme.px(1) * DOT)


def _tone_of(found: Interval) -> Tone:
    if found.low > 0:
        return Tone.OK
    return Tone.BAD if found.high < 0 else Tone.BRAND
