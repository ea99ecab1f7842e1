"""Marks below a row of a list: pills beside each other, the words of a long one wrapped within it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop import theme
from desktop.widgets.painted import draw_box, draw_wrapped, ground, ink, width_of, wrapped_height
from desktop.widgets.values import ChipValue

SMALL = 12


def marks_height(marks: Sequence[ChipValue], width: float) -> float:
    """Of all the marks in that width; 0 without any."""
    placed = _placed(marks, width)
    return max((place.bottom() for place, _ in placed), default=0.0)


def draw_marks(painter: QPainter, at: QPointF, width: float, marks: Sequence[ChipValue]) -> None:
    for place, mark in _placed(marks, width):
        box = place.translated(at)
        draw_box(painter, box, fill=ground(mark.tone), edge=ink(mark.tone), radius=theme.px(8))
        inner = box.adjusted(theme.px(7), theme.px(2), -theme.px(7), 0)
        draw_wrapped(painter, inner, mark.text, theme.font(SMALL), ink(mark.tone))


def _placed(marks: Sequence[ChipValue], width: float) -> list[tuple[QRectF, ChipValue]]:
    """Marks beside each other as long as there is room; one that is wider than the room wraps within."""
    face, gap, edge = theme.font(SMALL), theme.px(4), theme.px(14)
    placed: list[tuple[QRectF, ChipValue]] = []
    left, top, tallest = 0.0, 0.0, 0.0
    for mark in marks:
        wide = min(width_of(mark.text, face) + edge + 2, width)
        tall = wrapped_height(mark.text, face, wide - edge) + theme.px(4)
        if left > 0 and left + wide > width:
            left, top, tallest = 0.0, top + tallest + gap, 0.0
        placed.append((QRectF(left, top, wide, tall), mark))
        left, tallest = left + wide + gap, max(tallest, tall)
    return placed
