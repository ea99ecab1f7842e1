"""F1: every key in one panel, within the window: in smaller words, and at last scrolled, where there are many."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from core.domain.text import Text
from desktop import theme
from desktop.keys.call import BOUND, PLAIN
from desktop.keys.caps import cap
from desktop.shell import words
from desktop.shell.page import ShellPage
from desktop.tongue import Tongue
from desktop.widgets.kbd import Kbd, key_width
from desktop.widgets.label import Label
from desktop.widgets.painted import width_of

ROWS_MOST = 22
"""beyond which there is a third column: the panel stays lower than a screen of 768 lines"""
SIZES = (14, 13, 12)
"""of the words: made smaller before the panel would be wider than its window"""
EDGE_PX, GAP_PX, BETWEEN_PX = 20, 12, 24
AROUND_PX = 24
"""of the window, left free around the panel"""
_KEY, _WORDS, _GAP = range(3)
"""of each column: its cells in the grid"""
Pair = tuple[str, str]


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
        edge = theme.px(EDGE_PX)
        outer.setContentsMargins(edge, theme.px(14), edge, edge)
        outer.setSpacing(theme.px(14))
        outer.addLayout(head)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        # Arrow and page keys scroll it from anywhere.
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self.area)
        window = parent.size() if parent is not None else QApplication.primaryScreen().availableSize()
        room = window - QSize(theme.px(AROUND_PX), theme.px(AROUND_PX))
        pairs = [(cap(key), tongue(text)) for key, text in (*BOUND.values(), *PLAIN, *_of_pages(pages))]
        self._fill(
            pairs, room, beside=QSize(2 * edge, theme.px(14) + edge + outer.spacing() + head.sizeHint().height())
        )

    def _fill(self, pairs: Sequence[Pair], room: QSize, *, beside: QSize) -> None:
        """The keys, and a size that keeps to the room; `beside` is what stands around them."""
        columns, size = _fitting(pairs, room.width() - beside.width())
        table = QWidget()
        table.setLayout(_table(pairs, columns, size))
        self.area.setWidget(table)
        frame = theme.px(4)
        whole = table.sizeHint() + beside + QSize(frame, frame)
        high = min(whole.height(), room.height())
        bar = self.area.verticalScrollBar().sizeHint().width() if high < whole.height() else 0
        self.setFixedSize(min(whole.width() + bar, room.width()), high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow and page keys scroll, wherever the focus is."""
        act = _SCROLLING.get(Qt.Key(event.key()))
        if act is not None:
            self.area.verticalScrollBar().triggerAction(act)
        else:
            super().keyPressEvent(event)


_SCROLLING = {
    Qt.Key.Key_Down: QScrollBar.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QScrollBar.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
}


def _of_pages(pages: dict[str, ShellPage[Any]]) -> list[tuple[str, Text]]:
    """The key of each page, then what keys do on single ones."""
    return [
        *((key, page.title) for key, page in pages.items()),
        *(pair for page in pages.values() for pair in page.keys),
    ]


def _fitting(pairs: Sequence[Pair], width: int) -> tuple[int, int]:
    """Columns, and the size of their words, with which everything is whole in that width; few rows go before large
    words."""
    wanted = max(2, ceil(len(pairs) / ROWS_MOST))
    for columns in range(wanted, 0, -1):
        for size in SIZES:
            if _width(pairs, columns, size) <= width:
                return columns, size
    return 1, SIZES[-1]


def _width(pairs: Sequence[Pair], columns: int, size: int) -> float:
    rows, face = ceil(len(pairs) / columns), theme.font(size)
    parts = [pairs[start : start + rows] for start in range(0, len(pairs), rows)]
    wide = sum(max(key_width(k) for k, _ in part) + max(width_of(w, face) for _, w in part) + 4 for part in parts)
    return wide + theme.px(GAP_PX * 3 * len(parts) + BETWEEN_PX * (len(parts) - 1))


def _table(pairs: Sequence[Pair], columns: int, size: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(GAP_PX))
    grid.setVerticalSpacing(theme.px(6))
    rows = ceil(len(pairs) / columns)
    for index, (key, text) in enumerate(pairs):
        row, left = index % rows, index // rows * (_GAP + 1)
        grid.addWidget(Kbd(key), row, left + _KEY)
        grid.addWidget(Label(text, size=size), row, left + _WORDS)
    for column in range(columns - 1):
        grid.setColumnMinimumWidth(column * (_GAP + 1) + _GAP, theme.px(BETWEEN_PX))
    return grid
