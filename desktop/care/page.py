"""Care that is due today for the customers of this desk: by which channel, in which words; Enter opens the customer."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.desk.caring import AT_ONCE, CareDue, CareLook, care_classes, care_due
from core.desk.desk import Desk
from core.domain.care_class import CareClasses
from desktop import theme
from desktop.care import words
from desktop.care.detail import CareDetail
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Tone


class CarePage(QWidget):
    task_chosen = Signal(str)

    def __init__(self, desk: Desk, tongue: Tongue, *, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane = desk, tongue, lane
        self.due: list[CareDue] = []
        self._classes: CareClasses | None = None
        self._asked, self._looking = 0, True
        self._card = Card()
        self.list: LineList[CareDue] = LineList(
            draw=self._draw, spoken=self._spoken, hint=lambda one: one.message(tongue.lang), tall=_tall
        )
        self.detail, self.open = CareDetail(tongue), QPushButton()
        self.open.setProperty("kind", "primary")
        self._lay_out()
        self.list.activated.connect(lambda index: self._open(index.row()))
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show_due(now.row()))
        self.open.clicked.connect(lambda: self._open(self.list.currentIndex().row()))
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self._card.add(self.list, 1)
        self._card.setFixedWidth(theme.px(380))
        right = QVBoxLayout()
        right.addWidget(self.detail, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.open)
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
        ticket = self._asked

        def classes(found: CareClasses | None) -> None:
            if ticket == self._asked:
                self._classes = found
                self._look(ticket, 0, [])

        self._lane(lambda: care_classes(self._desk), classes)

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
        self.due = sorted(due, key=lambda one: order.index(one.care.code))
        self._looking = False
        self._show()

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.DUE))
        self.list.setAccessibleName(say(words.DUE))
        self.open.setText(f"{say(words.OPEN)}  Enter")
        self.open.setAccessibleName(say(words.OPEN))
        self._show()

    def _show(self) -> None:
        say, row = self._tongue, max(self.list.currentIndex().row(), 0)
        kept = self.list.lines.row(row) if row < self.list.lines.rowCount() else None
        empty = words.LOOKING if self._looking else words.NONE if self._classes else words.NO_CLASSES
        self.list.set_rows(self.due, empty=say(empty))
        self._card.set_note(str(len(self.due)))
        keys = [(one.task_id, one.care.code) for one in self.due]
        if keys:
            key = (kept.task_id, kept.care.code) if kept else keys[0]
            at = keys.index(key) if key in keys else min(row, len(keys) - 1)
            self.list.setCurrentIndex(self.list.lines.index(at))
        self._show_due(self.list.currentIndex().row())

    def _show_due(self, row: int) -> None:
        one = self.list.lines.row(row) if 0 <= row < self.list.lines.rowCount() else None
        self.open.setEnabled(one is not None)
        if one is None:
            self.detail.show_care(None, channel=None, message="", call=())
            return
        lang = self._tongue.lang
        self.detail.show_care(
            one.care, channel=one.channel, message=one.message(lang), call=one.call(lang), note=one.name
        )

    def _open(self, row: int) -> None:
        if 0 <= row < self.list.lines.rowCount():
            self.task_chosen.emit(self.list.lines.row(row).task_id)

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


def _tall(_one: CareDue, _width: float) -> float:
    return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(10)
