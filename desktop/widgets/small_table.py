"""A plain table of few rows: names at the left, figures at the right, the best row on a ground of its own."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop import theme
from desktop.widgets.edged import EDGE_PX, Edged
from desktop.widgets.painted import ground, height_of, ink
from desktop.widgets.table_rows import Index, TableRows
from desktop.widgets.values import TableRow, Tone

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Model(TableRows[TableRow]):
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return _LEFT if section == 0 else _RIGHT
        shown = Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.ToolTipRole else role
        return super().headerData(section, orientation, shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        row = self.lines[index.row()]
        if index.column() >= len(row.cells):
            return None
        cell = row.cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() == 0 else _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return ink(cell.tone)
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(13, bold=row.best)
        if role == Qt.ItemDataRole.BackgroundRole and row.best:
            return ground(Tone.OK)
        return None


class _Delegate(Edged):
    """A line below each row, and room between columns."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(theme.px(10 + EDGE_PX), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        painter.setPen(theme.colour(theme.tokens().line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


class SmallTable(QTableView):
    """As high as its rows, up to `most` of them; beyond that it scrolls. Words that do not fit are told by tooltip."""

    def __init__(self, name: str = "", *, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.px(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()

    def set_table(self, heads: Sequence[str], rows: Sequence[TableRow]) -> None:
        """New content in place."""
        columns = len(self._model.heads)
        self._model.put(tuple(rows), tuple(heads))
        if len(heads) != columns:
            self._set_columns(len(heads))
        self.setAccessibleDescription("; ".join(self.words()))
        self.updateGeometry()

    def words(self) -> list[str]:
        """Each row as a line of words."""
        return [" ".join(cell.text for cell in row.cells) for row in self._model.lines]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def sizeHint(self) -> QSize:
        shown = max(min(self._model.rowCount(), self._most), 1)
        head = self.horizontalHeader().sizeHint().height()
        return QSize(theme.px(240), head + shown * self._row_height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def _row_height(self) -> int:
        return round(height_of(theme.font(13))) + theme.px(10)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        self.horizontalHeader().setFont(theme.font(13))
        self.updateGeometry()

    def _set_columns(self, count: int) -> None:
        header = self.horizontalHeader()
        for column in range(count):
            mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
