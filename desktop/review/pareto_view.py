"""Reasons as bars, the most frequent first, with the line of their sum."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.domain.text import filled
from core.review.pictures import ReasonBar
from desktop import theme
from desktop.review import words
from desktop.review.pickable import Pickable
from desktop.review.shown import percent
from desktop.tongue import Tongue
from desktop.widgets.painted import draw_box, draw_words, height_of, ink
from desktop.widgets.values import Tone

MOST = 7


class ParetoView(Pickable):
    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[tuple[str, ReasonBar], ...] = ()

    def show_reasons(self, bars: Sequence[tuple[str, ReasonBar]], say: Tongue) -> None:
        """Each with its words; those beyond the first few would be too thin to read."""
        self._bars = tuple(bars)[:MOST]
        hints = tuple(
            say(filled(words.BAR, label=label, n=f"{bar.calls:,}", share=percent(bar.share, 0)))
            for label, bar in self._bars
        )
        self.show_parts(hints, say(words.NO_REASONS))

    def row_length(self) -> int:
        return len(self._bars) or 1

    def _plot(self) -> QRectF:
        line = height_of(theme.font(11))
        return QRectF(0, line, self.width(), max(self.height() - 2 * line - theme.px(2), 1))

    def boxes(self) -> list[QRectF]:
        slot = self.width() / max(len(self._bars), 1)
        return [QRectF(at * slot, 0, slot, self.height()) for at in range(len(self._bars))]

    def draw(self, painter: QPainter) -> None:
        t, plot, face = theme.tokens(), self._plot(), theme.font(11)
        most, line = max(bar.calls for _, bar in self._bars), height_of(theme.font(11))
        middles: list[QPointF] = []
        for at, ((label, bar), box) in enumerate(zip(self._bars, self.boxes(), strict=True)):
            high = plot.height() * 0.86 * bar.calls / most
            body = QRectF(box.x() + box.width() * 0.14, plot.bottom() - high, box.width() * 0.72, high)
            fill = theme.colour(t.bar_on if at == self.at else t.bar)
            draw_box(painter, body, fill=fill, edge=None, radius=theme.px(3))
            over = QRectF(box.x(), body.top() - line, box.width(), line)
            draw_words(painter, over, f"{bar.calls:,}", face, ink(Tone.NEUTRAL), Qt.AlignmentFlag.AlignHCenter)
            below = QRectF(box.x() + 1, plot.bottom() + 1, box.width() - 2, line)
            draw_words(painter, below, label, face, ink(Tone.MUTED), Qt.AlignmentFlag.AlignHCenter)
            middles.append(QPointF(box.center().x(), plot.bottom() - plot.height() * 0.98 * bar.share))
        painter.setPen(QPen(theme.colour(t.warn), 2))
        painter.drawPolyline(middles)
