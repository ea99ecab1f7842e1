"""Bars over months, with a dashed level (a plan's fee, an allowance) and one bar chosen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop import theme
from desktop.widgets.chart import Chart
from desktop.widgets.chart_geometry import Box, bar_boxes
from desktop.widgets.painted import draw_box


class BarChart(Chart):
    def bars(self) -> list[Box]:
        """Where the bars lie now."""
        return bar_boxes(self.plot(), self._scale, [point.value for point in self._points])

    def _draw_data(self, painter: QPainter, plot: Box) -> None:
        t = theme.tokens()
        bars = bar_boxes(plot, self._scale, [point.value for point in self._points])
        for index, bar in enumerate(bars):
            if bar.h > 0:
                fill = theme.colour(t.bar_on if index == self._at else t.bar)
                radius = min(theme.px(2), bar.w / 3)
                draw_box(painter, QRectF(bar.x, bar.y, bar.w, bar.h), fill=fill, edge=None, radius=radius)
        self._draw_level(painter, plot, bars)
