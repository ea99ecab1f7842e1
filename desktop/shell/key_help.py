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

ROWS_MOST = 22
"""beyond which there is a third column: the panel stays lower than a screen of 768 lines"""
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
        outer.addLayout(_table(tongue, _of_pages(pages)))
        # As large as its words: a dialog's own guess stops at two thirds of the screen and would cut them.
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)


def _of_pages(pages: dict[str, ShellPage[Any]]) -> list[tuple[str, Text]]:
    """The key of each page, then what keys do on single ones."""
    return [
        *((key, page.title) for key, page in pages.items()),
        *(pair for page in pages.values() for pair in page.keys),
    ]


def _table(tongue: Tongue, pages: list[tuple[str, Text]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(6))
    keys = (*BOUND.values(), *PLAIN, *pages)
    columns = max(2, -(-len(keys) // ROWS_MOST))
    rows = -(-len(keys) // columns)
    for index, (key, text) in enumerate(keys):
        row, left = index % rows, index // rows * (_GAP + 1)
        grid.addWidget(Kbd(cap(key)), row, left + _KEY)
        grid.addWidget(Label(tongue(text)), row, left + _WORDS)
    for column in range(columns - 1):
        grid.setColumnMinimumWidth(column * (_GAP + 1) + _GAP, theme.px(24))
    return grid
