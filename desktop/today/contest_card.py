"""The card of contests and points on the page of the day; out of sight where nothing runs."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.desk.competing import Competing
from core.domain.clock import CHINA
from core.domain.text import filled
from desktop.today import words
from desktop.today.contest_rows import contest_table, points_lines
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.small_table import SmallTable

_LINES = 4
"""of points: more incentives than two at a time are not run"""


class ContestCard(QWidget):
    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue, self._found = tongue, Competing()
        self._card, self.table = Card(), SmallTable()
        self.lines = [Label(size=13, wrap=True) for _ in range(_LINES)]
        self._card.add(self.table)
        for line in self.lines:
            self._card.add(line)
        self._card.stand_by_content()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.retranslate()

    def show_competing(self, found: Competing) -> None:
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.CONTESTS))
        heads, rows = contest_table(self._found, say)
        told = points_lines(self._found, say)
        self.setVisible(bool(rows or told))
        self.table.setVisible(bool(rows))
        if rows:
            self.table.setAccessibleName(say(words.CONTESTS))
            self.table.set_table(heads, rows)
            newest = max(one.board.as_of for one in self._found.standings).astimezone(CHINA)
            self._card.set_note(say(filled(words.BOARD_AS_OF, at=f"{newest:%H:%M}")))
        for line, (text, tone) in zip(self.lines, [*told, *[("", None)] * _LINES], strict=False):
            line.setVisible(bool(text))
            if tone is not None:
                line.set_words(text, tone)
