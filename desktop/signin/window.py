"""The sign-in window: the first thing painted. It imports nothing heavy; the store opens on a worker."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.errors import ServerUntrusted
from core.domain.text import Lang, Text
from desktop import theme
from desktop.config import Config
from desktop.jobs import Jobs
from desktop.notify import Notify
from desktop.signin import words
from desktop.signin.attempts import SHORTEST_PASSPHRASE, Attempts, Need
from desktop.signin.trust_fields import TrustFields
from desktop.tongue import Tongue
from desktop.widgets.banner import Banner
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from core.desk.entering import Entered
    from desktop.signin.organisation import OrganisationWay


class SignInWindow(QWidget):
    entered = Signal(object)

    def __init__(self, config: Config, tongue: Tongue, jobs: Jobs, *, attempts: Attempts, demo: bool) -> None:
        super().__init__()
        self._config, self._tongue, self._jobs = config, tongue, jobs
        self._attempts, self._demo = attempts, demo
        self._busy = False
        self._need, self._asked = Need.NOTHING, ("", "")
        """what is asked for, and of whose data: server and staff number"""
        self._here = False
        """the agent who is named has data on this machine"""
        self._by_organisation = False
        """the last attempt was made so: a passphrase that is asked for goes on with it"""
        self._ways_asked_of = ""
        """the server that has said how one may sign in"""
        self._organisation: OrganisationWay | None = None
        self.again: QLineEdit | None = None
        """for a passphrase that is being chosen; made when one first is"""
        self._again_label: Label | None = None
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Stayline")
        self.resize(560, 640)
        self.banner = Banner()
        self.notify = Notify(self.banner, tongue, self)
        self.banner.shown.connect(self._grow)
        self._card = Card()
        self._title, self._subtitle = Label(size=24, bold=True), Label(size=14, tone=Tone.MUTED)
        self.server, self.staff_number = QLineEdit(config.server), QLineEdit(config.staff_number)
        self.password, self.passphrase = QLineEdit(), QLineEdit()
        self._labels = [Label(size=12, tone=Tone.MUTED) for _ in range(4)]
        self._passphrase_note = Label(size=12, tone=Tone.WARN, wrap=True)
        self.trust = TrustFields(tongue)
        self.stay = QCheckBox()
        self.stay.setChecked(config.stay)
        self.button, self._language = QPushButton(), QPushButton()
        self._note = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._lay_out()
        if config.organisation:
            self.organisation.offer(True)
        self.button.clicked.connect(self.submit)
        for field in (self.server, self.staff_number, self.password, self.passphrase):
            field.returnPressed.connect(self.submit)
        for field in (self.server, self.staff_number):
            field.editingFinished.connect(self.look_for_key)
            field.textEdited.connect(self._forget)
        self.trust.submitted.connect(self.submit)
        self._language.clicked.connect(self._switch_language)
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        self._show_need(Need.NOTHING, self._asked)
        first = self.password if config.staff_number else self.staff_number
        (first if config.server else self.server).setFocus()

    def _lay_out(self) -> None:
        for secret in (self.password, self.passphrase):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.button.setProperty("kind", "primary")
        self.button.setMinimumHeight(theme.px(40))
        self._language.setProperty("kind", "plain")
        self._card.add(self._title)
        self._card.add(self._subtitle)
        fields = (self.server, self.staff_number, self.password)
        for label, field in zip(self._labels, fields, strict=False):
            self._card.add(label)
            self._card.add(field)
            field.setMinimumHeight(theme.px(34))
        self._card.add(self._passphrase_note)
        self._card.add(self._labels[3])
        self._card.add(self.passphrase)
        self._card.add(self.trust)
        self._card.add(self.stay)
        self._card.add(self.button)
        self._card.add(self._note)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._language)
        self._card.setFixedWidth(theme.px(420))
        # Not by its alignment, which would measure wrapped words by the width of the window.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addStretch(1)
        column.addLayout(middle)
        column.addLayout(foot)
        column.addStretch(1)

    @property
    def organisation(self) -> "OrganisationWay":
        """Under the button; made when it is first asked for: where no server offers it, a start does without."""
        if self._organisation is None:
            self._organisation = self._make_organisation()
        return self._organisation

    def _make_organisation(self) -> "OrganisationWay":
        from desktop.signin.organisation import OrganisationWay

        way = OrganisationWay(self._tongue)
        way.set_busy(self._busy)
        way.asked.connect(lambda: self._enter(by_organisation=True))
        self._card.body.insertWidget(self._card.body.indexOf(self.button) + 1, way)
        QWidget.setTabOrder(self.button, way.button)
        return way

    def retranslate(self) -> None:
        say = self._tongue
        self._title.set_words(say(words.TITLE))
        self._subtitle.set_words(say(words.SUBTITLE))
        names = (words.SERVER, words.STAFF_NUMBER, words.PASSWORD, words.PASSPHRASE)
        fields = (self.server, self.staff_number, self.password, self.passphrase)
        for label, field, text in zip(self._labels, fields, names, strict=True):
            label.set_words(say(text))
            field.setAccessibleName(say(text))
        self.stay.setText(say(words.STAY))
        self._name_passphrase()
        self.trust.retranslate()
        if self._organisation is not None:
            self._organisation.retranslate()
        self.button.setText(say(words.SIGNING_IN if self._busy else words.SIGN_IN))
        self._language.setText(say(words.LANGUAGE))
        self._show_note()

    def _show_note(self) -> None:
        note = self._tongue(words.OFFLINE_NOTE if self._here else words.FIRST_NOTE)
        self._note.set_words(f"{self._tongue(words.DEMO)}\n{note}" if self._demo else note)
        self._grow()

    def _forget(self) -> None:
        """Another server, or another agent."""
        self.trust.forget()
        self._by_organisation = False

    def look_for_key(self) -> None:
        """Whether this agent's data need a passphrase; asked on a worker, shown when known."""
        server, staff = self._whose
        if server and staff:
            self._jobs.store(
                self,
                lambda: (self._attempts.here(server, staff), self._attempts.need(server, staff)),
                lambda found: self._known(*found, (server, staff)),
                self.notify.show_error,
            )

    def _look_for_ways(self, server: str) -> None:
        """Whether the server lets people in by accounts of their organisation; asked beside the typing.

        Not where this agent has data here: the store, still shut, knows whose key to expect; nothing is sent before.
        """
        if self._here or server == self._ways_asked_of:
            return
        self._ways_asked_of = server
        self._jobs.network(
            self,
            lambda: self._attempts.offers_organisation(server),
            lambda offered: self._ways_known(server, offered),
            self.notify.show_error,
        )

    def _ways_known(self, server: str, offered: bool | None) -> None:
        if server != self._ways_asked_of:
            return
        if offered is None:
            # Not reached: as it was when it last said, and asked again.
            self._ways_asked_of = ""
            return
        self._config.organisation = offered
        if offered or self._organisation is not None:
            self.organisation.offer(offered)
        self._grow()

    @property
    def _whose(self) -> tuple[str, str]:
        return self.server.text().strip().rstrip("/"), self.staff_number.text().strip()

    def _known(self, here: bool, need: Need, whose: tuple[str, str]) -> None:
        """A passphrase that is to be chosen is asked for once the server has taken the password."""
        self._here = here
        self._look_for_ways(whose[0])
        self._show_note()
        if need is not Need.NEW_PASSPHRASE:
            self._show_need(need, whose)
        elif self._need is not need or self._asked != whose:
            self._show_need(Need.NOTHING, whose)

    def _show_need(self, need: Need, whose: tuple[str, str]) -> None:
        self._need, self._asked = need, whose
        needed, new = need is not Need.NOTHING, need is Need.NEW_PASSPHRASE
        for widget in (self.passphrase, self._passphrase_note, self._labels[3]):
            widget.setVisible(needed)
        self.stay.setVisible(not needed)
        self._name_passphrase()
        if needed and new and self.again is None:
            self._make_again()
        for made in (self.again, self._again_label):
            if made is not None:
                made.setVisible(needed and new)
        self._grow()

    def _grow(self) -> None:
        """Room for every word of what is asked and told: what a passphrase is for must not end in an ellipsis."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        high = layout.totalHeightForWidth(self.width())
        if high > self.height() and not self.isMaximized():
            self.resize(self.width(), min(high, self.screen().availableGeometry().height()))

    def _make_again(self) -> None:
        """One slip in a passphrase that nobody sees would lock its own data away: it is asked for twice."""
        self.again, self._again_label = QLineEdit(), Label(size=12, tone=Tone.MUTED)
        self.again.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.returnPressed.connect(self.submit)
        at = self._card.body.indexOf(self.passphrase)
        self._card.body.insertWidget(at + 1, self._again_label)
        self._card.body.insertWidget(at + 2, self.again)
        QWidget.setTabOrder(self.passphrase, self.again)
        self._name_passphrase()

    def _name_passphrase(self) -> None:
        new = self._need is Need.NEW_PASSPHRASE
        chosen = words.PASSPHRASE_NEW_ORGANISATION if self._by_organisation else words.PASSPHRASE_NEW
        self._passphrase_note.set_words(self._tongue(chosen if new else words.PASSPHRASE_ASK))
        if self.again is not None and self._again_label is not None:
            self._again_label.set_words(self._tongue(words.PASSPHRASE_AGAIN))
            self.again.setAccessibleName(self._tongue(words.PASSPHRASE_AGAIN))

    @property
    def _said_twice(self) -> bool:
        return self.again is not None and self.again.text() == self.passphrase.text()

    def submit(self) -> None:
        """By password; on the way by the organisation where that waits for the passphrase alone."""
        goes_on = self._by_organisation and self._need is not Need.NOTHING
        self._enter(by_organisation=goes_on and not self.password.text())

    def _enter(self, *, by_organisation: bool) -> None:
        if self._busy:
            return
        server, staff = self._whose
        password, passphrase, twice = self.password.text(), self.passphrase.text(), self._said_twice
        lacking = self._lacking(by_organisation)
        if lacking is not None:
            words_, field = lacking
            self._say(words_)
            if field is not None:
                field.setFocus()
                field.selectAll()
            return
        word = self.trust.word
        self._by_organisation = by_organisation
        proof = self.organisation.begin() if by_organisation else password
        self._set_busy(True)
        self._jobs.store(
            self,
            lambda: self._attempts.enter(server, staff, proof, passphrase, twice=twice, word=word),
            lambda found: self._done(found, (server, staff)),
            self._failed,
        )

    def _lacking(self, by_organisation: bool) -> tuple[Text, QLineEdit | None] | None:
        """What is still to be filled in, and where; None where everything is."""
        server, staff = self._whose
        if not server:
            return words.NEEDED_SERVER, self.server
        if by_organisation and not staff:
            return words.NEEDED_STAFF, self.staff_number
        if not staff or not (by_organisation or self.password.text()):
            return words.NEEDED, None
        if self._need is not Need.NOTHING and len(self.passphrase.text()) < SHORTEST_PASSPHRASE:
            return words.NEEDED_PASSPHRASE, None
        if self.again is not None and not self.again.isHidden() and not self._said_twice:
            return words.DIFFERENT, self.again
        return None

    def _done(self, found: "Entered | Need", whose: tuple[str, str]) -> None:
        self._set_busy(False)
        if isinstance(found, Need):
            self._show_need(found, whose)
            self.passphrase.setFocus()
            return
        self._config.server, self._config.staff_number = whose
        if found.by_organisation is not None:
            self._config.organisation = found.by_organisation
        self._config.stay = self.stay.isChecked() and self._need is Need.NOTHING
        self.password.clear()
        self.passphrase.clear()
        if self.again is not None:
            self.again.clear()
        self.entered.emit(found)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.notify.show_error(error)
        if isinstance(error, ServerUntrusted):
            self.trust.ask_after(error, here=self._here)
            # Once Qt has heard of the new rows: before, it answers with the height that it had.
            QTimer.singleShot(0, self, self._grow)
        asked = self.trust.asked or (None if self._by_organisation else self.password)
        if asked is None:
            self.organisation.button.setFocus()
            return
        asked.setFocus()
        asked.selectAll()

    def _say(self, text: Text) -> None:
        self.notify.say(text, Tone.WARN)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy)
        if self._organisation is not None:
            if not busy:
                self._organisation.end()
            self._organisation.set_busy(busy)
        if busy:
            self.banner.clear()
        self.retranslate()

    def give_up(self) -> None:
        """The program ends, or another window follows: no browser is waited for."""
        if self._organisation is not None:
            self._organisation.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.give_up()
        super().closeEvent(event)

    def _switch_language(self) -> None:
        self._tongue.set_lang(Lang.EN if self._tongue.lang is Lang.ZH else Lang.ZH)
        self._config.lang = self._tongue.lang
