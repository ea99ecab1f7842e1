"""Practice between calls: the drills at the left, the rehearsal at the right, all of it by keys."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.domain.drill import Drill
from core.domain.text import filled
from desktop import theme
from desktop.keys.call import PRACTISING, Rehearse
from desktop.lane import Lane
from desktop.practice import words
from desktop.practice.presenter import PracticePresenter
from desktop.practice.stage import DrillStage
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Tone

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PLAIN = Qt.KeyboardModifier.KeypadModifier


class PracticePage(QWidget):
    """`in_call` tells whether a call is under way: the rehearsal waits, and the page says so."""

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        in_call: Callable[[], bool],
        show_error: Callable[[Exception], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tongue, self._in_call = tongue, in_call
        self.presenter = PracticePresenter(desk, lane=lane, changed=self._show, show_error=show_error)
        self._card = Card()
        self.list: LineList[Drill] = LineList(
            draw=self._draw, spoken=self._spoken, hint=lambda drill: tongue(drill.situation), tall=_tall
        )
        self._waits = Label(tone=Tone.WARN, wrap=True)
        self.stage = DrillStage(tongue)
        self._lay_out()
        p, stage = self.presenter, self.stage
        self.list.activated.connect(lambda index: self._open(index.row()))
        self.list.clicked.connect(lambda index: self._open(index.row()))
        self.list.installEventFilter(self)
        stage.chosen.connect(self._choose)
        stage.went_on.connect(self._go_on)
        stage.again_wanted.connect(p.again)
        stage.next_wanted.connect(p.next_drill)
        stage.written.connect(p.write)
        own = QShortcut(QKeySequence(PRACTISING[Rehearse.OWN][0]), self, stage.own.setFocus)
        own.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self._card.add(self.list, 1)
        self._card.add(self._waits)
        self._card.setFixedWidth(theme.px(340))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self._card)
        row.addWidget(self.stage, 1)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(row, 1)

    def refresh(self) -> None:
        """The drills as they are published now; the rehearsal stays where it is."""
        self._waits.setVisible(self._in_call())
        self.presenter.load()

    def retranslate(self) -> None:
        self._card.set_title(self._tongue(words.DRILLS))
        self.list.setAccessibleName(self._tongue(words.DRILLS))
        self._waits.set_words(self._tongue(words.IN_CALL))
        self._show()

    def _show(self) -> None:
        p, row = self.presenter, self.list.currentIndex().row()
        self.list.set_rows(p.drills, empty=self._tongue(words.NONE))
        self._card.set_note(str(len(p.drills)))
        ids = [drill.id for drill in p.drills]
        at = ids.index(p.drill.id) if p.drill and p.drill.id in ids else max(row, 0)
        if ids:
            self.list.setCurrentIndex(self.list.lines.index(at))
        self.stage.show_practice(p)

    def _open(self, row: int) -> None:
        self.stage.tell_written()
        self.presenter.open(self.list.lines.row(row).id)
        self.stage.setFocus()

    def _choose(self, digit: int) -> None:
        self.stage.tell_written()
        self.presenter.choose(digit)
        self.stage.setFocus()

    def _go_on(self) -> None:
        self.presenter.go_on()
        self.stage.setFocus()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose also while the list has the keys: it would take them for the beginning of a name."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.text()
            if (key.isdigit() or key.upper() == PRACTISING[Rehearse.AGAIN][0]) and not event.modifiers() & ~PLAIN:
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain keys, which reach the page only when no text field took them."""
        key, p = event.text().upper(), self.presenter
        if event.modifiers() & ~PLAIN or event.isAutoRepeat() or self.stage.own.hasFocus():
            if event.key() == Qt.Key.Key_Escape:
                self.stage.setFocus()
            else:
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.list.setFocus()
        elif event.key() in ENTER:
            p.next_drill() if p.score() is not None else self._go_on()
        elif key.isdigit():
            self._choose(int(key))
        elif key == PRACTISING[Rehearse.AGAIN][0] and p.score() is not None:
            p.again()
        else:
            super().keyPressEvent(event)

    # Painting a drill

    def _stands(self, drill: Drill) -> str:
        rehearsal, turns = self.presenter.rehearsal(drill), len(drill.turns)
        under_way = len(rehearsal.state.chosen) > 0 and not _ended(drill, rehearsal.state.chosen, rehearsal.state.told)
        parts = []
        if under_way:
            at = len(rehearsal.state.chosen) + (not rehearsal.state.told)
            parts.append(self._tongue(filled(words.STANDS, at=str(at), of=str(turns))))
        if rehearsal.times:
            done = filled(words.DONE, times=str(rehearsal.times), best=str(rehearsal.best), of=str(turns))
            parts.append(self._tongue(done))
        return " · ".join(parts) or self._tongue(words.NEW)

    def _spoken(self, drill: Drill) -> str:
        return f"{self._tongue(drill.title)} · {self._stands(drill)}"

    def _draw(self, painter: QPainter, rect: QRectF, drill: Drill) -> None:
        """Title above, how far it was practised below."""
        edge, half = theme.px(8), rect.height() / 2
        above = QRectF(rect.left() + edge, rect.top() + theme.px(2), rect.width() - 2 * edge, half)
        draw_words(painter, above, self._tongue(drill.title), theme.font(14, bold=True), ink(Tone.NEUTRAL))
        below = above.translated(0, half - theme.px(3))
        draw_words(painter, below, self._stands(drill), theme.font(12), ink(Tone.MUTED))


def _tall(_drill: Drill, _width: float) -> float:
    return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(10)


def _ended(drill: Drill, chosen: tuple[int, ...], told: bool) -> bool:
    return len(chosen) == len(drill.turns) and not told
