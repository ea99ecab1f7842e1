"""The calendar of the follow-ups: a week, what is chosen in words, and with whom another time was agreed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.desk.agenda import AgendaItem, agenda, move
from core.desk.desk import Desk
from core.domain.clock import CHINA, day_start
from core.domain.outcome import Contact
from core.domain.text import Text, filled
from desktop import theme
from desktop.followups import words
from desktop.followups.week_grid import WeekGrid, tone_of
from desktop.followups.week_layout import DAYS, monday_of
from desktop.keys.call import AGREED_WITH
from desktop.keys.following import WEEK, Week
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.label import Label
from desktop.widgets.values import Tone


class WeekView(QWidget):
    task_chosen = Signal(str)
    moved = Signal()
    """something stands at another time now"""

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane = desk, tongue, lane
        self._say, self._show_error = say, show_error
        self._monday = monday_of(desk.moment().wall.astimezone(CHINA).date())
        self._items: list[AgendaItem] = []
        self._asked = 0
        self.grid = WeekGrid(self._spoken)
        self._line = Label(size=13, wrap=True)
        self._hint = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.agreed = {who: Chip(key=key) for who, (key, _) in AGREED_WITH.items()}
        self._card = Card()
        self._card.add(self.grid, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addWidget(self._line, 1)
        for chip in self.agreed.values():
            below.addWidget(chip)
        self._card.add(below)
        self._card.add(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card, 1)
        self._connect()
        self.setFocusProxy(self.grid)
        self.retranslate()

    def _connect(self) -> None:
        self.grid.turned.connect(self._show_line)
        self.grid.opened.connect(self._open)
        for who, (key, _) in AGREED_WITH.items():
            self.agreed[who].clicked.connect(partial(self.agree, who))
            self._bind(key, partial(self.agree, who))
        self._bind(WEEK[Week.BEFORE][0], lambda: self._turn(-DAYS))
        self._bind(WEEK[Week.AFTER][0], lambda: self._turn(DAYS))
        self._bind(WEEK[Week.TODAY][0], self._this_week)
        self._bind(WEEK[Week.STAY][0], self.grid.drop)

    def _bind(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self.grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    # The week

    def refresh(self) -> None:
        """An answer that a later one has overtaken is dropped."""
        self._asked += 1
        ticket, monday = self._asked, self._monday
        start = day_start(monday)

        def show(found: list[AgendaItem]) -> None:
            if ticket == self._asked:
                self._items = found
                self._fill()

        self._lane(lambda: agenda(self._desk, start, start + timedelta(days=DAYS)), show)

    def retranslate(self) -> None:
        say = self._tongue
        self.grid.setAccessibleName(say(words.WEEK))
        self._hint.set_words(say(words.WEEK_HINT))
        for who, (key, text) in AGREED_WITH.items():
            self.agreed[who].set_chip(say(text), key=key)
        self._fill()

    def _fill(self) -> None:
        say, now = self._tongue, self._desk.moment().wall
        days = [self._monday + timedelta(days=at) for at in range(DAYS)]
        heads = [f"{say(name)} {day:%m-%d}" for name, day in zip(words.DAYS, days, strict=True)]
        last = days[-1]
        self._card.set_title(say(filled(words.WEEK_OF, first=f"{self._monday:%Y-%m-%d}", last=f"{last:%m-%d}")))
        late = sum(one.late for one in self._items)
        note = filled(words.IN_WEEK_LATE if late else words.IN_WEEK, n=str(len(self._items)), late=str(late))
        self._card.set_note(say(note), Tone.BAD if late else Tone.MUTED)
        self.grid.set_week(self._monday, heads, self._items, now)

    def _turn(self, days: int) -> None:
        self._show_week(self._monday + timedelta(days=days))

    def _this_week(self) -> None:
        self._show_week(monday_of(self._desk.moment().wall.astimezone(CHINA).date()))

    def _show_week(self, monday: date) -> None:
        self.grid.drop()
        self._monday, self._items = monday, []
        self._fill()
        self.refresh()

    @property
    def monday(self) -> date:
        return self._monday

    # One item

    def _open(self, item: AgendaItem) -> None:
        if item.task_id:
            self.task_chosen.emit(item.task_id)
        else:
            self._say(words.NOT_HERE, Tone.WARN)

    def agree(self, who: Contact) -> None:
        """The customer, or who spoke for them, said that the time suits."""
        item, to = self.grid.chosen, self.grid.held
        if item is None or to is None:
            return

        def done(at: datetime) -> None:
            self.grid.drop()
            self._say(filled(words.MOVED, name=item.name, when=_when(at)), Tone.OK)
            self.moved.emit()
            self.refresh()

        self._lane(lambda: move(self._desk, item, to, who), done, self._show_error)

    def _show_line(self) -> None:
        item, to = self.grid.chosen, self.grid.held
        for chip in self.agreed.values():
            chip.setVisible(to is not None)
        if item is None:
            self._line.set_words(self._tongue(words.EMPTY_WEEK), Tone.MUTED)
        elif to is not None:
            asked = filled(words.WITH_WHOM, name=item.name, before=_when(item.at), to=_when(to))
            self._line.set_words(self._tongue(asked), Tone.BRAND)
        else:
            tone = tone_of(item)
            self._line.set_words(self._spoken(item), tone if tone in (Tone.BAD, Tone.MUTED) else Tone.NEUTRAL)

    def _spoken(self, item: AgendaItem) -> str:
        say = self._tongue
        parts = [_when(item.at), say(words.ITEM_KINDS[item.kind]), item.name, say(item.what)]
        if item.state is not None:
            parts.append(say(item.state))
        return " · ".join(part for part in parts if part)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%m-%d %H:%M}"
