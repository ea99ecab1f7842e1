"""Care that is due today for the customers of this desk: by which channel, in which words; Enter opens the customer.

What is given here, as a text or in a call, rests from then on: on this desk at once, on all others with the sync."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.desk.care_giving import given_today, note_call, plan_text
from core.desk.caring import AT_ONCE, CareDue, CareLook, care_classes, care_due
from core.desk.desk import Desk
from core.domain.care_class import CareChannel, CareClasses
from core.domain.care_given import CareGiven
from core.domain.text import Text, filled
from desktop import theme
from desktop.care import words
from desktop.care.detail import CareDetail
from desktop.keys.caps import cap
from desktop.keys.following import CARING, Caring
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Tone


class CarePage(QWidget):
    task_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """`logged` is told when something waits to be uploaded."""
        super().__init__(parent)
        self._desk, self._tongue, self._lane = desk, tongue, lane
        self._say, self._show_error, self._logged = say, show_error, logged
        self.due: list[CareDue] = []
        self._classes: CareClasses | None = None
        self._asked, self._looking, self._giving = 0, True, False
        self._given: set[tuple[str, str]] = set()
        """what was given since the look that is under way began, which may have found it due before"""
        self._today: dict[CareChannel, int] = {}
        self._card, self._told = Card(), Label(size=12, tone=Tone.MUTED, wrap=True)
        self.list: LineList[CareDue] = LineList(
            draw=self._draw, spoken=self._spoken, hint=lambda one: one.message(tongue.lang), tall=_tall
        )
        self.detail, self.open = CareDetail(tongue), QPushButton()
        self.acts = {how: QPushButton() for how in Caring}
        self.open.setProperty("kind", "primary")
        self._lay_out()
        self.list.activated.connect(lambda index: self._open(index.row()))
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show_due(now.row()))
        self.open.clicked.connect(lambda: self._open(self.list.currentIndex().row()))
        for how, button in self.acts.items():
            button.clicked.connect(lambda _=False, how=how: self.give(how))
            key = QShortcut(QKeySequence(CARING[how][0]), self, lambda how=how: self.give(how))
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self._card.add(self.list, 1)
        self._card.add(self._told)
        self._card.setFixedWidth(theme.px(380))
        right = QVBoxLayout()
        right.addWidget(self.detail, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (*self.acts.values(), self.open):
            foot.addWidget(button)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        edge = theme.px(10)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(edge)
        row.addWidget(self._card)
        row.addLayout(right, 1)

    def hideEvent(self, event: QHideEvent) -> None:
        """A look that is under way ends: whoever comes back has the page look anew."""
        self._asked += 1
        super().hideEvent(event)

    def refresh(self) -> None:
        """Looks at the queue's customers a few at a time: nobody waits for the store behind this."""
        self._asked += 1
        self._given.clear()
        ticket = self._asked

        def classes(found: CareClasses | None) -> None:
            if ticket == self._asked:
                self._classes = found
                self._look(ticket, 0, [])

        self._lane(lambda: care_classes(self._desk), classes)
        self._lane(lambda: given_today(self._desk), self._count)

    def _look(self, ticket: int, start: int, so_far: list[CareDue]) -> None:
        classes = self._classes
        if classes is None:
            self._put([])
            return

        def done(found: CareLook) -> None:
            if ticket != self._asked:
                return
            due = [*so_far, *found.due]
            if found.more:
                self._look(ticket, start + AT_ONCE, due)
            else:
                self._put(due)

        self._lane(lambda: care_due(self._desk, classes, start), done)

    def _put(self, due: list[CareDue]) -> None:
        """In the order of the classes; the one that was read stays chosen."""
        order = [one.code for one in self._classes.classes] if self._classes else []
        left = (one for one in due if _key(one) not in self._given)
        self.due = sorted(left, key=lambda one: order.index(one.care.code))
        self._looking = False
        self._show()

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.DUE))
        self.list.setAccessibleName(say(words.DUE))
        self.open.setText(f"{say(words.OPEN)}  Enter")
        self.open.setAccessibleName(say(words.OPEN))
        for how, text in ((Caring.TEXT, words.SEND_TEXT), (Caring.CALLED, words.SAID)):
            self.acts[how].setText(f"{say(text)}  {cap(CARING[how][0])}")
            self.acts[how].setAccessibleName(say(text))
        self._count(self._today)
        self._show()

    def _show(self) -> None:
        say, row = self._tongue, max(self.list.currentIndex().row(), 0)
        kept = self.list.lines.row(row) if row < self.list.lines.rowCount() else None
        empty = words.LOOKING if self._looking else words.NONE if self._classes else words.NO_CLASSES
        self.list.set_rows(self.due, empty=say(empty))
        self._card.set_note(str(len(self.due)))
        keys = [_key(one) for one in self.due]
        if keys:
            key = _key(kept) if kept else keys[0]
            at = keys.index(key) if key in keys else min(row, len(keys) - 1)
            self.list.setCurrentIndex(self.list.lines.index(at))
        self._show_due(self.list.currentIndex().row())

    def _show_due(self, row: int) -> None:
        one = self._at(row)
        self.open.setEnabled(one is not None)
        self._offer(one)
        if one is None:
            self.detail.show_care(None, channel=None, message="", call=())
            return
        lang = self._tongue.lang
        self.detail.show_care(
            one.care, channel=one.channel, message=one.message(lang), call=one.call(lang), note=one.name
        )

    def _open(self, row: int) -> None:
        one = self._at(row)
        if one is not None:
            self.task_chosen.emit(one.task_id)

    def _at(self, row: int) -> CareDue | None:
        return self.list.lines.row(row) if 0 <= row < self.list.lines.rowCount() else None

    # Giving it

    def _offer(self, one: CareDue | None) -> None:
        """What can be done with the one in view, and why the rest cannot."""
        say, free = self._tongue, not self._giving
        text, called = self.acts[Caring.TEXT], self.acts[Caring.CALLED]
        by_text, by_call = one is not None and one.can_be_texted, one is not None and one.can_be_called
        text.setEnabled(free and by_text)
        text.setToolTip("" if by_text or one is None else say(words.NOT_BY_TEXT))
        called.setEnabled(free and one is not None and by_call and one.spoke is not None)
        why = words.CALL_FIRST if by_call else words.NOT_BY_CALL
        called.setToolTip("" if one is None or (by_call and one.spoke) else say(why))

    def give(self, how: Caring) -> None:
        """The one in view, as a text or as said; the next takes its place."""
        one = self._at(self.list.currentIndex().row())
        if one is None or not self.acts[how].isEnabled():
            return
        self._giving = True
        self._offer(one)
        act, told = (plan_text, words.PLANNED) if how is Caring.TEXT else (note_call, words.NOTED)

        def done(_: CareGiven) -> None:
            self._giving = False
            self._given.add(_key(one))
            self.due = [other for other in self.due if _key(other) != _key(one)]
            self._show()
            self._say(filled(told, name=one.name, care=one.care.label), Tone.OK)
            self._logged()
            self._lane(lambda: given_today(self._desk), self._count)

        def failed(error: Exception) -> None:
            self._giving = False
            self._offer(self._at(self.list.currentIndex().row()))
            self._show_error(error)

        self._lane(lambda: act(self._desk, one), done, failed)

    def _count(self, today: dict[CareChannel, int]) -> None:
        self._today, say = today, self._tongue
        done = say(words.JOINT).join(f"{say(words.CHANNELS[channel])} {count}" for channel, count in today.items())
        self._told.set_words(say(words.TODAY).format(done=done) if today else "")

    # Painting a line

    def _spoken(self, one: CareDue) -> str:
        say = self._tongue
        return " · ".join((one.name, say(one.care.label), say(words.CHANNELS[one.channel])))

    def _draw(self, painter: QPainter, rect: QRectF, one: CareDue) -> None:
        """Class and channel above, the customer below."""
        say, edge, small = self._tongue, theme.px(8), theme.font(12)
        above = QRectF(rect.left() + edge, rect.top() + theme.px(2), rect.width() - 2 * edge, rect.height() / 2)
        label = above.adjusted(0, 0, -theme.px(70), 0)
        draw_words(painter, label, say(one.care.label), theme.font(14, bold=True), ink(Tone.NEUTRAL))
        channel = say(words.CHANNELS[one.channel])
        draw_words(painter, above, channel, small, ink(Tone.BRAND), Qt.AlignmentFlag.AlignRight)
        below = above.translated(0, rect.height() / 2 - theme.px(3))
        draw_words(painter, below, one.name, small, ink(Tone.MUTED))


def _key(one: CareDue) -> tuple[str, str]:
    return one.task_id, one.care.code


def _tall(_one: CareDue, _width: float) -> float:
    return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(10)
