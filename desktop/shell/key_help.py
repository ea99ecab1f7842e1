"""F1: every key in one panel."""

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.keys import BOUND, PLAIN
from desktop.shell import words
from desktop.tongue import Tongue
from desktop.widgets.kbd import Kbd
from desktop.widgets.label import Label

ROWS = 16


class KeyHelp(QDialog):
    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tongue(words.KEYS))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        for index, (key, text) in enumerate((*BOUND.values(), *PLAIN)):
            row, column = index % ROWS, index // ROWS * 2
            grid.addWidget(Kbd(key), row, column)
            grid.addWidget(Label(tongue(text)), row, column + 1)
        QVBoxLayout(self).addLayout(grid)
