"""The list of the queue: whole rows, headings lower than tasks, and the keys that act in it."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from core.store.types import QueueRow
from desktop import theme
from desktop.queue.model import ROW

ROW_PX, TALL_ROW_PX, HEADING_PX = 48, 62, 28
STARTS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Home)
"""keys that bring a list in which nothing is chosen yet to its first task"""


class QueueList(QTableView):
    """Return, double click or a click opens; plain letters and digits are left to the call."""

    opened = Signal(object)
    begun = Signal()
    """Return, with nothing chosen yet"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings: set[int] = set()
        self._row_px = ROW_PX
        # By whole rows: none is cut at the top, and what would be cut below is left out.
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._open)

    def set_row_px(self, height: int) -> None:
        """Rows as high as that, in logical pixels."""
        if height != self._row_px:
            self._row_px = height
            self.measure(sorted(self._headings))
            self.scrollTo(self.currentIndex())

    def measure(self, headings: list[int]) -> None:
        """Rows are of one height, headings lower: nothing is asked row by row."""
        if self.verticalHeader().defaultSectionSize() != theme.px(self._row_px):
            self.verticalHeader().setDefaultSectionSize(theme.px(self._row_px))
        # The header keeps what was set by hand, also when other rows have come into these places.
        for row in self._headings.difference(headings):
            self.setRowHeight(row, theme.px(self._row_px))
        for row in headings:
            self.setRowHeight(row, theme.px(HEADING_PX))
        self._headings = set(headings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
            else:
                self.begun.emit()
        elif event.key() in STARTS and not self.currentIndex().isValid():
            # From nowhere Qt would go to the first heading, which nothing can rest on.
            self.select(min(1, self.model().rowCount() - 1))
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    @property
    def deepest(self) -> int:
        """The last row that is in sight or chosen; -1 where there is none."""
        height = self.viewport().height()
        last = self.rowAt(height - 1)
        if last < 0 and self.model().rowCount():
            last = self.model().rowCount() - 1
        return max(last, self.currentIndex().row())

    def current_task(self) -> str:
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row.task_id if isinstance(row, QueueRow) else ""

    def select(self, row: int) -> None:
        if row >= 0:
            index = self.model().index(row, 0)
            if row - 1 in self._headings:
                self.scrollTo(self.model().index(row - 1, 0))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            # Current as well as selected: the next reading would choose it again.
            self.selectionModel().clear()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, QueueRow):
            self.opened.emit(row)
