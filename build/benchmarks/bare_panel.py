"""P12, reference: a panel of plain labels that shows as many texts, laid out and painted anew. Nothing of ours."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QWidget

COLUMNS = 8


class BarePanel(QWidget):
    """The first text is long and wraps over the whole width; the others stand in a grid below it."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        # The keys are for the other window.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(width, height)

    def show_words(self, words: Sequence[str]) -> None:
        """Labels stay from step to step: only those that say something new are measured anew, all are painted."""
        while len(self._labels) < len(words):
            self._add()
        for index, label in enumerate(self._labels):
            if index < len(words):
                label.setText(words[index])
            label.setVisible(index < len(words))
        self.update()

    def painted(self) -> list[str]:
        """What it shows, label by label."""
        return [label.text() for label in self._labels if not label.visibleRegion().isEmpty()]

    def _add(self) -> None:
        index, label = len(self._labels), QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(index == 0)
        row, column = divmod(index - 1 + COLUMNS, COLUMNS) if index else (0, 0)
        self._grid.addWidget(label, row, column, 1, 1 if index else COLUMNS)
        # What room is left stays below the last row.
        self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(row + 1, 1)
        self._labels.append(label)
