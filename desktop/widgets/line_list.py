"""A list of lines, painted only where seen: any number of rows of one height costs the same."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import theme
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Tone

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
EDGE_PX = 6
"""at both sides of what is drawn: the line around the list that has the keys stands clear of the words"""
CUT_MOST = 3
"""a row that is cut below is left out where this many of it would fit: what is higher could else not be read at all"""


class LineModel(QAbstractListModel, Generic[T]):
    """Rows of any kind; `spoken` says a row in words for screen readers, `hint` for a pointer that rests."""

    def __init__(self, spoken: Callable[[T], str], hint: Callable[[T], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[T] = ()
        self._spoken, self._hint = spoken, hint

    def set_rows(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: int) -> T:
        return self._rows[index]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(self._rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(self._rows[index.row()])
        return None


class LineDelegate(QStyledItemDelegate, Generic[T]):
    """Gives each line its height and its ground; how a row is drawn is given."""

    def __init__(
        self,
        model: LineModel[T],
        draw: Callable[[QPainter, QRectF, T], None],
        parent: QListView,
        tall: Callable[[T, float], float] | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._draw, self._view, self._tall = model, draw, parent, tall

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if self._tall is None:
            return QSize(theme.px(80), line_height())
        room = self._view.viewport().width() - theme.px(2 * EDGE_PX)
        return QSize(theme.px(80), round(self._tall(self._model.row(index.row()), room)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        if cut_below(rect, self._view):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour(theme.tokens().brand_bg))
        self._draw(
            painter, QRectF(rect).adjusted(theme.px(EDGE_PX), 0, -theme.px(EDGE_PX), 0), self._model.row(index.row())
        )
        painter.restore()


def cut_below(row: QRect, view: QAbstractItemView) -> bool:
    """Whether the lower edge of the view cuts that row in half: it is left for scrolling."""
    room = view.viewport().height()
    return row.top() < room <= row.bottom() and row.height() * CUT_MOST <= room


def line_height() -> int:
    return round(height_of(theme.font(13))) + theme.px(5)


class LineList(QListView, Generic[T]):
    """The view. Without rows it says `empty` in words.

    `tall` gives a row's height for a width, both in pixels; without it all rows have the height of one line."""

    def __init__(
        self,
        *,
        draw: Callable[[QPainter, QRectF, T], None],
        spoken: Callable[[T], str],
        hint: Callable[[T], str],
        tall: Callable[[T, float], float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._empty = ""
        self.lines: LineModel[T] = LineModel(spoken, hint)
        self.lines.setParent(self)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(self.lines, draw, self, tall))
        self.setUniformItemSizes(tall is None)
        if tall is not None:
            self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(line_height() * 3)

    def set_rows(self, rows: Sequence[T], *, empty: str = "") -> None:
        self._empty = empty
        self.lines.set_rows(rows)
        self.setAccessibleDescription(empty if not rows else str(len(rows)))
        self.viewport().update()

    def words(self) -> list[str]:
        """Every row as it is told to a screen reader."""
        return [str(self.lines.data(self.lines.index(i))) for i in range(self.lines.rowCount())]

    @property
    def empty_words(self) -> str:
        return self._empty if self.lines.rowCount() == 0 else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_words:
            painter = QPainter(self.viewport())
            edge = theme.px(EDGE_PX)
            line = QRectF(edge, 0, self.viewport().width() - 2 * edge, line_height())
            draw_words(painter, line, self._empty, theme.font(13), ink(Tone.MUTED))
            painter.end()
