"""The calls behind a figure: a list, and beside it the call that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.desk.reviewing import ListedCall
from core.domain.script import Script
from core.domain.text import filled
from core.review.frame import Frame
from core.review.taking.labels import Labels
from desktop import theme
from desktop.review import words
from desktop.review.call_detail import CallDetailView
from desktop.review.call_rows import RESULT, CallRows
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.row_table import RowTable


class CallsView(QWidget):
    chosen = Signal(object)
    """a ListedCall: its script is wanted"""
    left = Signal()

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._frame: Frame | None = None
        self._labels = Labels()
        self._what, self._count, self._shown = "", 0, 0
        self._open: tuple[ListedCall, Script | None] | None = None
        self.model = CallRows(tongue)
        self.list, self.detail = RowTable(self.model), CallDetailView(tongue)
        self.back = QPushButton()
        self.back.setProperty("kind", "plain")
        self._list_card, self._detail_card = Card(), Card()
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        self._list_card.add(head)
        self._list_card.add(self.list, 1)
        self._detail_card.add(self.detail, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._list_card, 3)
        row.addWidget(self._detail_card, 2)
        self.back.clicked.connect(self.left)
        self.list.selectionModel().currentRowChanged.connect(self._choose)
        self.setFocusProxy(self.list)
        self.retranslate()

    def show_calls(self, frame: Frame, calls: Sequence[ListedCall], labels: Labels, what: str, count: int) -> None:
        self._frame, self._labels, self._what, self._count = frame, labels, what, count
        self._shown, self._open = len(calls), None
        self.model.show(frame, calls, labels)
        self.list.widen((96, 62, 150, 138, 160, 92, 56))
        self.list.stretch(RESULT)
        self.list.say_when_empty(self._tongue(words.NOT_HERE if count else words.NO_CALLS))
        self.detail.show_nothing(self._tongue(words.CHOOSE_CALL))
        self._name()
        if calls:
            self.list.selectRow(0)
        self.list.setFocus()

    def show_script(self, listed: ListedCall, script: Script | None) -> None:
        """The chosen call with the script that it went by."""
        now = self.list.currentIndex().row()
        if self._frame is not None and 0 <= now < self._shown and self.model.call(now) is listed:
            self._open = (listed, script)
            self.detail.show_call(self._frame, listed, self._labels, script)

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.model.call(now.row()))

    def _name(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(filled(words.BEHIND, what=self._what, n=f"{self._count:,}")))
        more = self._count > self._shown > 0
        self._list_card.set_note(say(filled(words.FIRST_OF_MANY, n=f"{self._shown:,}")) if more else "")

    def retranslate(self) -> None:
        say = self._tongue
        self._name()
        self._detail_card.set_title(say(words.CALL))
        self.back.setText(f"{say(words.BACK)}  Esc")
        self.list.setAccessibleName(say(words.GROUPS_NOTE))
        self.detail.setAccessibleName(say(words.CALL))
        self.model.retranslate()
        if self._frame is not None and self._open is not None:
            self.detail.show_call(self._frame, self._open[0], self._labels, self._open[1])
