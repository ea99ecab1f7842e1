"""Rows of cells with a tone each, told apart by a key: the board's agents, and the tasks of one desk."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop import theme
from desktop.widgets.painted import ink
from desktop.widgets.values import Cell, Tone

Index = QModelIndex | QPersistentModelIndex


class CellModel(QAbstractTableModel):
    """A row that stays the same is left as it is; where the keys stay, what is chosen stays chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: list[str] = []
        self._rows: list[tuple[Cell, ...]] = []
        self._hints: list[str] = []
        self._keys: list[str] = []

    def show(
        self, heads: Sequence[str], rows: Sequence[tuple[Cell, ...]], keys: Sequence[str], hints: Sequence[str] = ()
    ) -> None:
        same_keys = list(keys) == self._keys and len(heads) == len(self._heads)
        if not same_keys:
            self.beginResetModel()
        self._heads, self._rows, self._keys = list(heads), list(rows), list(keys)
        self._hints = list(hints) or [""] * len(self._rows)
        if not same_keys:
            self.endResetModel()
        elif self._rows:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._heads) - 1))

    def key(self, row: int) -> str:
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def place_of(self, key: str) -> int:
        """The row of that key; -1 where it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def words(self) -> list[str]:
        """Each row as a line of words."""
        return [" ".join(cell.text for cell in row) for row in self._rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if section < len(self._heads) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hints[index.row()] or cell.text
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone is not Tone.NEUTRAL:
            return ink(cell.tone)
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return theme.font(14, bold=True)
        return None
