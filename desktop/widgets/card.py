"""A card: a rounded surface with a title at the left, a note and a key cap at the right, and room below."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.kbd import Kbd
from desktop.widgets.label import Label
from desktop.widgets.painted import Painted, draw_sheet
from desktop.widgets.values import Tone

RADIUS = 8


class Card(Painted):
    """`body` is the layout below the title. The accessible name is the title."""

    def __init__(self, title: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(size=13, bold=True, tone=Tone.MUTED)
        self._note = Label(size=13, bold=True, tone=Tone.MUTED)
        self._key = Kbd()
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._note)
        self._head.addWidget(self._key)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(self._head)
        self.body = QVBoxLayout()
        self._outer.addLayout(self.body, 1)
        self._measure()
        self.set_title(title)
        self.set_note("")

    def set_title(self, title: str) -> None:
        self._title.set_words(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_note(self, note: str, tone: Tone = Tone.MUTED) -> None:
        """The words at the right of the title."""
        self._note.set_words(note, tone)
        self._note.setVisible(bool(note))
        self.setAccessibleDescription(note)

    def set_key(self, key: str) -> None:
        """The cap at the right, bound elsewhere."""
        self._key.set_key(key)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def note(self) -> str:
        return self._note.text()

    def add(self, what: QWidget | QLayout, stretch: int = 0) -> None:
        """Puts a widget or a layout at the end of the body."""
        if isinstance(what, QWidget):
            self.body.addWidget(what, stretch)
        else:
            self.body.addLayout(what, stretch)

    def stand_by_content(self) -> None:
        """Takes no more height than its content asks for."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def restyled(self) -> None:
        self._measure()
        super().restyled()

    def _measure(self) -> None:
        edge = theme.px(12)
        self._outer.setContentsMargins(edge, theme.px(10), edge, edge)
        self._outer.setSpacing(theme.px(8))
        self._head.setSpacing(theme.px(6))
        self.body.setSpacing(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, inset = theme.tokens(), theme.px(RADIUS)
        painter = QPainter(self)
        if self.rect().adjusted(inset, inset, -inset, -inset).contains(event.rect()):
            # Nothing of the edge is wanted.
            painter.fillRect(event.rect(), theme.colour(t.card))
        else:
            draw_sheet(painter, self.rect(), fill=theme.colour(t.card), edge=theme.colour(t.line), radius=inset)
        painter.end()
