"""The page of repair cases: what is owed first at the left, the chosen case beside it, a key for everything."""

from collections.abc import Callable
from uuid import UUID

from msgspec import structs
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.casework import CaseRow, LoosePromise
from core.desk.desk import Desk
from core.domain.case import DAMAGE_NAMES, Satisfaction
from core.domain.errors import InputError
from core.domain.repair import RepairStep
from core.domain.task import TIER_NAMES, Tier
from core.domain.text import Text, filled
from desktop import theme
from desktop.call.call_page import PLAIN, TEXT_FIELDS
from desktop.cases import saying, words
from desktop.cases.composer import Asked, Composer, Written, ahead
from desktop.cases.opened_case import OpenedCase
from desktop.cases.presenter import CasesPresenter, Row
from desktop.keys.following import CASEWORK, Work
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_list import ChoiceList
from desktop.widgets.flow import FlowLayout
from desktop.widgets.label import Label
from desktop.widgets.painted import draw_words, height_of, ink, width_of
from desktop.widgets.values import Tone

LIST_PX = 380
EVERY_MS = 15_000
"""countdowns go by minutes"""
_OF_A_CASE = frozenset({Work.NOTE, Work.SUPPOSE, Work.CAUSE, Work.ALLOW, Work.JOIN, Work.PART, Work.CLOSE})
_OF_A_PROMISE = frozenset({Work.KEEP, Work.MOVE, Work.RELEASE})


class CasesPage(QWidget):
    customer_chosen = Signal(str)
    """the key under which the desk opens the customer"""

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
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._say, self._show_error = desk, tongue, lane, say, show_error
        self.presenter = CasesPresenter(
            desk, lane=lane, changed=self._show, say=say, show_error=show_error, logged=logged
        )
        self._what: Work | RepairStep = Work.NOTE
        self._of: Row | None = None
        """what the line was asked for: the list may choose another while it is being written"""
        self._wanted = ""
        """the customer to be shown once the list is read"""
        self.search, self.duty = QLineEdit(), Label(size=12, tone=Tone.MUTED)
        self.list: ChoiceList[Row] = ChoiceList(
            draw=self._draw, spoken=self._spoken, hint=self._spoken, tall=_tall, key=_key, opened=self._open
        )
        self.opened, self.composer = OpenedCase(tongue, self.presenter), Composer(tongue)
        self.buttons = {work: QPushButton() for work in CASEWORK}
        self._list_card, self._card = Card(), Card()
        self._lay_out()
        self.search.textChanged.connect(self.presenter.search)
        self.list.activated.connect(lambda _: self._to_customer())
        self.composer.written.connect(self._written)
        self.composer.left.connect(self.list.setFocus)
        self.list.installEventFilter(self)
        for work, button in self.buttons.items():
            button.clicked.connect(lambda _=False, w=work: self.begin(w))
        self._clockwork = QTimer(self)
        self._clockwork.setInterval(EVERY_MS)
        self._clockwork.timeout.connect(self._tick)
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self.search.setClearButtonEnabled(True)
        for part in (self.search, self.duty):
            self._list_card.add(part)
        self._list_card.add(self.list, 1)
        self._list_card.setFixedWidth(theme.px(LIST_PX))
        bar = QWidget()
        keys = FlowLayout(bar)
        for button in self.buttons.values():
            button.setProperty("kind", "plain")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            keys.addWidget(button)
        self._card.add(self.opened, 1)
        self._card.add(self.composer)
        self._card.add(bar)
        edge = theme.px(10)
        row = QHBoxLayout()
        row.setSpacing(edge)
        row.addWidget(self._list_card)
        row.addWidget(self._card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(row, 1)

    def refresh(self) -> None:
        self.presenter.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clockwork.start()
        if not event.spontaneous():
            self.list.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clockwork.stop()

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.CASES))
        self.list.setAccessibleName(say(words.CASES))
        self.search.setPlaceholderText(say(words.SEARCH))
        self.search.setAccessibleName(say(words.SEARCH))
        self._show()

    @property
    def chosen(self) -> Row | None:
        return self.list.chosen

    def choose(self, subject: UUID) -> None:
        """Shows that case or promise, once the list has it."""
        at = next((i for i, row in enumerate(self.presenter.rows) if _key(row) == subject), -1)
        if at >= 0:
            self.list.setCurrentIndex(self.list.lines.index(at))

    def show_customer(self, customer_id: str) -> None:
        """Shows what that customer has open, as soon as the list is read."""
        self._wanted = customer_id
        self.search.clear()
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        at = next((i for i, row in enumerate(self.presenter.rows) if _customer(row) == self._wanted), -1)
        if self._wanted and at >= 0:
            self.list.setCurrentIndex(self.list.lines.index(at))

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would look for a line that begins with the letter."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~PLAIN and not event.isAutoRepeat()
        return plain and self.press(event.text().upper())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(QApplication.focusWidget(), TEXT_FIELDS)
        if event.modifiers() & ~PLAIN or event.isAutoRepeat() or typing or not self.press(event.text().upper()):
            super().keyPressEvent(event)

    def press(self, key: str) -> bool:
        """A plain key: a check by its number, or what is written by its letter."""
        if key.isdigit() and key != "0":
            return self._begin_check(int(key) - 1)
        work = next((one for one, letter in CASEWORK.items() if letter == key), None)
        if work is None or self.chosen is None:
            return False
        self.begin(work)
        return True

    def begin(self, work: Work) -> None:
        """The line asks for what that act needs."""
        row = self.chosen
        if row is None:
            return
        if work in _OF_A_CASE and isinstance(row, LoosePromise):
            self._say(words.NOT_FOR_PROMISE, Tone.NEUTRAL)
            return
        if work in _OF_A_PROMISE and self.presenter.owed(row) is None:
            self._say(words.NOTHING_OWED, Tone.NEUTRAL)
            return
        asked = self._asked(row, work)
        if asked is None:
            self._say(words.NOBODY_HELPS if work is Work.PART else words.NOBODY_ELSE, Tone.WARN)
            return
        self._ask(row, work, asked)

    def _begin_check(self, at: int) -> bool:
        row = self.chosen
        steps = self.presenter.steps(row) if isinstance(row, CaseRow) else ()
        if row is None or at >= len(steps):
            return False
        step, say = steps[at], self._tongue
        name = say(step.name)
        hint = say(words.ASK_CHECK).format(name=name)
        self._ask(row, step, Asked(title=name, hint=hint, ready=tuple(say(one) for one in step.findings)))
        return True

    def _ask(self, row: Row, what: Work | RepairStep, asked: Asked) -> None:
        self._of, self._what = row, what
        self.composer.ask(structs.replace(asked, title=f"{asked.title} · {row.name}"))

    def _asked(self, row: Row, work: Work) -> Asked | None:
        say, now = self._tongue, self._desk.moment().wall
        title, hint = say(words.ACTS[work]), say(words.ASKS[work])
        match work:
            case Work.PROMISE:
                return Asked(title=title, hint=hint, at=ahead(now))
            case Work.MOVE:
                return Asked(title=title, hint=hint, at=ahead(now), consent=True)
            case Work.ALLOW:
                return Asked(title=title, hint=hint, amount=True)
            case Work.JOIN | Work.HAND_OVER:
                owner = row.case.owner if isinstance(row, CaseRow) else row.promise.owner
                besides: tuple[str, ...] = (owner.staff_number,)
                if work is Work.JOIN and isinstance(row, CaseRow):
                    besides += tuple(one.staff_number for one in row.case.team)
                picks = self.presenter.colleagues(*besides)
                return Asked(title=title, hint=hint, picks=picks) if picks else None
            case Work.PART:
                picks = self.presenter.helpers(row)
                return Asked(title=title, hint=hint, picks=picks) if picks else None
            case Work.CLOSE if isinstance(row, CaseRow) and row.case.is_open:
                picks = tuple((how.value, say(words.SATISFACTION[how])) for how in Satisfaction)
                return Asked(title=title, hint=hint, picks=picks)
            case Work.CLOSE:
                return Asked(title=say(words.REOPEN), hint=say(words.ASK_REOPEN))
            case _:
                return Asked(title=title, hint=hint)

    def _written(self, written: Written) -> None:
        asked_of, what = self._of, self._what
        if asked_of is None:
            return
        row = next((one for one in self.presenter.rows if _key(one) == _key(asked_of)), asked_of)

        def wrong(error: InputError | None) -> None:
            if error is not None:
                self.composer.wrong(error.spoken(self._tongue.lang))
            else:
                self.composer.again()

        if isinstance(what, RepairStep):
            if isinstance(row, CaseRow):
                self.presenter.check(row, what, written.words, done=self._done, wrong=wrong)
        else:
            self.presenter.act(row, what, written, done=self._done, wrong=wrong)

    def _done(self) -> None:
        self.composer.put_away()
        self.list.setFocus()

    def _to_customer(self) -> None:
        row = self.chosen
        if row is None:
            return
        customer_id = _customer(row)

        def key() -> str:
            """The customer's open task; else a call without one."""
            tasks = self._desk.store.tasks_of(customer_id)
            scenarios = self._desk.scenarios()
            own = next((name for name in scenarios if name in self._desk.agent.skills), "")
            return tasks[0].id if tasks else f"customer:{own or scenarios[0]}:{customer_id}"

        self._lane(key, self.customer_chosen.emit, self._show_error)

    # Showing

    def _show(self) -> None:
        p, say = self.presenter, self._tongue
        nothing = words.NONE_FOUND if p.digits else words.NONE
        self.list.set_rows(p.rows, empty=say(nothing) if p.read else "")
        self._choose_wanted()
        self._wanted = "" if p.read else self._wanted
        board, kept = p.seen.board, p.seen.tally
        owed = len(board.loose) + sum(one.is_owed for row in board.open for one in row.promises)
        counts = say(words.COUNTS).format(cases=len(board.open), owed=owed)
        self._list_card.set_note(counts)
        counted = words.TEAM_COUNTS if p.seen.of_team else words.KEPT_COUNTS
        told = [say(filled(counted, kept=str(kept.kept), broken=str(kept.broken)))]
        if (on_duty := p.on_duty) is not None:
            told.append(say(filled(words.ON_DUTY, names=on_duty)))
        if board.handing_over:
            told.append(say(words.HANDING_OVER))
        self.duty.set_words(" · ".join(told))
        self.duty.setToolTip(self.duty.text())
        self._open(self.chosen)

    def _open(self, row: Row | None) -> None:
        self.opened.show_row(row)
        self._name_buttons(row)
        if row is None:
            self.composer.put_away()

    def _name_buttons(self, row: Row | None) -> None:
        say = self._tongue
        over = isinstance(row, CaseRow) and not row.case.is_open
        for work, button in self.buttons.items():
            name = say(words.REOPEN if work is Work.CLOSE and over else words.ACTS[work])
            button.setText(f"{name}  {CASEWORK[work]}")
            button.setAccessibleName(name)
            button.setEnabled(row is not None and not (work in _OF_A_CASE and isinstance(row, LoosePromise)))

    def _tick(self) -> None:
        self.list.viewport().update()
        self.opened.show_row(self.chosen)

    def _spoken(self, row: Row) -> str:
        head, _ = saying.head(row, self._desk.moment().wall)
        return " · ".join((row.name, self._tongue(head), self._below(row)))

    def _below(self, row: Row) -> str:
        say = self._tongue
        if isinstance(row, LoosePromise):
            return say(words.LOOSE).format(words=row.promise.made.words)
        began = row.case.began
        tier = [] if began.tier is Tier.NONE else [say(TIER_NAMES[began.tier])]
        return " · ".join((say(began.title), say(DAMAGE_NAMES[began.damage]), *tier))

    def _draw(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        """Name and what is owed first above, what it is about below."""
        edge, small = theme.px(8), theme.font(12)
        above = QRectF(rect.left() + edge, rect.top() + theme.px(2), rect.width() - 2 * edge, rect.height() / 2)
        head, tone = saying.head(row, self._desk.moment().wall)
        said = self._tongue(head)
        room = width_of(said, small) + theme.px(8)
        draw_words(painter, above.adjusted(0, 0, -room, 0), row.name, theme.font(14, bold=True), ink(Tone.NEUTRAL))
        draw_words(painter, above, said, small, ink(tone), Qt.AlignmentFlag.AlignRight)
        below = above.translated(0, rect.height() / 2 - theme.px(3))
        draw_words(painter, below, self._below(row), small, ink(Tone.MUTED))


def _key(row: Row) -> UUID:
    return row.promise.id if isinstance(row, LoosePromise) else row.case.id


def _customer(row: Row) -> str:
    return row.promise.made.customer_id if isinstance(row, LoosePromise) else row.case.began.customer_id


def _tall(_row: Row, _width: float) -> float:
    return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(10)
