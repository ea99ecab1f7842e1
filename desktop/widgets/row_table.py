"""A table to choose one row from: whole rows are chosen, Tab leaves it, the last column takes what is left."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop import theme
from desktop.widgets.edged import Edged
from desktop.widgets.painted import draw_words, ink
from desktop.widgets.values import Tone

ROW_PX = 34


class RowTable(QTableView):
    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(Edged(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        # A row is one line high: words that wrap would show the upper edge of a second one.
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_PX))
        self._empty = ""
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)

    def widen(self, widths: Sequence[int]) -> None:
        """Widths of the first columns in logical pixels; only columns that the model has can be given one."""
        for at, width in enumerate(widths):
            self.setColumnWidth(at, theme.px(width))

    def say_when_empty(self, words: str) -> None:
        """One calm line where there are no rows; none while nothing has been read yet."""
        self._empty = words
        self.setAccessibleDescription(self.empty_words)
        self.viewport().update()

    @property
    def empty_words(self) -> str:
        return self._empty if self.model().rowCount() == 0 else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_words:
            painter = QPainter(self.viewport())
            line = QRectF(theme.px(9), 0, self.viewport().width() - theme.px(18), theme.px(ROW_PX))
            draw_words(painter, line, self._empty, theme.font(13), ink(Tone.MUTED))
            painter.end()

    def stretch(self, column: int) -> None:
        """This column takes what is left, in place of the last; only one that the model has."""
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
