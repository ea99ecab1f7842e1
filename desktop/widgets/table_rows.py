"""What every table's model does alike: so many lines under so many headings; what a cell says is each model's own."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.text import Text
from desktop.tongue import Tongue

Index = QModelIndex | QPersistentModelIndex
Line = TypeVar("Line")


class TableRows(QAbstractTableModel, Generic[Line]):
    """`lines` are put in whole; a model with headings in two languages says `titles`, any other sets `heads`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()
        self.heads: Sequence[str] = ()

    def put(self, lines: Sequence[Line], heads: Sequence[str] | None = None) -> None:
        """All lines anew; what was chosen is chosen no more."""
        self.beginResetModel()
        self.lines = lines
        if heads is not None:
            self.heads = heads
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section] if section < len(self.heads) else None
        return None


class SpokenRows(TableRows[Line]):
    """Headings and cells are put into the language of the moment."""

    def __init__(self, tongue: Tongue, titles: Sequence[Text]) -> None:
        super().__init__()
        self.say, self._titles = tongue, titles
        self.heads = [tongue(title) for title in titles]

    def retranslate(self) -> None:
        self.put(self.lines, [self.say(title) for title in self._titles])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.heads) - 1)
