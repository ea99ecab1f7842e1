"""The line in the call for asking the team lead: amount and reason, then how it stands; it takes no room otherwise."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.authority import MOST_FEN, WORDS_MOST, RequestState
from core.domain.money import fen_of, yuan_typed
from core.domain.text import Text
from desktop import theme
from desktop.authority import words
from desktop.authority.ask_presenter import AskPresenter, Offered
from desktop.authority.saying import status
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.kbd import Kbd
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

EVERY_MS = 1_000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AskLine(QWidget):
    def __init__(self, tongue: Tongue, *, online: Callable[[], bool], leave: Callable[[], None]) -> None:
        super().__init__()
        self._tongue, self._online, self._leave = tongue, online, leave
        self._presenter: AskPresenter | None = None
        self._offered: Offered | None = None
        self._keeping: Offered | None = None
        """what was asked for and is not in the store yet: until then it is not asked again, nor cleared"""
        self._card, self._fields = Card(), QWidget()
        self._title = Label(size=13, bold=True, tone=Tone.MUTED)
        self.what, self.amount, self.reason = ChoiceBox(), QLineEdit(), QLineEdit()
        self.ask_button, self.withdraw_button, self.away_button = QPushButton(), QPushButton(), QPushButton()
        self._read: set[tuple[UUID, RequestState]] = set()
        """answers that were put away: they stand here again when the line is opened"""
        self.status, self._wrong = Label(size=14), Label(size=13, tone=Tone.BAD, wrap=True)
        self._lay_out()
        self._second = QTimer(self)
        self._second.setInterval(EVERY_MS)
        self._second.timeout.connect(self.refresh)
        self.what.currentIndexChanged.connect(self._chosen)
        self.ask_button.clicked.connect(self.ask)
        for field in (self.what, self.amount, self.reason):
            field.installEventFilter(self)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def of(self, presenter: AskPresenter) -> None:
        """Whom it asks; told once."""
        self._presenter = presenter
        self.withdraw_button.clicked.connect(presenter.withdraw)
        self.away_button.clicked.connect(self.put_away)
        self.refresh()

    def _lay_out(self) -> None:
        self.amount.setMaxLength(10)
        self.amount.setFixedWidth(theme.px(110))
        self.reason.setMaxLength(WORDS_MOST)
        self.ask_button.setProperty("kind", "primary")
        for button in (self.withdraw_button, self.away_button):
            button.setProperty("kind", "plain")
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for widget in (self._title, self.what, self.amount):
            row.addWidget(widget)
        row.addWidget(self.reason, 1)
        row.addWidget(self.ask_button)
        row.addWidget(Kbd("Esc"))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.status, 1)
        foot.addWidget(self.withdraw_button)
        foot.addWidget(self.away_button)
        self._card.add(self._fields)
        self._card.add(self._wrong)
        self._card.add(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), 0)
        column.addWidget(self._card)

    def retranslate(self) -> None:
        say = self._tongue
        self.setAccessibleName(say(words.TITLE))
        self._title.set_words(f"{say(words.TITLE)}  {cap(BOUND[Act.ASK_LEAD][0])}")
        for field, name in ((self.what, words.WHAT), (self.amount, words.AMOUNT), (self.reason, words.REASON)):
            field.setAccessibleName(say(name))
        self.amount.setPlaceholderText(say(words.AMOUNT))
        self.reason.setPlaceholderText(say(words.REASON))
        self.ask_button.setText(f"{say(words.ASK)}  {cap('Return')}")
        self.ask_button.setAccessibleName(say(words.ASK))
        self.withdraw_button.setText(say(words.WITHDRAW))
        self.withdraw_button.setAccessibleName(say(words.WITHDRAW))
        self.away_button.setText(f"{say(words.PUT_AWAY)}  Esc")
        self.away_button.setAccessibleName(say(words.PUT_AWAY))
        self._say_wrong(None)
        self._name_what()
        self.refresh()

    # Asking

    def open(self) -> None:
        """The fields come into sight, and the amount has the keys."""
        if self._presenter is not None:
            self._presenter.prepare(self._show_fields)

    def close_fields(self) -> None:
        """Put away; what was typed stays until the next customer."""
        if self._offered is not None:
            self._offered = None
            self.refresh()
            self._leave()

    def put_away(self) -> None:
        """The answer has been read: the call has its room back. A request that still waits stays in sight."""
        answered = self._answered()
        if answered is not None and self.status.isVisible():
            self._read.add(answered)
            self.refresh()

    def _answered(self) -> tuple[UUID, RequestState] | None:
        """The newest request of the case in view with what came of it, if anything did."""
        newest = self._presenter.newest if self._presenter else None
        if newest is None or (newest.case.state is RequestState.WAITING and newest.message is None):
            return None
        return newest.case.request.id, newest.case.state

    def customer_left(self) -> None:
        self._offered = self._keeping = None
        self.amount.clear()
        self.reason.clear()
        self._say_wrong(None)
        self.refresh()

    def ask(self) -> None:
        offered, presenter = self._offered, self._presenter
        if offered is None or presenter is None or offered is self._keeping:
            return
        what, cost_fen = offered.askables[self.what.currentIndex()], fen_of(self.amount.text())
        if not cost_fen or cost_fen > MOST_FEN:
            self._say_wrong(words.NO_AMOUNT)
            self.amount.setFocus()
            return
        self._keeping = offered
        refused = presenter.ask(
            offered, what, cost_fen, self.reason.text(), ended=lambda kept: self._asked(offered, kept=kept)
        )
        if refused is not None:
            self._keeping = None
            self._say_wrong(refused.message)
            self.reason.setFocus()

    def _asked(self, offered: Offered, *, kept: bool) -> None:
        """The store has it, or could not take it: then what was typed stays for another try."""
        if self._keeping is not offered:
            return
        self._keeping = None
        if kept:
            self.amount.clear()
            self.reason.clear()
            self._say_wrong(None)
            self.close_fields()

    def _show_fields(self, offered: Offered) -> None:
        self._offered = offered
        self._name_what()
        self.refresh()
        self._chosen()
        (self.reason if self.amount.text() else self.amount).setFocus()

    def _name_what(self) -> None:
        if self._offered is None:
            return
        before = max(self.what.currentIndex(), 0)
        self.what.blockSignals(True)
        self.what.clear()
        self.what.addItems([self._tongue(one.name) for one in self._offered.askables])
        self.what.setCurrentIndex(min(before, self.what.count() - 1))
        self.what.blockSignals(False)

    def _chosen(self) -> None:
        """An offer has its cost; a kind costs what the agent says."""
        if self._offered is None or self.what.currentIndex() < 0:
            return
        cost_fen = self._offered.askables[self.what.currentIndex()].cost_fen
        self.amount.setReadOnly(cost_fen is not None)
        if cost_fen is not None:
            self.amount.setText(yuan_typed(cost_fen))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Ctrl+Enter ask, which elsewhere saves the outcome; Escape puts the fields away."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() not in (*_ENTER, Qt.Key.Key_Escape):
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_fields()
            else:
                self.ask()
        return event.type() is QEvent.Type.KeyPress

    # Showing

    def refresh(self) -> None:
        """The line as things stand now."""
        presenter = self._presenter
        newest = presenter.newest if presenter else None
        asking, answered = self._offered is not None, self._answered()
        self._fields.setVisible(asking)
        if answered in self._read and not asking:
            newest = None
        self.status.setVisible(newest is not None)
        self.away_button.setVisible(newest is not None and answered is not None and not asking)
        self.withdraw_button.setVisible(presenter is not None and presenter.may_withdraw)
        self.setVisible(asking or newest is not None)
        if newest is not None and presenter is not None and presenter.session is not None:
            now, accepted = presenter.session.moment().wall, presenter.accepted
            text, tone = status(newest, now, online=self._online(), accepted=accepted)
            self.status.set_words(self._tongue(text), tone)
            self.status.setToolTip(self._tongue(text))
            self.status.setAccessibleName(self._tongue(text))
        ticking = presenter is not None and presenter.may_withdraw
        if ticking and not self._second.isActive():
            self._second.start()
        elif not ticking:
            self._second.stop()

    def _say_wrong(self, why: Text | None) -> None:
        self._wrong.set_words(self._tongue(why) if why else "")
        self._wrong.setVisible(why is not None)
