"""Plain rows of text under headings, each with a key."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._heads: list[str] = []
        self._rows: list[tuple[str, ...]] = []
        self._keys: list[str] = []

    def show(self, heads: Sequence[str], rows: Sequence[tuple[str, ...]], keys: Sequence[str]) -> None:
        if (list(heads), list(rows), list(keys)) == (self._heads, self._rows, self._keys):
            return
        self.beginResetModel()
        self._heads, self._rows, self._keys = list(heads), list(rows), list(keys)
        self.endResetModel()

    def key(self, row: int) -> str:
        return self._keys[row]

    def place_of(self, key: str) -> int:
        """The row of that key; -1 where it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = self._rows[index.row()][index.column()]
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return text if role in shown else None
