"""A page where one decides on what waits: the list, the chosen one's card, a key and a button for each decision."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.keys.caps import cap
from desktop.widgets.card import Card
from desktop.widgets.choice_list import ChoiceList
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

T = TypeVar("T")
How = TypeVar("How", bound=StrEnum)
LIST_PX = 400


class Lack(NamedTuple):
    """What a decision still needs, in words, and the field that takes it."""

    words: str
    field: QLineEdit


class DecisionBoard(QWidget, Generic[T, How]):
    """What was typed for one row waits with it, and is never sent with another.

    `keys`: the key of each decision, the plainest first, which is the primary button. `decide` acts on the row in view,
    or says what is lacking; `opened` is told which row is in view now. `body` is the card's room above the fields.
    """

    def __init__(
        self,
        *,
        draw: Callable[[QPainter, QRectF, T], None],
        spoken: Callable[[T], str],
        hint: Callable[[T], str],
        tall: Callable[[T, float], float],
        key: Callable[[T], UUID],
        fields: Sequence[QLineEdit],
        keys: Mapping[How, str],
        decide: Callable[[T, How], Lack | None],
        opened: Callable[[T | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._fields, self._keys, self._decide, self._opened = key, tuple(fields), keys, decide, opened
        self._typed: dict[UUID, tuple[str, ...]] = {}
        self._in_view: UUID | None = None
        self.list_card, self.card, self.body = Card(), Card(), QVBoxLayout()
        self.list: ChoiceList[T] = ChoiceList(
            draw=draw, spoken=spoken, hint=hint, tall=tall, key=key, opened=self._open
        )
        self._wrong = Label(tone=Tone.BAD, wrap=True)
        self.buttons = {how: QPushButton() for how in keys}
        self._lay_out()
        for field in self._fields:
            field.textEdited.connect(lambda _: self._wrong.setVisible(False))
        for how, button in self.buttons.items():
            button.clicked.connect(lambda _=False, h=how: self.decide(h))
            shortcut = QShortcut(QKeySequence(keys[how]), self, lambda h=how: self.decide(h))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # A key held down decides once: repeated, it would meet the next row.
            shortcut.setAutoRepeat(False)
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        self.list_card.add(self.list, 1)
        self.list_card.setFixedWidth(theme.px(LIST_PX))
        next(iter(self.buttons.values())).setProperty("kind", "primary")
        fields, foot = QHBoxLayout(), QHBoxLayout()
        fields.setSpacing(theme.px(8))
        for field in self._fields:
            fields.addWidget(field, int(field is self._fields[-1]))
        foot.addStretch(1)
        for button in reversed(self.buttons.values()):
            foot.addWidget(button)
        self.body.setSpacing(theme.px(8))
        self.card.body.addLayout(self.body, 1)
        self.card.add(fields)
        self.card.add(self._wrong)
        self.card.add(foot)
        edge = theme.px(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(edge)
        row.addWidget(self.list_card)
        row.addWidget(self.card, 1)

    def name(self, *, waiting: str, one: str, acts: Mapping[How, str]) -> None:
        """The titles of list and card, and what the decisions are called."""
        self.list_card.set_title(waiting)
        self.list.setAccessibleName(waiting)
        self.card.set_title(one)
        self._wrong.setVisible(False)
        for how, button in self.buttons.items():
            button.setText(f"{acts[how]}  {cap(self._keys[how])}")
            button.setAccessibleName(acts[how])

    def set_rows(self, rows: Sequence[T], *, empty: str) -> None:
        """The list anew; the row in view stays in view, with what is being typed for it."""
        self.list.set_rows(rows, empty=empty)
        there = {self._key(row) for row in rows}
        self._typed = {row: typed for row, typed in self._typed.items() if row in there}

    @property
    def chosen(self) -> T | None:
        """The row in view."""
        return self.list.chosen

    def decide(self, how: How) -> None:
        """Decides on the row in view; the field of what is lacking takes the keys first."""
        row = self.chosen
        lack = self._decide(row, how) if row is not None else None
        if lack is not None:
            self._wrong.set_words(lack.words)
            self._wrong.setVisible(True)
            lack.field.setFocus()

    def _open(self, row: T | None) -> None:
        self._keep_typed(self._key(row) if row is not None else None)
        parts = (*self._fields, *self.buttons.values())
        if row is None and any(part.hasFocus() for part in parts):
            self.list.setFocus()
        for part in parts:
            part.setEnabled(row is not None)
        self._opened(row)

    def _keep_typed(self, row: UUID | None) -> None:
        if row == self._in_view:
            return
        if self._in_view is not None:
            self._typed[self._in_view] = tuple(field.text() for field in self._fields)
        typed = self._typed.get(row, ()) if row is not None else ()
        self._in_view = row
        for at, field in enumerate(self._fields):
            field.setText(typed[at] if typed else "")
        self._wrong.setVisible(False)
