"""Save rates over time, a line for each scenario; points from few calls are hollow, those not yet due have none."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.domain.text import filled
from core.review.pictures import TrendPoint
from desktop import theme
from desktop.review import words
from desktop.review.pickable import Pickable
from desktop.review.shown import percent
from desktop.tongue import Tongue
from desktop.widgets.painted import draw_words, height_of, ink, width_of
from desktop.widgets.values import Tone

MOST_LINES = 4
_RADIUS = 3.5


class TrendLine(Struct, frozen=True):
    scenario: str
    label: str
    points: tuple[TrendPoint, ...]


class _Spot(Struct, frozen=True):
    line: int
    point: TrendPoint
    at: int


class TrendView(Pickable):
    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[TrendLine, ...] = ()
        self._spots: tuple[_Spot, ...] = ()
        self._ceiling = 1.0

    def show_lines(self, lines: Sequence[TrendLine], say: Tongue) -> None:
        """The weightiest first; more than a few lines could not be told apart."""
        self._lines = tuple(sorted(lines, key=lambda one: -sum(p.whole for p in one.points)))[:MOST_LINES]
        spots = [
            _Spot(number, point, at)
            for number, line in enumerate(self._lines)
            for at, point in enumerate(line.points)
            if point.rate is not None
        ]
        self._spots = tuple(spots)
        highest = max((spot.point.rate or 0.0 for spot in spots), default=1.0)
        self._ceiling = min(1.0, max(0.1, round(highest * 1.15 + 0.05, 1)))
        self.show_parts(tuple(self._hint(spot, say) for spot in spots), say(words.NO_TREND))

    def spot(self, at: int) -> tuple[str, date, date]:
        """Scenario and first and last day of a point."""
        spot = self._spots[at]
        points = self._lines[spot.line].points
        length = (points[1].first - points[0].first) if len(points) > 1 else None
        last = spot.point.first + length if length is not None else spot.point.first
        return self._lines[spot.line].scenario, spot.point.first, last

    def _hint(self, spot: _Spot, say: Tongue) -> str:
        point = spot.point
        told = filled(
            words.POINT,
            label=self._lines[spot.line].label,
            day=f"{point.first:%m-%d}",
            part=f"{point.part:,}",
            whole=f"{point.whole:,}",
            rate=percent(point.rate),
        )
        young = say(filled(words.YOUNG, n=f"{point.young:,}")) if point.young else ""
        return " · ".join(part for part in (say(told), young) if part)

    def _plot(self) -> QRectF:
        line = height_of(theme.font(11))
        left = width_of("100%", theme.font(11)) + theme.px(4)
        # Below the legend there is room for half the words of the highest line, and for a point on it.
        top = line + max(line / 2, theme.px(_RADIUS)) + theme.px(4)
        return QRectF(left, top, self.width() - left - theme.px(4), self.height() - top - line - theme.px(4))

    def _place(self, spot: _Spot) -> QPointF:
        plot, count = self._plot(), len(self._lines[0].points)
        x = plot.x() + plot.width() * (spot.at + 0.5) / max(count, 1)
        return QPointF(x, plot.bottom() - plot.height() * (spot.point.rate or 0.0) / self._ceiling)

    def boxes(self) -> list[QRectF]:
        reach = theme.px(8)
        return [
            QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
            for place in (self._place(spot) for spot in self._spots)
        ]

    def draw(self, painter: QPainter) -> None:
        self._draw_grid(painter)
        for number in range(len(self._lines)):
            own = [spot for spot in self._spots if spot.line == number]
            places = [self._place(spot) for spot in own]
            colour = _colours()[number]
            painter.setPen(QPen(colour, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(places)
            for spot, place in zip(own, places, strict=True):
                painter.setBrush(theme.colour(theme.tokens().card) if spot.point.few else colour)
                painter.drawEllipse(place, theme.px(_RADIUS), theme.px(_RADIUS))
        self._draw_legend(painter)

    def _draw_grid(self, painter: QPainter) -> None:
        plot, face, line = self._plot(), theme.font(11), height_of(theme.font(11))
        for part in (0.0, 0.5, 1.0):
            y = plot.bottom() - plot.height() * part
            painter.setPen(QPen(theme.colour(theme.tokens().grid), 1))
            painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
            told = percent(self._ceiling * part, 0)
            draw_words(painter, QRectF(0, y - line / 2, plot.x(), line), told, face, ink(Tone.MUTED))
        points = self._lines[0].points
        slot = plot.width() / len(points)
        for at in sorted({0, len(points) // 2, len(points) - 1}):
            label = f"{points[at].first:%m-%d}"
            wide = width_of(label, face) + 2
            left = min(max(plot.x() + (at + 0.5) * slot - wide / 2, plot.x()), plot.right() - wide)
            draw_words(painter, QRectF(left, plot.bottom() + theme.px(3), wide, line), label, face, ink(Tone.MUTED))

    def _draw_legend(self, painter: QPainter) -> None:
        face, line = theme.font(11), height_of(theme.font(11))
        left, before = 0.0, theme.px(12)
        rooms = shared([width_of(one.label, face) + before + theme.px(8) for one in self._lines], self.width())
        for number, one in enumerate(self._lines):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_colours()[number])
            painter.drawEllipse(QPointF(left + theme.px(5), line / 2), theme.px(_RADIUS), theme.px(_RADIUS))
            words_at = QRectF(left + before, 0, rooms[number] - before - theme.px(4), line)
            draw_words(painter, words_at, one.label, face, ink(Tone.MUTED))
            left += rooms[number]


def shared(wanted: Sequence[float], whole: float) -> list[float]:
    """So wide as each wants to be where there is room; else the longest give way, all to the same width."""
    if sum(wanted) <= whole:
        return list(wanted)
    rest, left, most = whole, len(wanted), 0.0
    for one in sorted(wanted):
        most = rest / left
        if one > most:
            break
        rest, left = rest - one, left - 1
    return [min(one, most) for one in wanted]


def _colours() -> tuple[QColor, ...]:
    t = theme.tokens()
    return tuple(theme.colour(name) for name in (t.brand, t.ok, t.warn, t.vip))
