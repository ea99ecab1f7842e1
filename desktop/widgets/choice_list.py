"""A list whose chosen line is acted upon by one key: what stands there was chosen, and never slid there."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QWidget

from core.domain.text import Text
from desktop.widgets.line_list import LineList

T = TypeVar("T")
CHOOSE = Text("这一条已经了结。按 ↓ 选下一条。", "That one is settled. Press ↓ to choose the next.")
"""where rows stand and none is chosen"""


class ChoiceList(LineList[T]):
    """`opened` is told which row is in view, None where none is; `key` says which rows are the same.

    The first row is chosen as the list begins. Once the chosen row goes, nothing is chosen until somebody chooses: a
    key that was meant for it would otherwise meet another.
    """

    def __init__(
        self,
        *,
        draw: Callable[[QPainter, QRectF, T], None],
        spoken: Callable[[T], str],
        hint: Callable[[T], str],
        tall: Callable[[T, float], float],
        key: Callable[[T], Hashable],
        opened: Callable[[T | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(draw=draw, spoken=spoken, hint=hint, tall=tall, parent=parent)
        self._key, self._opened = key, opened
        self._known: Hashable = None
        self._lost = False
        self.selectionModel().currentChanged.connect(lambda *_: self._turn())

    @property
    def chosen(self) -> T | None:
        """The row in view."""
        row = self.currentIndex().row()
        return self.lines.row(row) if 0 <= row < self.lines.rowCount() else None

    def begin(self) -> None:
        """Somebody turns to the list: the first row is chosen where none is."""
        self._lost = False
        if self.chosen is None and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0))

    def set_rows(self, rows: Sequence[T], *, empty: str = "") -> None:
        """The row in view stays in view, wherever it stands now."""
        # What is gone through on the way there is not in view: `opened` is told once.
        model = self.selectionModel()
        model.blockSignals(True)
        super().set_rows(rows, empty=empty)
        keys = [self._key(row) for row in rows]
        self._lost |= self._known is not None and self._known not in keys
        at = keys.index(self._known) if self._known in keys else -1 if self._lost else 0
        if 0 <= at < len(rows):
            self.setCurrentIndex(self.lines.index(at))
        model.blockSignals(False)
        self._turn()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys arrive, which alone chooses nothing: the view would take the first row."""
        before = self.currentIndex().isValid()
        model = self.selectionModel()
        model.blockSignals(True)
        super().focusInEvent(event)
        if not before:
            model.clear()
        model.blockSignals(False)

    def _turn(self) -> None:
        chosen = self.chosen
        self._known = None if chosen is None else self._key(chosen)
        if chosen is not None:
            self._lost = False
        self._opened(chosen)
