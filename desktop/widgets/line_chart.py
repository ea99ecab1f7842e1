"""A line over days with the ground below it tinted; a gap where nothing was supplied."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop import theme
from desktop.widgets.chart import Chart
from desktop.widgets.chart_geometry import Box, height_at


class LineChart(Chart):
    def spots(self, plot: Box) -> list[tuple[float, float] | None]:
        """Where each point lies; None for those without a value."""
        slot = plot.w / max(len(self._points), 1)
        return [
            None if point.value is None else (plot.x + (i + 0.5) * slot, height_at(plot, self._scale, point.value))
            for i, point in enumerate(self._points)
        ]

    def _draw_data(self, painter: QPainter, plot: Box) -> None:
        t = theme.tokens()
        spots = self.spots(plot)
        for run in _runs(spots):
            self._draw_run(painter, plot, run)
        boxes = [Box(x - 2, y, 4, plot.bottom - y) for x, y in (spot for spot in spots if spot is not None)]
        self._draw_level(painter, plot, boxes)
        spot = spots[self._at] if self._at is not None else None
        if spot is not None:
            painter.setPen(QPen(theme.colour(t.card), 2))
            painter.setBrush(theme.colour(t.bar_on))
            painter.drawEllipse(QPointF(*spot), theme.px(4), theme.px(4))

    def _draw_run(self, painter: QPainter, plot: Box, run: list[tuple[float, float]]) -> None:
        t = theme.tokens()
        line = [QPointF(x, y) for x, y in run]
        tint = QColor(t.bar)
        tint.setAlpha(70)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        area = [QPointF(run[0][0], plot.bottom), *line, QPointF(run[-1][0], plot.bottom)]
        painter.drawPolygon(QPolygonF(area))
        painter.setPen(QPen(theme.colour(t.brand), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(line) == 1:
            painter.drawPoint(line[0])
        painter.drawPolyline(QPolygonF(line))


def _runs(spots: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The unbroken stretches."""
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if run]
