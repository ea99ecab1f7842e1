"""The lead's page: who waits longest first, what it is about, and the three answers by key."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QPainter, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.authority import AuthorityCase
from core.domain.clock import CHINA
from core.domain.money import fen_of, yuan_short
from core.domain.task import TIER_NAMES
from core.domain.text import Text, filled
from desktop import theme
from desktop.authority import saying, words
from desktop.authority.requests_presenter import SENTENCE_MOST, RequestsPresenter
from desktop.keys import SETTLING, Settle, cap
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_list import CHOOSE, ChoiceList
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Row, Tone

EVERY_MS = 1_000
"""how long somebody waits is counted while the page is in sight"""
_TIME_PX = 84
"""room for how long somebody waits"""


class RequestsPage(QWidget):
    def __init__(
        self,
        presenter: RequestsPresenter,
        tongue: Tongue,
        *,
        now: Callable[[], datetime],
        online: Callable[[], bool],
        say: Callable[[Text, Tone], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.presenter, self._tongue, self._now, self._online, self._say = presenter, tongue, now, online, say
        self._list_card, self._card = Card(), Card()
        self._typed: dict[UUID, tuple[str, str]] = {}
        """amount and sentence that were begun for a request and not sent"""
        self._in_view: UUID | None = None
        self.list: ChoiceList[AuthorityCase] = ChoiceList(
            draw=self._draw,
            spoken=self._spoken,
            hint=lambda case: case.request.reason,
            tall=_tall,
            key=lambda case: case.request.id,
            opened=self._open,
        )
        self.facts = KeyValues()
        self.reason = Label(size=16, wrap=True)
        self.amount, self.sentence = QLineEdit(), QLineEdit()
        self._wrong = Label(tone=Tone.BAD, wrap=True)
        self.buttons = {how: QPushButton() for how in Settle}
        self._lay_out()
        self._second = QTimer(self)
        self._second.setInterval(EVERY_MS)
        self._second.timeout.connect(self._tick)
        presenter.changed, presenter.settled = self._show, self._settled
        for field in (self.amount, self.sentence):
            field.textEdited.connect(lambda _: self._wrong.setVisible(False))
        for how, button in self.buttons.items():
            button.clicked.connect(lambda _=False, h=how: self.settle(h))
            shortcut = QShortcut(QKeySequence(SETTLING[how][0]), self, lambda h=how: self.settle(h))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self._list_card.add(self.list, 1)
        self._list_card.setFixedWidth(theme.px(400))
        self.amount.setMaxLength(10)
        self.amount.setFixedWidth(theme.px(190))
        self.sentence.setMaxLength(SENTENCE_MOST)
        self.buttons[Settle.GRANT].setProperty("kind", "primary")
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(8))
        fields.addWidget(self.amount)
        fields.addWidget(self.sentence, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for how in (Settle.REFUSE, Settle.LESS, Settle.GRANT):
            foot.addWidget(self.buttons[how])
        self._card.add(self.reason)
        self._card.add(self.facts)
        self._card.body.addStretch(1)
        self._card.add(fields)
        self._card.add(self._wrong)
        self._card.add(foot)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self._list_card)
        row.addWidget(self._card, 1)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(row, 1)

    def refresh(self) -> None:
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        if not event.spontaneous():
            self.list.begin()
        self.presenter.looked()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.REQUESTS))
        self._card.set_title(say(words.REQUEST))
        self.list.setAccessibleName(say(words.REQUESTS))
        self.facts.setAccessibleName(say(words.REQUEST))
        for field, name in ((self.amount, words.LESS_AMOUNT), (self.sentence, words.SENTENCE)):
            field.setPlaceholderText(say(name))
            field.setAccessibleName(say(name))
        self._wrong.setVisible(False)
        for how, button in self.buttons.items():
            button.setText(f"{say(words.ACTS[how])}  {cap(SETTLING[how][0])}")
            button.setAccessibleName(say(words.ACTS[how]))
        self._show()

    @property
    def chosen(self) -> AuthorityCase | None:
        """The request in view."""
        return self.list.chosen

    def settle(self, how: Settle) -> None:
        """Answers the request in view; what the answer lacks takes the keys first."""
        case = self.chosen
        if case is None:
            return
        lacks = self.presenter.settle(case, how, fen_of(self.amount.text()), self.sentence.text())
        if lacks is not None:
            self._wrong.set_words(self._tongue(lacks).format(asked=yuan_short(case.request.cost_fen)))
            self._wrong.setVisible(True)
            (self.amount if how is Settle.LESS else self.sentence).setFocus()

    def _settled(self, how: Settle, case: AuthorityCase) -> None:
        self._say(filled(words.DONE[how], name=case.agent_name), Tone.OK)

    def _show(self) -> None:
        """The list anew; the request in view stays in view, and what is being typed for it."""
        cases = self.presenter.cases
        self.list.set_rows(cases, empty=self._tongue(words.NONE if self.presenter.read else words.READING))
        there = {case.request.id for case in cases}
        self._typed = {request: typed for request, typed in self._typed.items() if request in there}
        self._tell_standing()

    def _tell_standing(self) -> None:
        count = str(len(self.presenter.cases))
        if self._online():
            self._list_card.set_note(count)
        else:
            self._list_card.set_note(self._tongue(words.OFFLINE), Tone.WARN)

    def _tick(self) -> None:
        self._tell_standing()
        self.list.viewport().update()
        case = self.chosen
        if case is not None:
            self.facts.set_rows(self._rows(case))

    def _open(self, case: AuthorityCase | None) -> None:
        self._keep_typed(case.request.id if case else None)
        parts = (self.amount, self.sentence, *self.buttons.values())
        if case is None and any(part.hasFocus() for part in parts):
            self.list.setFocus()
        for part in parts:
            part.setEnabled(case is not None)
        self.facts.set_rows(self._rows(case) if case else ())
        none = self._tongue(CHOOSE) if self.list.lines.rowCount() else ""
        quoted = self._tongue(words.WHY).format(reason=case.request.reason) if case else none
        self.reason.set_words(quoted)
        self.reason.setAccessibleName(quoted)

    def _keep_typed(self, request: UUID | None) -> None:
        """What was typed for one request waits there, and is never sent with another."""
        if request == self._in_view:
            return
        if self._in_view is not None:
            self._typed[self._in_view] = (self.amount.text(), self.sentence.text())
        amount, sentence = self._typed.get(request, ("", "")) if request else ("", "")
        self._in_view = request
        self.amount.setText(amount)
        self.sentence.setText(sentence)
        self._wrong.setVisible(False)

    # A request in words

    def _rows(self, case: AuthorityCase) -> list[Row]:
        say, request = self._tongue, case.request
        spend = request.monthly_spend_fen
        asked_at = f"{request.at.astimezone(CHINA):%m-%d %H:%M}"
        rows = [
            Row(say(words.AGENT), say(filled(words.NAMED, name=case.agent_name, number=request.agent))),
            Row(say(words.CUSTOMER), f"{request.customer} · {say(TIER_NAMES[request.tier])}"),
            Row(
                say(words.SPEND),
                say(words.UNKNOWN) if spend is None else say(filled(words.SPEND_FEN, fen=yuan_short(spend))),
                Tone.MUTED if spend is None else Tone.NEUTRAL,
            ),
            Row(say(words.WANTS), say(saying.offer(case)), Tone.BRAND),
            self._budget(case),
        ]
        if request.before_fen:
            rows.append(Row(say(words.BEFORE), f"¥{yuan_short(request.before_fen)}"))
        when = filled(words.ASKED_WHEN, time=asked_at, waited=saying.waited(request.at, self._now()))
        return [*rows, Row(say(words.ASKED_AT), say(when))]

    def _budget(self, case: AuthorityCase) -> Row:
        say, request = self._tongue, case.request
        if request.budget_left_fen is None:
            return Row(say(words.BUDGET), say(words.UNKNOWN), Tone.MUTED)
        left = request.budget_left_fen - request.before_fen
        over = request.cost_fen - left
        if over <= 0:
            return Row(say(words.BUDGET), f"¥{yuan_short(left)}", Tone.OK)
        told = filled(words.BEYOND, left=yuan_short(max(left, 0)), over=yuan_short(min(over, request.cost_fen)))
        return Row(say(words.BUDGET), say(told), Tone.WARN)

    def _spoken(self, case: AuthorityCase) -> str:
        return " · ".join(
            (case.agent_name, case.request.customer, self._tongue(saying.offer(case)), case.request.reason)
        )

    def _draw(self, painter: QPainter, rect: QRectF, case: AuthorityCase) -> None:
        """Agent and offer above with the time waited, customer and reason below."""
        edge, small = theme.px(8), theme.font(12)
        above = QRectF(rect.left() + edge, rect.top() + theme.px(3), rect.width() - 2 * edge, rect.height() / 2)
        title = f"{case.agent_name} · {self._tongue(saying.offer(case))}"
        draw_words(
            painter, above.adjusted(0, 0, -theme.px(_TIME_PX), 0), title, theme.font(14, bold=True), ink(Tone.NEUTRAL)
        )
        time = saying.waited(case.request.at, self._now())
        draw_words(painter, above, time, small, ink(Tone.WARN), Qt.AlignmentFlag.AlignRight)
        below = above.translated(0, rect.height() / 2 - theme.px(3))
        draw_words(painter, below, f"{case.request.customer} · {case.request.reason}", small, ink(Tone.MUTED))


def _tall(_case: AuthorityCase, _width: float) -> float:
    return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(12)
