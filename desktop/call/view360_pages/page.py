"""What the pages share: a column of cards that scrolls, and cards with rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.domain.text import Text
from desktop import theme
from desktop.call.view360_presenter import Table, View360
from desktop.widgets.card import Card
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Row, Tone


class Page(QScrollArea):
    """`fill` puts every word and value in place, titles too, so that it serves a new customer and a new language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(10))
        self.setWidget(inner)

    def fill(self, view: View360) -> None:
        """Shows that customer."""
        raise NotImplementedError

    def add(self, *cards: QWidget, stretch: int = 0) -> None:
        """A card over the whole width, or several side by side."""
        if len(cards) == 1:
            self.column.addWidget(cards[0], stretch)
            return
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for card in cards:
            row.addWidget(card, 1)
        self.column.addLayout(row, stretch)


class RowsCard(Card):
    """A card that holds rows of labels and values."""

    def __init__(self, title: Text, *, columns: int = 1) -> None:
        super().__init__()
        self._words = title
        self.rows = KeyValues(columns=columns)
        self.add(self.rows)
        self.body.addStretch(1)

    def fill(self, view: View360, rows: Sequence[Row], *, title: str = "", note: str = "") -> None:
        self.set_title(title or view.w(self._words))
        self.set_note(note)
        self.rows.setAccessibleName(self.title)
        self.rows.set_rows(rows)


class TableCard(Card):
    """A card that holds a table, or one line where there is nothing to list."""

    def __init__(self, title: Text, *, most: int = 12) -> None:
        super().__init__()
        self._words = title
        self.table = SmallTable(most=most)
        self.nothing = Label(size=13, tone=Tone.MUTED)
        self.add(self.table)
        self.add(self.nothing)
        self.body.addStretch(1)

    def fill(self, view: View360, content: Table, absent: str) -> None:
        """`absent` stands there for an empty table."""
        heads, rows = content
        self.set_title(view.w(self._words))
        self.set_note(str(len(rows)) if rows else "")
        self.table.setAccessibleName(self.title)
        self.table.set_table(heads, rows)
        self.table.setVisible(bool(rows))
        self.nothing.set_words("" if rows else absent)
        self.nothing.setVisible(not rows)
