"""Rows of cells with a tone each, told apart by a key: the agents of a board, the tasks of a desk, plain words."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from desktop import theme
from desktop.widgets.painted import ink
from desktop.widgets.table_rows import Index, TableRows
from desktop.widgets.values import Cell, Tone


class KeyedRows(TableRows[tuple[Cell | str, ...]]):
    """A row that stays the same is left as it is; where the keys stay, what is chosen stays chosen."""

    def __init__(self, *, named: bool = False) -> None:
        """`named`: the first column is a name, which stands out."""
        super().__init__()
        self._named = named
        self._hints: list[str] = []
        self._keys: list[str] = []

    def show(
        self,
        heads: Sequence[str],
        rows: Sequence[tuple[Cell | str, ...]],
        keys: Sequence[str],
        hints: Sequence[str] = (),
    ) -> None:
        same_keys = list(keys) == self._keys and len(heads) == len(self.heads)
        if same_keys and (list(rows), list(heads), list(hints)) == (self.lines, self.heads, self._hints):
            return
        self._hints = list(hints)
        if not same_keys:
            self._keys = list(keys)
            self.put(list(rows), list(heads))
            return
        self.lines, self.heads = list(rows), list(heads)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.heads) - 1)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.heads) - 1))

    def key(self, row: int) -> str:
        """Empty where there is no such row."""
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def place_of(self, key: str) -> int:
        """The row of that key; -1 where it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def words(self) -> list[str]:
        """Each row as a line of words."""
        return [" ".join(_text(cell) for cell in row) for row in self.lines]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.lines[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (self._hints[index.row()] if self._hints else "") or _text(cell)
        if role == Qt.ItemDataRole.ForegroundRole and isinstance(cell, Cell) and cell.tone is not Tone.NEUTRAL:
            return ink(cell.tone)
        if role == Qt.ItemDataRole.FontRole and self._named and index.column() == 0:
            return theme.font(14, bold=True)
        return None


def _text(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text
