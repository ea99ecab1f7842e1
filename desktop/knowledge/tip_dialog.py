"""Writing a tip from a call: a title, a text, the step that it belongs to. What is typed is kept until it is sent."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.desk.knowing import TipDraft, keep_tip_draft, write_tip
from core.domain.errors import StaylineError
from core.domain.knowledge import Tip
from core.domain.text import filled
from core.domain.tip_rules import FLAW_WORDS, TEXT_MOST, TITLE_MOST, TipFlaw, tip_flaw
from desktop import theme
from desktop.keys.call import SEND
from desktop.keys.caps import cap, on_both_enters
from desktop.knowledge import words
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

KEPT_AFTER_MS = 400


class TipDialog(QDialog):
    sent = Signal()

    def __init__(
        self,
        desk: Desk,
        tongue: Tongue,
        *,
        lane: Lane,
        draft: TipDraft,
        scenario_name: Callable[[str], str],
        show_error: Callable[[Exception], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tongue, self._lane, self._draft = desk, tongue, lane, draft
        self._show_error, self._sending = show_error, False
        self.setWindowTitle(tongue(words.WRITE))
        self.title, self.text = QLineEdit(draft.title), QPlainTextEdit(draft.text)
        self.title.setMaxLength(TITLE_MOST)
        self._wrong = Label(size=12, tone=Tone.BAD, wrap=True)
        self.send, self.later = QPushButton(), QPushButton()
        self._lay_out(scenario_name)
        self._keep_soon = QTimer(self)
        self._keep_soon.setSingleShot(True)
        self._keep_soon.setInterval(KEPT_AFTER_MS)
        self._keep_soon.timeout.connect(self._keep)
        self.title.textChanged.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        self.send.clicked.connect(self._send)
        self.later.clicked.connect(self.reject)
        self.finished.connect(self._left)
        for key in on_both_enters(SEND):
            QShortcut(QKeySequence(key), self, self._send)
        (self.text if draft.title else self.title).setFocus()

    def _lay_out(self, scenario_name: Callable[[str], str]) -> None:
        say = self._tongue
        self.title.setPlaceholderText(say(words.TITLE))
        self.title.setAccessibleName(say(words.TITLE))
        self.text.setPlaceholderText(say(words.TEXT))
        self.text.setAccessibleName(say(words.TEXT))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(140))
        self.resize(theme.px(540), theme.px(460))
        self.send.setText(f"{say(words.SEND)}  {cap(SEND)}")
        self.send.setProperty("kind", "primary")
        self.later.setText(f"{say(words.LATER)}  Esc")
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(say(words.WRITE), size=18, bold=True))
        column.addWidget(Label(say(words.FOR_WHOM), size=12, tone=Tone.MUTED, wrap=True))
        if self._draft.asked:
            column.addWidget(Label(say(filled(words.ASKED, reason=self._draft.asked)), tone=Tone.WARN, wrap=True))
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        if self._draft.scenario:
            belongs = filled(words.BELONGS, scenario=scenario_name(self._draft.scenario))
            column.addWidget(Label(say(belongs), size=12, tone=Tone.MUTED))
        column.addWidget(self._wrong)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.send)
        column.addLayout(foot)

    @property
    def draft(self) -> TipDraft:
        return TipDraft(
            title=self.title.text(),
            text=self.text.toPlainText(),
            scenario=self._draft.scenario,
            step=self._draft.step,
            after=self._draft.after,
            asked=self._draft.asked,
        )

    @property
    def wrong(self) -> str:
        """What keeps it from being sent, empty while nothing was said."""
        return self._wrong.text()

    def _typed(self) -> None:
        """Somebody's number is told as it is typed, the rest when it is sent."""
        flaw = tip_flaw(self.title.text(), self.text.toPlainText()[:TEXT_MOST])
        self._wrong.set_words(self._tongue(FLAW_WORDS[flaw]) if flaw is TipFlaw.NUMBER else "")
        self._keep_soon.start()

    def reject(self) -> None:
        """Not in the moment in which it is sent: kept behind that, a tip that went would be a draft again."""
        if not self._sending:
            super().reject()

    def _keep(self) -> None:
        draft = self.draft
        self._lane(lambda: keep_tip_draft(self._desk, draft))

    def _left(self, result: int) -> None:
        self._keep_soon.stop()
        if result != QDialog.DialogCode.Accepted:
            self._keep()

    def _send(self) -> None:
        if self._sending:
            return
        self._sending = True
        self._keep_soon.stop()
        draft, lang = self.draft, self._tongue.lang

        def done(_: Tip) -> None:
            self.sent.emit()
            self.accept()

        def failed(error: Exception) -> None:
            self._sending = False
            if isinstance(error, StaylineError):
                self._wrong.set_words(error.spoken(lang))
            else:
                self._show_error(error)
            self._keep()

        self._lane(lambda: write_tip(self._desk, draft, lang=lang), done, failed)
