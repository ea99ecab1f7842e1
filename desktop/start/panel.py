"""Beside the queue while nobody is open: the day that is ahead, one press to begin, and the keys that begin it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.desk.day_start import DayStart, day_start
from core.desk.desk import Desk
from core.domain.text import Text
from desktop import theme
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.lane import Lane
from desktop.queue.coming import Coming, said_of
from desktop.start import words
from desktop.start.rows import day_line, day_rows, greeted
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.kbd import Kbd
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

KEYS = (Act.DIAL, Act.SAVE, Act.SEARCH, Act.NEW_CALL, Act.KNOWLEDGE, Act.HELP)
WIDEST_PX, KEYS_PX = 560, 360
ENTER = "Enter"


class StartPanel(QWidget):
    begun = Signal()
    """the first customer is wanted"""

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        scenario_name: Callable[[str], Text],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._scenario_name = desk, tongue, lane, scenario_name
        self._shown: DayStart | None = None
        self._asked, self._coming = 0, Coming.BY_ITSELF
        self._greeting, self._day = Label(size=22, bold=True), Label(tone=Tone.MUTED, wrap=True)
        self._day_card, self._keys_card = Card(), Card()
        self.rows = KeyValues()
        self._nothing = Label(tone=Tone.MUTED, wrap=True)
        self.begin = QPushButton()
        self.begin.setProperty("kind", "primary")
        # The keys stay with the queue beside it, which takes the same Enter.
        self.begin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.begin.clicked.connect(self.begun)
        self._key_words = [Label(wrap=True) for _ in range(len(KEYS) + 1)]
        self._caps = [Kbd() for _ in self._key_words]
        self._lay_out()
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        for part in (self._nothing, self.rows, self.begin):
            self._day_card.add(part)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(1, 1)
        for at, (key, label) in enumerate(zip(self._caps, self._key_words, strict=True)):
            grid.addWidget(key, at, 0)
            grid.addWidget(label, at, 1)
        self._keys_card.add(grid)
        cards = QHBoxLayout()
        cards.setSpacing(theme.px(10))
        for card, most in ((self._day_card, WIDEST_PX), (self._keys_card, KEYS_PX)):
            card.stand_by_content()
            card.setMaximumWidth(theme.px(most))
            cards.addWidget(card, most, Qt.AlignmentFlag.AlignTop)
        cards.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(20), theme.px(14), 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self._greeting)
        column.addWidget(self._day)
        column.addLayout(cards)
        column.addStretch(1)

    def refresh(self) -> None:
        """Read the day again; an overtaken answer is dropped."""
        self._asked += 1
        ticket = self._asked

        def show(found: DayStart | None) -> None:
            if found is not None and ticket == self._asked:
                self._shown = found
                self._show()

        self._lane(lambda: day_start(self._desk) if ticket == self._asked else None, show)

    def set_coming(self, coming: Coming) -> None:
        """How the sync stands: tasks may be on their way, or not be kept."""
        if coming is not self._coming:
            self._coming = coming
            self._show()

    def retranslate(self) -> None:
        say = self._tongue
        self._day_card.set_title(say(words.TITLE))
        self.rows.setAccessibleName(say(words.TITLE))
        self._keys_card.set_title(say(words.KEYS))
        self.begin.setText(f"{say(words.BEGIN)}  {ENTER}")
        self.begin.setAccessibleName(say(words.BEGIN))
        pairs = [(say(words.CHOOSE), words.CHOOSING), *(BOUND[act] for act in KEYS)]
        for key, label, (shown, text) in zip(self._caps, self._key_words, pairs, strict=True):
            key.set_key(cap(shown))
            label.set_words(say(text))
        self._show()

    def _show(self) -> None:
        start, say = self._shown, self._tongue
        # Nothing is said before something is known.
        self._day_card.setVisible(start is not None)
        if start is None:
            return
        self._greeting.set_words(greeted(start, self._desk.agent.name, say))
        self._day.set_words(day_line(start, say))
        self.rows.set_rows(day_rows(start, self._scenario_name, say))
        self._nothing.set_words(say(said_of(self._coming, words.NOTHING)))
        self._nothing.setVisible(not start.counts.total)
        self.begin.setVisible(bool(start.counts.total))
