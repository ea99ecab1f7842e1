"""The frame of a field that opens or steps: drawn as the text fields are, whose measures stand in the style sheet."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.widgets.painted import draw_box

MARK_PX = 8
_FRAME_PX = 2
"""a border of one pixel and the margin that Qt leaves inside a text field, above and below alike"""


def field_height() -> int:
    """A text field's, in pixels."""
    return QFontMetrics(theme.font()).height() + 2 * (theme.px(4) + _FRAME_PX)


def draw_field(painter: QPainter, field: QWidget, *, focused: bool) -> None:
    t, live = theme.tokens(), field.isEnabled()
    edge = t.brand if live and (focused or field.underMouse()) else t.edge
    fill = t.card if live else t.quiet
    draw_box(painter, QRectF(field.rect()), fill=theme.colour(fill), edge=theme.colour(edge), radius=theme.px(6))


def draw_mark(painter: QPainter, right: float, middle: float, *, up: bool = False, size: float = MARK_PX) -> None:
    """An angle that points down, or up, with its right end at `right`."""
    half = theme.px(size) / 2
    rise = -half / 2 if up else half / 2
    points = [QPointF(right - 2 * half, middle - rise), QPointF(right - half, middle + rise)]
    painter.setPen(QPen(theme.colour(theme.tokens().mut), 1.5))
    painter.drawPolyline([*points, QPointF(right, middle - rise)])
