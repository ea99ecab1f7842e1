"""Cells that stand clear of the line around it: the first moved in from the left, the last from the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.widgets.line_list import cut_below

EDGE_PX = 6
"""beside what the style leaves at both sides of a cell; the style sheet gives the first heading the same"""


class Edged(QStyledItemDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if ink is not None:
            # The chosen row says by its ground that it is chosen; what is grey or red stays so.
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, QBrush(ink))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self.parent()
        if isinstance(view, QAbstractItemView) and cut_below(option.rect, view):
            return
        last = index.model().columnCount() - 1
        left = theme.px(EDGE_PX) if index.column() == 0 else 0
        right = theme.px(EDGE_PX) if index.column() == last else 0
        if option.state & QStyle.StateFlag.State_Selected:
            # The ground of the chosen row goes through to both ends.
            painter.fillRect(option.rect, theme.colour(theme.tokens().brand_bg))
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(left, 0, -right, 0)
        super().paint(painter, inner, index)
