"""How a task is drawn in the queue: name and figure above, reason and tier or scenario below."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.desk.queueing import Group
from core.store.types import QueueRow
from desktop import theme
from desktop.queue.model import GROUP, ROW
from desktop.queue.row_words import RowWords
from desktop.widgets.line_list import cut_below
from desktop.widgets.painted import draw_words, fitting, ink, pieces_of, width_of
from desktop.widgets.values import Tone

LINES, TALL_LINES, TALL_FROM_PX = 2, 3, 56
"""a row of that height and more has two lines for the reason"""
SIZES = (12, 11, 10)
"""of the reason: made smaller before it is cut"""
RIGHT = Qt.AlignmentFlag.AlignRight


class QueueDelegate(QStyledItemDelegate):
    def __init__(self, row_words: RowWords, now: Callable[[], datetime], view: QAbstractItemView | None = None) -> None:
        super().__init__(view)
        self._view = view
        self._words, self._now = row_words, now
        self.open_key = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if self._view is not None and cut_below(option.rect, self._view):
            return
        rect = QRectF(option.rect)
        painter.save()
        group, row = index.data(GROUP), index.data(ROW)
        if isinstance(group, Group):
            self._paint_group(painter, rect, group)
        elif isinstance(row, QueueRow):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_row(painter, rect, row, chosen or row.task_id == self.open_key)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRectF, group: Group) -> None:
        inner = rect.adjusted(theme.px(4), theme.px(6), -theme.px(6), 0)
        mut, face = ink(Tone.MUTED), theme.font(12)
        count = f"{group.rows:,}"
        room = width_of(count, face) + theme.px(8)
        draw_words(painter, inner.adjusted(0, 0, -room, 0), self._words.group(group), face, mut)
        draw_words(painter, inner, count, face, mut, RIGHT)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: QueueRow, chosen: bool) -> None:
        t = theme.tokens()
        box = rect.adjusted(0, 1, 0, -1)
        if chosen:
            painter.fillRect(box, theme.colour(t.brand_bg))
            painter.fillRect(QRectF(box.left(), box.top(), theme.px(3), box.height()), theme.colour(t.brand))
        inner = box.adjusted(theme.px(11), theme.px(3), -theme.px(8), -theme.px(3))
        lines = TALL_LINES if box.height() > theme.px(TALL_FROM_PX) else LINES
        line = inner.height() / lines
        top = QRectF(inner.left(), inner.top(), inner.width(), line)
        figure, tone = self._words.figure(row, self._now())
        small = theme.font(12)
        room = width_of(figure, small) + theme.px(6) if figure else 0
        quiet = row.block is not None
        draw_words(painter, top.adjusted(0, 0, -room, 0), row.name or row.number_masked, theme.font(bold=True),
                   ink(Tone.MUTED if quiet else Tone.NEUTRAL))  # fmt: skip
        draw_words(painter, top, figure, small, ink(tone), RIGHT)
        self._paint_reason(painter, inner.adjusted(0, line, 0, 0), row, lines - 1)

    def _paint_reason(self, painter: QPainter, rect: QRectF, row: QueueRow, lines: int) -> None:
        """The reason, at the right of its last line the tier or the scenario."""
        small, gap = theme.font(12), theme.px(4)
        tail, tone = self._words.tail(row)
        # The reason says more than the scenario's name: it keeps half of a narrow line.
        room = min(width_of(tail, small) + gap, rect.width() / 2) if tail else 0
        reason, height = self._words.reason(row), rect.height() / lines
        widths = [*[rect.width()] * (lines - 1), rect.width() - room]
        pieces = [reason] if lines == 1 else pieces_of(reason, small, widths)
        for at, piece in enumerate(pieces):
            place = QRectF(rect.left(), rect.top() + at * height, widths[at], height)
            face = theme.font(fitting(piece, place.width(), SIZES))
            draw_words(painter, place, piece, face, ink(Tone.MUTED))
        # Where the reason leaves the last line free, the whole of it is the tail's.
        free = rect.width() if len(pieces) < lines else max(room - gap, 0)
        last = QRectF(rect.right() - free, rect.bottom() - height, free, height)
        draw_words(painter, last, tail, small, ink(tone), RIGHT)
