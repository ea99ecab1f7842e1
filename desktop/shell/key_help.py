"""F1: every key in one panel."""

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.keys import BOUND, PLAIN
from desktop.shell import words
from desktop.tongue import Tongue
from desktop.widgets.kbd import Kbd
from desktop.widgets.label import Label

COLUMNS = 2


class KeyHelp(QDialog):
    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tongue(words.KEYS))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        keys = (*BOUND.values(), *PLAIN)
        rows = -(-len(keys) // COLUMNS)
        for index, (key, text) in enumerate(keys):
            row, column = index % rows, index // rows * 2
            grid.addWidget(Kbd(key), row, column)
            grid.addWidget(Label(tongue(text)), row, column + 1)
        outer = QVBoxLayout(self)
        outer.addLayout(grid)
        # As large as its words: a dialog's own guess stops at two thirds of the screen and would cut them.
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
