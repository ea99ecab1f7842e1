"""What has been promised: as a list (callbacks by time; texts, orders, work orders, visits) and as a week."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.desk.committing import end
from core.desk.desk import Desk
from core.desk.errands import withdraw
from core.desk.promises import Promised, promised
from core.domain.clock import CHINA, local_day
from core.domain.people import Right
from core.domain.text import Text
from core.sync.ask import Ask
from desktop import theme
from desktop.cases.composer import Composer
from desktop.followups import words
from desktop.followups.asking import Asking
from desktop.followups.rows import NO_TIME, course_of, customer_of, other_rows
from desktop.followups.subject import Subject
from desktop.followups.week import WeekView
from desktop.keys.call import SENDING, Send
from desktop.keys.following import WEEK, Week
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.keyed_rows import KeyedRows
from desktop.widgets.label import Label
from desktop.widgets.page_tabs import PageTabs
from desktop.widgets.row_table import RowTable
from desktop.widgets.values import Tone

TABS_WIDTH = 220
"""two short titles: over the whole page they would stand far apart"""


class FollowUpsPage(QWidget):
    task_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        scenario_name: Callable[[str], Text],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
        ask: Ask,
        network_lane: Lane,
        parent: QWidget | None = None,
    ) -> None:
        """`logged`: something was said that is to be uploaded."""
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._scenario_name = desk, tongue, lane, scenario_name
        self._shown: Promised | None = None
        self._callbacks_card, self._others_card = Card(), Card()
        self._callback_model, self._other_model = KeyedRows(), KeyedRows()
        self.callbacks, self.others = RowTable(self._callback_model), RowTable(self._other_model)
        self._hint = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._say, self._logged = say, logged
        self.composer, self.sends = Composer(tongue), {act: Chip(key=key) for act, (key, _) in SENDING.items()}
        self._asking = Asking(
            desk, ask, tongue, self.composer, lane=lane, network_lane=network_lane, done=self._written,
            store_changed=logged, say=say, show_error=show_error, parent=self,
        )  # fmt: skip
        self.week = WeekView(desk, tongue, lane=lane, say=say, show_error=show_error)
        self._lists, self.tabs, self._both = QWidget(), PageTabs(2), QStackedWidget()
        self.tabs.setMaximumWidth(theme.px(TABS_WIDTH))
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.callbacks)
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        # Only now are there columns that could be given a width.
        self.callbacks.widen((140, 80, 160))
        self.others.widen((132, 72, 96, 160, 220))
        self.others.stretch(words.OTHER_COLUMNS.index(words.CONTENT))

    def _lay_out(self) -> None:
        self._callbacks_card.add(self.callbacks, 1)
        self._others_card.add(self.others, 1)
        self._others_card.add(self._hint)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self._callbacks_card, 5)
        row.addWidget(self._others_card, 7)
        row.setContentsMargins(0, 0, 0, 0)
        above = QVBoxLayout(self._lists)
        above.setContentsMargins(0, 0, 0, 0)
        above.addLayout(row, 1)
        above.addWidget(self.composer)
        above.addLayout(self._made_chips())
        for part in (self._lists, self.week):
            self._both.addWidget(part)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, theme.px(4), edge, edge)
        column.setSpacing(theme.px(6))
        column.addWidget(self.tabs)
        column.addWidget(self._both, 1)

    def _connect(self) -> None:
        self.tabs.turned.connect(self._turn)
        self.week.task_chosen.connect(self.task_chosen)
        self.week.moved.connect(self._logged)
        self.week.moved.connect(self._read)
        QShortcut(QKeySequence(WEEK[Week.SWITCH][0]), self, self.switch)
        self.callbacks.activated.connect(self._open)
        self.others.activated.connect(self._open_customer)
        self.others.selectionModel().currentRowChanged.connect(lambda *_: self._show_course())

    def _made_chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        leads = Right.SEE_TEAM in self._desk.agent.rights
        for act, (key, _) in SENDING.items():
            chip = self.sends[act]
            if act is Send.ANSWER and not leads:
                chip.hide()
            chip.clicked.connect(partial(self.send, act))
            row.addWidget(chip)
            shortcut = QShortcut(QKeySequence(key), self._lists)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.send, act))
        row.addStretch(1)
        self.composer.left.connect(self.callbacks.setFocus)
        return row

    def send(self, act: Send) -> None:
        """For the customer of the chosen row."""
        if act is Send.TAKE_BACK:
            self._take_back()
        else:
            self._asking.begin(act, self._subject())

    def _subject(self) -> Subject:
        table = self.others if self.others.hasFocus() else self.callbacks
        now, shown = table.currentIndex(), self._shown
        if not now.isValid() or shown is None:
            return Subject()
        if table is self.others:
            key = self._other_model.key(now.row())
            customer, name, scenario = customer_of(shown, key)
            me = self._desk.agent.staff_number
            booking = next((one.id for one, _ in shown.store_times if str(one.id) == key), None)
            theirs = (one.told.errand for one, _ in shown.errands if one.told.is_open and one.told.errand.agent != me)
            passed_on = next((one.id for one in theirs if str(one.id) == key), None)
            return Subject(customer, name, scenario, passed_on, booking)
        row = next(one for one in shown.callbacks if one.task_id == self._callback_model.key(now.row()))
        return Subject(row.customer_id, row.name, row.scenario)

    def _take_back(self) -> None:
        now, shown, desk = self.others.currentIndex(), self._shown, self._desk
        key = self._other_model.key(now.row()) if now.isValid() else ""
        errand = next((s.told for s, _ in shown.errands if str(s.told.errand.id) == key), None) if shown else None
        kept = (
            next((c.commitment for c, _ in shown.commitments if str(c.commitment.id) == key), None) if shown else None
        )
        booked = next((one for one in shown.store_times if str(one[0].id) == key), None) if shown else None
        if booked is not None:
            self._asking.stores.cancel(booked[0].id, booked[1])
            return
        if errand is not None and errand.is_open and errand.errand.agent == desk.agent.staff_number:
            act: Callable[[], None] = partial(withdraw, desk, errand.errand.id)
        elif kept is not None:
            act = partial(end, desk, kept.id)
        else:
            self._say(words.NOTHING_TO_TAKE_BACK, Tone.WARN)
            return
        self._lane(act, lambda _: self._written(words.KEPT[Send.TAKE_BACK]))

    def _written(self, told: Text) -> None:
        self._say(told, Tone.OK)
        self._logged()
        self.refresh()

    def switch(self) -> None:
        """From the list to the week, and back."""
        self.tabs.choose(1 - self.tabs.current)

    def _turn(self, part: int) -> None:
        self._both.setCurrentIndex(part)
        self.setFocusProxy(self.week if part else self.callbacks)
        self.refresh()
        self.setFocus()

    def refresh(self) -> None:
        self._read()
        if self.tabs.current:
            self.week.refresh()

    def _read(self) -> None:
        def show(found: Promised) -> None:
            self._shown = found
            self._fill()

        self._lane(lambda: promised(self._desk), show)

    def retranslate(self) -> None:
        say = self._tongue
        self.tabs.set_titles([f"{say(words.LIST)}", f"{say(words.WEEK)}"])
        self.week.retranslate()
        for act, (key, text) in SENDING.items():
            self.sends[act].set_chip(say(text), key=key)
        self._callbacks_card.set_title(say(words.CALLBACKS))
        self._others_card.set_title(say(words.OTHERS))
        self.callbacks.setAccessibleName(say(words.CALLBACKS))
        self.others.setAccessibleName(say(words.OTHERS))
        self._hint.set_words(say(words.HINT))
        self._fill()

    def _fill(self) -> None:
        say, shown = self._tongue, self._shown
        callbacks = shown.callbacks if shown else []
        now = self.callbacks.currentIndex()
        stood = self._callback_model.key(now.row()) if now.isValid() else ""
        self._callback_model.show(
            [say(text) for text in words.CALLBACK_COLUMNS],
            [(_hour(r.callback_at), r.name, say(self._scenario_name(r.scenario)), say(r.reason)) for r in callbacks],
            [r.task_id for r in callbacks],
        )
        at = self._callback_model.place_of(stood)
        if at >= 0 and not self.callbacks.currentIndex().isValid():
            self.callbacks.setCurrentIndex(self._callback_model.index(at, now.column()))
        rows = other_rows(shown, say, self._desk.moment().wall) if shown else []
        other = self.others.currentIndex()
        chosen = self._other_model.key(other.row()) if other.isValid() else ""
        self._other_model.show(
            [say(text) for text in words.OTHER_COLUMNS], [row.cells for row in rows], [row.key for row in rows]
        )
        at = self._other_model.place_of(chosen)
        if at >= 0 and not self.others.currentIndex().isValid():
            self.others.setCurrentIndex(self._other_model.index(at, 0))
        self._show_course()
        self.callbacks.say_when_empty(say(words.NO_CALLBACKS) if shown else "")
        self.others.say_when_empty(say(words.NO_OTHERS) if shown else "")
        self._callbacks_card.set_note(str(len(callbacks)))
        self._others_card.set_note(str(len(rows)))

    def _show_course(self) -> None:
        """What the chosen row says in full, where it is an errand; else what holds for all of them."""
        now, shown, say = self.others.currentIndex(), self._shown, self._tongue
        key = self._other_model.key(now.row()) if now.isValid() else ""
        today = local_day(self._desk.moment().wall)
        self._hint.set_words(course_of(shown, key, today, say) if shown and key else "")
        if not self._hint.text():
            self._hint.set_words(say(words.HINT))

    def _open(self, index: QModelIndex) -> None:
        self.task_chosen.emit(self._callback_model.key(index.row()))

    def _open_customer(self, index: QModelIndex) -> None:
        """The customer of a row at the right, where a task of theirs is on this desk."""
        customer_id = customer_of(self._shown, self._other_model.key(index.row()))[0] if self._shown else ""

        def found(task_id: str) -> None:
            if task_id:
                self.task_chosen.emit(task_id)
            else:
                self._say(words.NOT_HERE, Tone.WARN)

        self._lane(lambda: next((one.id for one in self._desk.store.tasks_of(customer_id)), ""), found)


def _hour(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else NO_TIME
