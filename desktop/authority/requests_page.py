"""The lead's page: who waits longest first, what it is about, and the three answers by key."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.domain.authority import AuthorityCase
from core.domain.clock import CHINA
from core.domain.money import fen_of, yuan_short
from core.domain.task import TIER_NAMES
from core.domain.text import Text, filled
from desktop import theme
from desktop.authority import saying, words
from desktop.authority.requests_presenter import SENTENCE_MOST, RequestsPresenter
from desktop.keys.following import SETTLING, Settle
from desktop.tongue import Tongue
from desktop.widgets.choice_list import CHOOSE
from desktop.widgets.decision_board import DecisionBoard, Lack
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
        self._at = now()
        """the moment that what is in sight was told at: the list and the card beside it show the same"""
        self.facts = KeyValues()
        self.reason = Label(size=16, wrap=True)
        self.amount, self.sentence = QLineEdit(), QLineEdit()
        self.amount.setMaxLength(10)
        self.amount.setFixedWidth(theme.px(190))
        self.sentence.setMaxLength(SENTENCE_MOST)
        self.board: DecisionBoard[AuthorityCase, Settle] = DecisionBoard(
            draw=self._draw,
            spoken=self._spoken,
            hint=lambda case: case.request.reason,
            tall=_tall,
            key=lambda case: case.request.id,
            fields=(self.amount, self.sentence),
            keys={how: key for how, (key, _) in SETTLING.items()},
            decide=self._decide,
            opened=self._open,
        )
        self.list, self.buttons = self.board.list, self.board.buttons
        self.board.body.addWidget(self.reason)
        self.board.body.addWidget(self.facts)
        self.board.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.board)
        self._second = QTimer(self)
        self._second.setInterval(EVERY_MS)
        self._second.timeout.connect(self._tick)
        presenter.changed, presenter.settled, presenter.in_sight = self._show, self._settled, self.isVisible
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

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
        acts = {how: say(text) for how, text in words.ACTS.items()}
        self.board.name(waiting=say(words.REQUESTS), one=say(words.REQUEST), acts=acts)
        self.facts.setAccessibleName(say(words.REQUEST))
        for field, name in ((self.amount, words.LESS_AMOUNT), (self.sentence, words.SENTENCE)):
            field.setPlaceholderText(say(name))
            field.setAccessibleName(say(name))
        self._show()

    @property
    def chosen(self) -> AuthorityCase | None:
        """The request in view."""
        return self.board.chosen

    def settle(self, how: Settle) -> None:
        """Answers the request in view; what the answer lacks takes the keys first."""
        self.board.decide(how)

    def _decide(self, case: AuthorityCase, how: Settle) -> Lack | None:
        lacks = self.presenter.settle(case, how, fen_of(self.amount.text()), self.sentence.text())
        if lacks is None:
            return None
        told = self._tongue(lacks).format(asked=yuan_short(case.request.cost_fen))
        return Lack(told, self.amount if how is Settle.LESS else self.sentence)

    def _settled(self, how: Settle, case: AuthorityCase) -> None:
        self._say(filled(words.DONE[how], name=case.agent_name), Tone.OK)

    def _show(self) -> None:
        """The list anew; the request in view stays in view, and what is being typed for it."""
        self._at = self._now()
        cases = self.presenter.cases
        self.board.set_rows(cases, empty=self._tongue(words.NONE if self.presenter.read else words.READING))
        self._tell_standing()

    def _tell_standing(self) -> None:
        count = str(len(self.presenter.cases))
        if self._online():
            self.board.list_card.set_note(count)
        else:
            self.board.list_card.set_note(self._tongue(words.OFFLINE), Tone.WARN)

    def _tick(self) -> None:
        self._at = self._now()
        self._tell_standing()
        self.list.viewport().update()
        case = self.chosen
        if case is not None:
            self.facts.set_rows(self._rows(case))

    def _open(self, case: AuthorityCase | None) -> None:
        self._at = self._now()
        self.list.viewport().update()
        self.facts.set_rows(self._rows(case) if case else ())
        none = self._tongue(CHOOSE) if self.list.lines.rowCount() else ""
        quoted = self._tongue(words.WHY).format(reason=case.request.reason) if case else none
        self.reason.set_words(quoted)
        self.reason.setAccessibleName(quoted)

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
        when = filled(words.ASKED_WHEN, time=asked_at, waited=saying.waited(request.at, self._at))
        rows.append(Row(say(words.ASKED_AT), say(when)))
        if request.call_at is not None:
            called = filled(words.CALL_AT_WHEN, time=f"{request.call_at.astimezone(CHINA):%m-%d %H:%M}")
            rows.append(Row(say(words.CALL_AT), say(called), Tone.WARN))
        return rows

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
        time = saying.waited(case.request.at, self._at)
        draw_words(painter, above, time, small, ink(Tone.WARN), Qt.AlignmentFlag.AlignRight)
        below = above.translated(0, rect.height() / 2 - theme.px(3))
        draw_words(painter, below, f"{case.request.customer} · {case.request.reason}", small, ink(Tone.MUTED))


def _tall(_case: AuthorityCase, _width: float) -> float:
    return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(12)
