"""The queue column: progress of the day, search, filter, sort, the list."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.desk import queueing
from core.desk.desk import Desk
from core.desk.held_rows import held_rows
from core.domain.clock import day_around
from core.domain.text import Lang, Text, filled
from core.store.types import DayFigures, QueueQuery, QueueRow, Sort
from desktop import theme
from desktop.lane import Lane
from desktop.queue import words
from desktop.queue.coming import Coming, said_of
from desktop.queue.delegate import QueueDelegate
from desktop.queue.holds import Holds
from desktop.queue.list_view import ROW_PX, TALL_ROW_PX, QueueList
from desktop.queue.model import PAGE, QueueModel
from desktop.queue.place import Place
from desktop.queue.row_words import RowWords
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.values import Tone

WIDE_PX = 330
"""from here on English reasons stand in one line, too; Chinese ones do anywhere"""
IN_SIGHT = 60
"""rows that a high screen shows: they are read and painted first"""
SORTS = {
    Sort.QUEUE: words.SORT_QUEUE,
    Sort.DUE: words.SORT_DUE,
    Sort.NAME: words.SORT_NAME,
    Sort.TIER: words.SORT_TIER,
    Sort.SCENARIO: words.SORT_SCENARIO,
}


class QueuePanel(QWidget):
    task_chosen = Signal(str)
    read = Signal()
    """list and figures stand there anew"""

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
        self._desk, self._tongue, self._lane = desk, tongue, lane
        self._scenario_name = scenario_name
        self._row_words = RowWords(tongue, scenario_name)
        self._asked = self._stands = 0
        """how often the list was asked for, and which of these times it shows"""
        self._first_wanted = False
        """of what is being searched for"""
        self._coming = Coming.BY_ITSELF
        self._figures: DayFigures | None = None
        self._assigned = 0
        self._card = Card()
        self._progress, self._counts = ProgressLine(), Label(size=12, tone=Tone.MUTED, wrap=True)
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._filter, self._sort = ChoiceBox(), ChoiceBox()
        # The orders are short and shown in full; names of scenarios are cut to what is left.
        self._filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._sort.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._list = QueueList()
        self._model = QueueModel(self._fetch, self._row_words.spoken)
        self._delegate = QueueDelegate(self._row_words, self._now, self._list)
        self.holds = self._row_words.holds = Holds(
            lambda rows: held_rows(desk, rows),
            lane=lane,
            now=self._now,
            changed=self._list.viewport().update,
            parent=self,
        )
        self._empty = Label(size=13, tone=Tone.MUTED, wrap=True)
        self._elsewhere = Label(size=12, tone=Tone.BRAND)
        self._open_key, self._open_name = "", ""
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._lay_out()
        self._connect()
        # Callbacks fall due as time goes by, without anything else happening.
        self._clockwork = QTimer(self)
        self._clockwork.setInterval(15_000)
        self._clockwork.timeout.connect(self.refresh)
        self._clockwork.start()
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self._filter, 1)
        bar.addWidget(self._sort)
        for widget in (self._progress, self._counts, self._search):
            self._card.add(widget)
        self._card.add(bar)
        self._card.add(self._elsewhere)
        self._card.add(self._empty)
        self._card.add(self._list, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._search_changed)
        self._search.returnPressed.connect(self._open_found)
        self._filter.currentIndexChanged.connect(lambda _: self.refresh())
        self._sort.currentIndexChanged.connect(lambda _: self.refresh())
        self._list.opened.connect(self._open)
        self._list.begun.connect(self.open_first)

    # Asking

    def query(self) -> QueueQuery:
        """What the list shows now: the next customer is taken from the same."""
        scenario = self._filter.currentData()
        return QueueQuery(
            scenarios=(scenario,) if scenario else (),
            text=self._search.text().strip(),
            sort=self._chosen_sort(),
            now=self._now(),
        )

    def work_query(self) -> QueueQuery:
        """As `query` without the search: who was looked up does not decide who is called next."""
        scenario = self._filter.currentData()
        return QueueQuery(scenarios=(scenario,) if scenario else (), sort=self._chosen_sort(), now=self._now())

    def _chosen_sort(self) -> Sort:
        # Qt hands a StrEnum back as a plain string.
        return Sort(self._sort.currentData() or Sort.QUEUE)

    def refresh(self) -> None:
        """Read the queue and the day's figures again; what is overtaken before its turn is not read at all."""
        self._asked += 1
        ticket, query = self._asked, self.query()
        # What is in sight, and the chosen task, must be there at once: a list read again keeps its place.
        first = IN_SIGHT if self._list.deepest < IN_SIGHT else PAGE

        def overtaken() -> bool:
            return ticket != self._asked

        def read() -> queueing.Page | None:
            return None if overtaken() else queueing.page(self._desk, query, offset=0, limit=first)

        def show(page: queueing.Page | None) -> None:
            if page is None or overtaken():
                return
            self._show(page)
            self._stands = ticket
            if self._first_wanted:
                self._first_wanted = False
                # Whoever went on elsewhere does not want them any more.
                if self._search.hasFocus():
                    self.open_first()
            # The list is painted before what stands around it is read.
            self._lane(lambda: None if overtaken() else self._read_figures(query.now), self._show_around)

        self._lane(read, show)

    def set_first_contacts(self, found: dict[str, datetime]) -> None:
        """By customer, until when a repair case owes them a first word."""
        if found != self._row_words.first_contacts:
            self._row_words.first_contacts = found
            self._list.viewport().update()

    def _read_figures(self, now: datetime) -> tuple[int, DayFigures, list[str]]:
        start, end = day_around(now)
        store = self._desk.store
        return store.counts(QueueQuery(now=now)).total, store.day_figures(start, end), self._desk.scenarios()

    def _fetch(self, offset: int, limit: int = PAGE) -> None:
        ticket, query = self._asked, self.query()

        def show(page: queueing.Page) -> None:
            if ticket == self._asked:
                self._model.add(page)
                self._list.measure(self._model.headings)
                self._show_elsewhere()

        self._lane(lambda: queueing.page(self._desk, query, offset=offset, limit=limit), show)

    # Showing

    def _show(self, page: queueing.Page) -> None:
        at, bar = self._list.current_task(), self._list.verticalScrollBar().value()
        self._model.show(page)
        self._list.measure(self._model.headings)
        self._list.verticalScrollBar().setValue(bar)
        if at:
            self._list.select(self._model.row_of(at))
        if self._open_key and self._model.row_of(self._open_key) < 0 and not self._model.is_read:
            # Who is open may stand a little further down.
            self._fetch(0)
        else:
            self._show_elsewhere()
        # An empty list stays where it is: hidden, it would give the keys to whatever comes after it.
        self._empty.setVisible(self._model.is_empty)
        self._say_empty()

    def _say_empty(self) -> None:
        query = self.query()
        narrowed = query.text or query.scenarios
        nothing = said_of(self._coming, words.EMPTY)
        self._empty.set_words(self._tongue(words.EMPTY_FILTER if narrowed else nothing))

    def set_coming(self, coming: Coming) -> None:
        """How the sync stands: an empty list says that tasks are on their way or not kept, not that there are none."""
        if coming is not self._coming:
            self._coming = coming
            self._say_empty()

    def _show_around(self, found: tuple[int, DayFigures, list[str]] | None) -> None:
        if found is None:
            return
        self._assigned, self._figures, scenarios = found
        self._show_figures()
        self._show_filter(scenarios)
        self.read.emit()

    def _show_figures(self) -> None:
        figures, say, target = self._figures, self._tongue, self._desk.agent.daily_target
        if figures is None:
            return
        done = say(words.DONE_OF).format(called=figures.called, target=target)
        self._card.set_note(done)
        self._progress.set_progress(figures.called, max(target, 1), spoken=done)
        self._counts.set_words(
            say(words.COUNTS).format(
                assigned=self._assigned, dialled=figures.dialled, connected=figures.connected, success=figures.success
            )
        )

    def _show_filter(self, scenarios: list[str]) -> None:
        held = [self._filter.itemData(i) for i in range(self._filter.count())]
        if held == ["", *scenarios]:
            return
        chosen = self._filter.currentData()
        self._filter.blockSignals(True)
        self._filter.clear()
        for name in ("", *scenarios):
            self._filter.addItem(self._filter_word(name), name)
        self._filter.setCurrentIndex(max(self._filter.findData(chosen), 0))
        self._filter.blockSignals(False)

    def _filter_word(self, scenario: str) -> str:
        return self._tongue(self._scenario_name(scenario) if scenario else words.ALL)

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.TITLE))
        self._search.setPlaceholderText(say(words.SEARCH))
        self._search.setAccessibleName(say(words.SEARCH_KEY))
        self._search.setToolTip(say(words.SEARCH_KEY))
        self._filter.setAccessibleName(say(words.FILTER))
        self._sort.setAccessibleName(say(words.SORT))
        self._list.setAccessibleName(say(words.LIST))
        self._say_empty()
        self._show_elsewhere()
        chosen = self._chosen_sort()
        self._sort.blockSignals(True)
        self._sort.clear()
        for sort, text in SORTS.items():
            self._sort.addItem(say(text), sort)
        self._sort.setCurrentIndex(self._sort.findData(chosen))
        self._sort.blockSignals(False)
        for at in range(self._filter.count()):
            self._filter.setItemText(at, self._filter_word(self._filter.itemData(at)))
        self._show_figures()
        self._fit_rows()
        self._list.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        narrow = self._tongue.lang is Lang.EN and self.width() < theme.px(WIDE_PX)
        self._list.set_row_px(TALL_ROW_PX if narrow else ROW_PX)

    # Choosing

    def mark_open(self, key: str, name: str = "") -> None:
        """The customer on the desk stands out in the list; one who is not in it is named above it."""
        before, now = self._model.row_of(self._open_key), self._model.row_of(key)
        self._delegate.open_key = self._open_key = key
        self._open_name = name
        self._list.select(now)
        # The other rows look as they did: to paint them anew would be felt at each save.
        for row in (before, now):
            if row >= 0:
                self._list.update(self._model.index(row, 0))
        self._show_elsewhere()

    def _show_elsewhere(self) -> None:
        away = bool(self._open_key) and self._model.row_of(self._open_key) < 0
        self._elsewhere.set_words(self._tongue(filled(words.OPEN_ELSEWHERE, name=self._open_name)) if away else "")
        self._elsewhere.setVisible(away)

    def below(self, task_id: str) -> list[str]:
        return self._model.below(task_id)

    def place_of(self, task_id: str) -> Place:
        """Where that task is left, for who comes next."""
        return Place(
            query=self.work_query(),
            leaving=task_id,
            following=self.below(task_id),
            due=self._model.due_before(task_id),
        )

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def focus_list(self) -> None:
        self._list.setFocus()

    def add_above(self, widget: QWidget) -> None:
        """Puts a line above everything else of the column."""
        self._card.body.insertWidget(0, widget)

    @property
    def taking_keys(self) -> tuple[QWidget, ...]:
        """What of the column can have the focus."""
        return self._search, self._filter, self._sort, self._list

    @property
    def search(self) -> QLineEdit:
        return self._search

    @property
    def list_view(self) -> QueueList:
        return self._list

    @property
    def empty_words(self) -> str:
        """What is said where the list is empty."""
        return self._empty.text()

    @property
    def done(self) -> str:
        """How many of the day's target are handled, as it stands in the head of the column."""
        return self._card.note

    @property
    def model(self) -> QueueModel:
        return self._model

    def _open(self, row: QueueRow) -> None:
        self.task_chosen.emit(row.task_id)

    def _search_changed(self) -> None:
        self._first_wanted = False
        self.refresh()

    def _open_found(self) -> None:
        """Return in the search opens the first one found: until the list shows what was typed, it waits for that."""
        self._first_wanted = self._stands != self._asked
        if not self._first_wanted:
            self.open_first()

    def open_first(self) -> None:
        """Return in the list opens the first one while none is chosen."""
        for at in range(self._model.rowCount()):
            row = self._model.at(at)
            if isinstance(row, QueueRow):
                self.task_chosen.emit(row.task_id)
                return

    def _now(self) -> datetime:
        return self._desk.moment().wall
