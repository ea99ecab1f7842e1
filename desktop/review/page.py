"""The review page: filters on top, the overview or the calls behind a figure below; works on what this machine holds.

All reading and reckoning runs on a worker, an answer that another question has overtaken is dropped. What takes seconds
(reading what was pulled, grouping, writing a file) runs beside everything else of the window.
"""

import threading
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.desk.reviewing import Asked, Cancelled, ListedCall, Loaded, Look, Reviewer, calls_behind, look
from core.domain.clock import local_day
from core.domain.errors import Refused
from core.domain.script import Script
from core.domain.text import Text
from core.review.taking.labels import Labels
from core.sync.review import ReviewLine, ReviewStatus
from desktop import theme
from desktop.effort import Effort, Stopped
from desktop.lane import HeavyLane, Lane
from desktop.review import words
from desktop.review.calls_view import CallsView
from desktop.review.extras import Extras, InView
from desktop.review.filters import Filters
from desktop.review.overview import Overview
from desktop.review.status_line import StatusLine, day_and_hour
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

SETTLE_MS = 30
"""several filters that change together are one question"""


class ReviewPage(QWidget):
    _told = Signal(object, bool)
    """the line's status, from its thread"""

    def __init__(
        self,
        desk: Desk,
        line: ReviewLine,
        tongue: Tongue,
        *,
        lane: Lane,
        heavy: HeavyLane,
        scenario_name: Callable[[str], Text],
        online: Callable[[], bool],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._line, self._tongue, self._lane, self._heavy = desk, line, tongue, lane, heavy
        self._scenario_name, self._show_error = scenario_name, show_error
        self._reviewer = Reviewer(desk)
        self.loaded: Loaded | None = None
        self.look: Look | None = None
        self._labels = Labels()
        self._looks = self._lists = 0
        """how often figures, and calls behind one, were asked for"""
        self._forbidden = False
        self._reading = threading.Event()
        """set while a load is under way; a new pull in the middle reads anew afterwards"""
        self._stale = True
        self.filters = Filters(tongue)
        self.status = StatusLine(tongue, line, online)
        self.overview, self.calls = Overview(tongue, self.name), CallsView(tongue)
        self.overview.offer_names = self._offer_name
        self._empty = Label(size=14, tone=Tone.MUTED, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        for view in (self._empty, self.overview, self.calls):
            self.stack.addWidget(view)
        self.extras = Extras(
            desk,
            self._reviewer,
            tongue,
            lane=lane,
            heavy=heavy,
            stack=self.stack,
            overview=self.overview,
            in_view=self._in_view,
            name=self.name,
            open_calls=self.show_listed,
            show_error=show_error,
            stop_reading=self.status.stop,
            logged=logged,
        )
        self._offers: dict[str, Text] = {}
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        edge = theme.px(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, theme.px(8), edge, edge)
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        row.addWidget(self.filters, 1)
        row.addWidget(self.status)
        column.addLayout(row)
        column.addWidget(self.extras)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._ask)
        self.filters.changed.connect(self._choose)
        self.overview.compared.connect(self._timer.start)
        self.overview.asked.connect(self.open_calls)
        self.extras.rewards_view.asked.connect(self.open_calls)
        self.calls.left.connect(self.show_overview)
        self.calls.chosen.connect(self._open_call)
        QShortcut(QKeySequence("Escape"), self, self.show_overview)
        self.extras.bind_keys(self)
        self.status.asked.connect(self._load_new)
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        ended = self._line.listen(lambda status, new: self._told.emit(status, new))
        self.destroyed.connect(lambda _=None: ended())
        self._tongue.changed.connect(self.retranslate)

    # What is on this machine

    def refresh(self) -> None:
        """The page was chosen: what is new is read, and the newest asked for in the background."""
        self._line.pull()
        self._load_new()

    def _hear(self, status: ReviewStatus, new: bool) -> None:
        self.status.show_status(status)
        if new:
            self._stale = True
            if self.isVisible():
                self._load()
        self._forbidden = isinstance(status.error, Refused) and status.error.code == "forbidden"
        if self._forbidden:
            self._show_nothing()

    def _load_new(self) -> None:
        if self._stale or self.loaded is None:
            self._load()

    def _load(self) -> None:
        if self._reading.is_set():
            return
        self._reading.set()
        self._stale = False
        self.status.show_reading(self._heavy(self._read, self._take, self._fail))

    def _read(self, effort: Effort) -> tuple[Loaded | None, Labels, dict[str, Text]]:
        loaded = self._reviewer.load(wanted=lambda: not self._stale, told=effort.step)
        return loaded, self._reviewer.labels(), self._reviewer.offer_names()

    def _take(self, found: tuple[Loaded | None, Labels, dict[str, Text]]) -> None:
        self._reading.clear()
        self.status.show_read()
        self.loaded, self._labels, self._offers = found
        if self._stale:
            self._load()
            return
        if self.loaded is None or not len(self.loaded.frame.calls):
            self._show_nothing(self.loaded)
            return
        days = self.loaded.frame.days
        self.filters.offer(self.loaded.present, days[1] if days else local_day(self.loaded.as_of), self.name)
        self._ask()

    def _show_nothing(self, loaded: Loaded | None = None) -> None:
        """No call is here; what was asked of those that were here before is wanted no more."""
        self.loaded, self.look = loaded, None
        self._looks += 1
        self._lists += 1
        self.stack.setCurrentWidget(self._empty)
        self.retranslate()

    def _fail(self, error: Exception) -> None:
        self._reading.clear()
        self.status.show_read(stopped=isinstance(error, Stopped))
        if isinstance(error, Cancelled):
            self._load()
        elif isinstance(error, Stopped):
            # What was in view stays; the newest is read when it is asked for again.
            self._stale = True
        else:
            self._show_error(error)

    # What is looked at

    def _choose(self) -> None:
        """Another choice: calls behind a figure of the last one that are not shown yet are wanted no more."""
        self._lists += 1
        self._timer.start()

    def _ask(self) -> None:
        loaded = self.loaded
        if loaded is None or not len(loaded.frame.calls):
            return
        self._looks += 1
        ticket, choice = self._looks, self.filters.choice()
        dimension, days = self.overview.chosen_dimension, self.filters.save_days()

        def done(found: Look) -> None:
            if ticket == self._looks:
                self._show(found)

        self._lane(lambda: look(loaded, choice, dimension, days), done, self._show_error)

    def _show(self, found: Look) -> None:
        self.look = found
        self.overview.show_look(found, self._labels)
        self.extras.looked()
        if self.stack.currentWidget() is self._empty:
            self.stack.setCurrentWidget(self.overview)
        if self.loaded is not None:
            self.status.show_figures(calls=len(self.loaded.frame.calls), as_of=day_and_hour(self.loaded.as_of))

    def open_calls(self, question: Asked, what: str) -> None:
        """The calls that a figure counts."""
        loaded = self.loaded
        if loaded is None:
            return
        self._lists += 1
        ticket = self._lists

        def read() -> tuple[list[ListedCall], int]:
            found = calls_behind(loaded, question)
            return self._reviewer.details(loaded.frame, found.rows), found.count

        def done(found: tuple[list[ListedCall], int]) -> None:
            if ticket == self._lists:
                self.calls.show_calls(loaded.frame, found[0], self._labels, what, found[1])
                self.stack.setCurrentWidget(self.calls)
                self.calls.list.setFocus()

        self._lane(read, done, self._show_error)

    def show_listed(self, listed: list[ListedCall], what: str) -> None:
        """These calls, as if they stood behind a figure."""
        if self.loaded is not None:
            self.calls.show_calls(self.loaded.frame, listed, self._labels, what, len(listed))
            self.stack.setCurrentWidget(self.calls)
            self.calls.list.setFocus()

    def _in_view(self) -> InView | None:
        if self.loaded is None or self.look is None:
            return None
        return InView(self.loaded, self.look, self._labels)

    def _open_call(self, listed: ListedCall) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        scenario = loaded.frame.calls.word("scenario", listed.row)

        def read() -> Script | None:
            return self._reviewer.script(scenario, listed.detail.script_version)

        self._lane(read, lambda script: self.calls.show_script(listed, script), self._show_error)

    def show_overview(self) -> None:
        if self.stack.currentWidget() is self.calls:
            self.stack.setCurrentWidget(self.extras.view)
            (self.overview.groups if self.extras.view is self.overview else self.extras.view).setFocus()

    # Words

    def name(self, dimension: str, word: str) -> str:
        """A word of a dimension as people read it."""
        if self.loaded is None:
            return word
        if dimension == "scenario":
            return self._tongue(self._scenario_name(word))
        return self._tongue(self._labels.of(dimension, word, self.loaded.frame))

    def _offer_name(self, offer: str) -> str:
        found = self._offers.get(offer)
        return self._tongue(found) if found else offer

    def retranslate(self) -> None:
        nothing = self.loaded is not None and not len(self.loaded.frame.calls)
        told = words.SIGNED_OUT if self._forbidden else words.NO_CALLS if nothing else words.NOTHING_YET
        self._empty.set_words(self._tongue(told))
        self.filters.retranslate()
        self.status.retranslate()
        self.overview.retranslate()
        self.calls.retranslate()
        self.extras.retranslate()
