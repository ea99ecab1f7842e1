"""F1: every key in one panel."""

from typing import Any

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.domain.text import Text
from desktop import theme
from desktop.keys import BOUND, PLAIN, cap
from desktop.shell import words
from desktop.shell.page import ShellPage
from desktop.tongue import Tongue
from desktop.widgets.kbd import Kbd
from desktop.widgets.label import Label

COLUMNS = 2
_KEY, _WORDS, _GAP = range(3)
"""of each column: its cells in the grid"""


class KeyHelp(QDialog):
    def __init__(self, tongue: Tongue, pages: dict[str, ShellPage[Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tongue(words.KEYS))
        self.close_button = QPushButton(f"{tongue(words.CLOSE)}  Esc")
        self.close_button.setAccessibleName(tongue(words.CLOSE))
        self.close_button.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(Label(tongue(words.KEYS), size=18, bold=True))
        head.addStretch(1)
        head.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        edge = theme.px(20)
        outer.setContentsMargins(edge, theme.px(14), edge, edge)
        outer.setSpacing(theme.px(14))
        outer.addLayout(head)
        outer.addLayout(_table(tongue, [(key, page.title) for key, page in pages.items()]))
        # As large as its words: a dialog's own guess stops at two thirds of the screen and would cut them.
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)


def _table(tongue: Tongue, pages: list[tuple[str, Text]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(6))
    keys = (*BOUND.values(), *PLAIN, *pages)
    rows = -(-len(keys) // COLUMNS)
    for index, (key, text) in enumerate(keys):
        row, left = index % rows, index // rows * (_GAP + 1)
        grid.addWidget(Kbd(cap(key)), row, left + _KEY)
        grid.addWidget(Label(tongue(text)), row, left + _WORDS)
    for column in range(COLUMNS - 1):
        grid.setColumnMinimumWidth(column * (_GAP + 1) + _GAP, theme.px(24))
    return grid
