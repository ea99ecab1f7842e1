"""The connect rate by weekday and hour: the fuller the colour, the more are answered; few calls stay pale."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from core.domain.text import filled
from core.review.pictures import HourCell
from desktop import theme
from desktop.review import words
from desktop.review.pickable import Pickable
from desktop.review.shown import percent
from desktop.tongue import Tongue
from desktop.widgets.painted import draw_box, draw_words, height_of, ink
from desktop.widgets.values import Tone


class HeatView(Pickable):
    def __init__(self) -> None:
        super().__init__()
        self.cells: tuple[HourCell, ...] = ()
        self._days: tuple[str, ...] = ()

    def show_hours(self, cells: Sequence[HourCell], say: Tongue) -> None:
        self.cells = tuple(cells)
        self._days = tuple(say(one) for one in words.WEEKDAYS)
        hints = []
        for cell in self.cells:
            told = filled(
                words.CELL,
                day=self._days[cell.weekday],
                hour=str(cell.hour),
                part=f"{cell.connected:,}",
                whole=f"{cell.dialled:,}",
                rate=percent(cell.rate),
            )
            few = say(filled(words.FROM_FEW, n=str(cell.dialled))) if cell.few else ""
            hints.append(" · ".join(part for part in (say(told), few) if part))
        self.show_parts(tuple(hints), say(words.NO_CALLS))

    def row_length(self) -> int:
        return max(len(self.cells) // 7, 1)

    def _grid(self) -> tuple[float, float, float, float]:
        """Left and top of the cells, and their width and height with the gap."""
        left, top = theme.px(24), height_of(theme.font(11))
        return left, top, (self.width() - left) / self.row_length(), (self.height() - top) / 7

    def boxes(self) -> list[QRectF]:
        left, top, wide, high = self._grid()
        gap, row = theme.px(2), self.row_length()
        return [
            QRectF(left + at % row * wide, top + at // row * high, wide - gap, high - gap)
            for at in range(len(self.cells))
        ]

    def draw(self, painter: QPainter) -> None:
        left, top, wide, high = self._grid()
        face, centre = theme.font(11), Qt.AlignmentFlag.AlignHCenter
        for at, cell in enumerate(self.cells[: self.row_length()]):
            draw_words(painter, QRectF(left + at * wide, 0, wide, top), str(cell.hour), face, ink(Tone.MUTED), centre)
        for day, label in enumerate(self._days):
            draw_words(painter, QRectF(0, top + day * high, left, high), label, face, ink(Tone.MUTED))
        rates = [cell.rate for cell in self.cells if cell.rate is not None and not cell.few]
        low, most = min(rates, default=0.0), max(rates, default=1.0)
        for cell, box in zip(self.cells, self.boxes(), strict=True):
            draw_box(painter, box, fill=_colour(cell, low, most), edge=None, radius=theme.px(3))


def _colour(cell: HourCell, low: float, most: float) -> QColor:
    t = theme.tokens()
    if cell.rate is None:
        return theme.colour(t.track)
    full, ground = theme.colour(t.fill), theme.colour(t.card)
    share = (cell.rate - low) / (most - low) if most > low else 0.5
    part = min(max(0.18 + 0.82 * share, 0.1), 1.0) * (0.35 if cell.few else 1.0)
    pairs = ((full.red(), ground.red()), (full.green(), ground.green()), (full.blue(), ground.blue()))
    return QColor(*(round(below + (above - below) * part) for above, below in pairs))
