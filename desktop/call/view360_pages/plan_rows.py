"""How a plan of the list and a month of its bills are painted: figures in columns, marks and details below them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop import theme
from desktop.call.view360_pages.marks import SMALL, draw_marks, marks_height
from desktop.call.view360_parts.plan_lines import MonthLine, PartLine, PlanLine
from desktop.widgets.painted import (
    draw_words,
    draw_wrapped,
    fitting,
    height_of,
    ink,
    width_of,
    wrapped_height,
)
from desktop.widgets.values import Cell, Tone

PLAN_COLUMNS = (48, 64, 64, 64)
MONTH_COLUMNS = (74, 74, 74)
"""widths of the figures, in logical pixels; the words before them take what is left"""
SIZES = (13, 12, 11, 10)
RIGHT = Qt.AlignmentFlag.AlignRight


def draw_heads(painter: QPainter, rect: QRectF, heads: Sequence[str], columns: Sequence[int]) -> None:
    """The names of the columns."""
    _draw_cells(painter, rect, [Cell(head, Tone.MUTED) for head in heads], columns)


def plan_height(line: PlanLine, width: float) -> float:
    below = marks_height(line.marks, width) + theme.px(4) if line.marks else 0
    return _line() + below + theme.px(4)


def draw_plan(painter: QPainter, rect: QRectF, line: PlanLine) -> None:
    first = QRectF(rect.left(), rect.top() + theme.px(2), rect.width(), _line())
    _draw_cells(painter, first, line.cells, PLAN_COLUMNS, bold=True)
    draw_marks(painter, QPointF(rect.left(), first.bottom()), rect.width(), line.marks)
    _underline(painter, rect)


def month_height(line: MonthLine, width: float) -> float:
    mark = height_of(theme.font(SMALL)) if line.mark else 0
    return _line() + mark + sum(_part_height(part, width) for part in line.parts) + theme.px(6)


def draw_month(painter: QPainter, rect: QRectF, line: MonthLine) -> None:
    first = QRectF(rect.left(), rect.top() + theme.px(2), rect.width(), _line())
    _draw_cells(painter, first, line.cells, MONTH_COLUMNS, bold=True)
    top = first.bottom()
    if line.mark:
        small = height_of(theme.font(SMALL))
        draw_words(painter, QRectF(rect.left(), top, rect.width(), small), line.mark, theme.font(SMALL), ink(Tone.WARN))
        top += small
    for part in line.parts:
        height = _part_height(part, rect.width())
        _draw_part(painter, QRectF(rect.left(), top, rect.width(), height), part)
        top += height
    _underline(painter, rect)


def _line() -> float:
    return height_of(theme.font(13)) + theme.px(4)


def _underline(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(theme.colour(theme.tokens().line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _draw_cells(
    painter: QPainter, rect: QRectF, cells: Sequence[Cell], columns: Sequence[int], *, bold: bool = False
) -> None:
    right = rect.right()
    for cell, width in zip(reversed(cells[1:]), reversed(columns), strict=True):
        room = theme.px(width)
        box = QRectF(right - room, rect.top(), room, rect.height())
        face = theme.font(fitting(cell.text, room - theme.px(2), SIZES))
        draw_words(painter, box, cell.text, face, ink(cell.tone), RIGHT)
        right -= room
    name = QRectF(rect.left(), rect.top(), right - rect.left() - theme.px(4), rect.height())
    face = theme.font(fitting(cells[0].text, name.width(), SIZES, bold=bold), bold=bold)
    draw_words(painter, name, cells[0].text, face, ink(cells[0].tone))


def _part_height(part: PartLine, width: float) -> float:
    small = theme.font(SMALL)
    below = part.detail and not _in_one_line(part, width)
    return height_of(small) + (wrapped_height(part.detail, small, _detail_room(width)) if below else 0)


def _detail_room(width: float) -> float:
    return width - theme.px(20)


def _in_one_line(part: PartLine, width: float) -> bool:
    """Whether the detail finds room beside its label."""
    return width_of(_both(part), theme.font(SMALL)) <= width - theme.px(14 + sum(MONTH_COLUMNS))


def _both(part: PartLine) -> str:
    return f"{part.label} · {part.detail}" if part.detail else part.label


def _draw_part(painter: QPainter, rect: QRectF, part: PartLine) -> None:
    small = theme.font(SMALL)
    first = QRectF(rect.left() + theme.px(10), rect.top(), rect.width() - theme.px(10), height_of(small))
    cells = (Cell(part.here), Cell(part.billed, Tone.MUTED), Cell(""))
    right = first.right()
    for cell, width in zip(reversed(cells), reversed(MONTH_COLUMNS), strict=True):
        box = QRectF(right - theme.px(width), first.top(), theme.px(width), first.height())
        draw_words(painter, box, cell.text, small, ink(cell.tone), RIGHT)
        right -= theme.px(width)
    name = QRectF(first.left(), first.top(), right - first.left(), first.height())
    beside = _in_one_line(part, rect.width())
    told = _both(part) if beside else part.label
    draw_words(painter, name, told, theme.font(fitting(told, name.width(), (SMALL, 11, 10))), ink(Tone.NEUTRAL))
    if part.detail and not beside:
        below = QRectF(rect.left() + theme.px(20), first.bottom(), _detail_room(rect.width()), rect.height())
        draw_wrapped(painter, below, part.detail, small, ink(Tone.MUTED))
