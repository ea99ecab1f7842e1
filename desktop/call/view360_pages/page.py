"""What the pages share: a column of cards that scrolls, and cards with rows."""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from core.domain.text import Text
from desktop import theme
from desktop.call.view360_presenter import Table, View360
from desktop.widgets.card import Card
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Row, Tone


class Page(QScrollArea):
    """Arrow and page keys scroll it.

    `fill` puts every word and value in place, titles too, so that it serves a new customer and a new language. Qt's
    metaclass leaves no room for ABC's: mypy alone sees to it that each page has one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.inner = QWidget()
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(0, 0, theme.px(2), 0)
        self.column.setSpacing(theme.px(8))
        self.setWidget(self.inner)

    @abstractmethod
    def fill(self, view: View360) -> None:
        """Shows that customer."""

    def add(self, *cards: QWidget, stretch: int = 0) -> None:
        """A card over the whole width, or several side by side."""
        self.column.addWidget(cards[0] if len(cards) == 1 else SideBySide(cards), stretch)


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
        beside = self.parentWidget()
        if isinstance(beside, SideBySide):
            beside.arrange()


class SideBySide(QWidget):
    """Cards beside each other where each has room for its rows, else one above the other."""

    def __init__(self, cards: Sequence[QWidget]) -> None:
        super().__init__()
        self._cards = tuple(cards)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(8))
        for card in cards:
            self._box.addWidget(card, 1)

    def arrange(self) -> None:
        """Called when rows or room have changed."""
        share = (self.width() - self._box.spacing() * (len(self._cards) - 1)) / len(self._cards) - theme.px(25)
        wide = max(card.rows.comfortable_width() for card in self._cards if isinstance(card, RowsCard))
        beside = QBoxLayout.Direction.LeftToRight if wide <= share else QBoxLayout.Direction.TopToBottom
        if beside is not self._box.direction():
            self._box.setDirection(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


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
