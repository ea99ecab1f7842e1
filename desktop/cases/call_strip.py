"""The line in the call that nobody can miss: an open repair case, what the customer was promised, and a promise made
by a key. It takes no room where there is nothing of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.desk.casework import OfCustomer
from core.domain.promise import KIND_NAMES, PromiseKind
from core.domain.repair import RepairTemplate
from core.domain.text import Text, filled
from desktop import theme
from desktop.cases import saying, words
from desktop.cases.composer import Asked, Composer, Written, ahead
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.keys.following import Work
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

EVERY_MS = 15_000
NOTHING = OfCustomer((), ())


class CallStrip(QWidget):
    see_case = Signal()
    promised = Signal(object)
    """Written: `pick` is the kind"""
    opened = Signal(object)
    """Written: `pick` is the template, empty for words of one's own"""

    def __init__(self, tongue: Tongue, now: Callable[[], datetime], leave: Callable[[], None]) -> None:
        super().__init__()
        self._tongue, self._now, self._leave = tongue, now, leave
        self._found = NOTHING
        self._opening = False
        self._card, self._told = Card(), QWidget()
        self.case, self.promise = Label(size=14, bold=True), Label(size=14)
        self.see, self.composer = QPushButton(), Composer(tongue)
        self.see.setProperty("kind", "plain")
        row = QHBoxLayout(self._told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.case)
        row.addWidget(self.promise, 1)
        row.addWidget(self.see)
        self._card.add(self._told)
        self._card.add(self.composer)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), 0)
        column.addWidget(self._card)
        self.see.clicked.connect(self.see_case)
        self.composer.written.connect(self._written)
        self.composer.left.connect(self._put_away)
        self._clockwork = QTimer(self)
        self._clockwork.setInterval(EVERY_MS)
        self._clockwork.timeout.connect(self.refresh)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        say = self._tongue
        self.setAccessibleName(say(words.CASES))
        self.see.setText(f"{say(words.CASE_KEY)}  {cap(BOUND[Act.CASE][0])}")
        self.see.setAccessibleName(say(words.CASE_KEY))
        self.refresh()

    @property
    def has_case(self) -> bool:
        return bool(self._found.cases)

    def show_customer(self, found: OfCustomer) -> None:
        self._found = found
        self.refresh()

    def customer_left(self) -> None:
        self.composer.put_away()
        self.show_customer(NOTHING)

    # Asking

    def ask_promise(self) -> None:
        say = self._tongue
        kinds = tuple((kind.value, say(KIND_NAMES[kind])) for kind in PromiseKind)
        self._opening = False
        self.composer.ask(
            Asked(
                title=f"{say(words.ACTS[Work.PROMISE])}  {cap(BOUND[Act.PROMISE][0])}",
                hint=say(words.ASKS[Work.PROMISE]),
                picks=kinds,
                pick_name=say(words.KINDS),
                at=ahead(self._now()),
            )
        )
        self.refresh()

    def ask_case(self, templates: Sequence[RepairTemplate]) -> None:
        say = self._tongue
        picks = (*((one.id, say(one.title)) for one in templates), ("", say(words.OTHER_DAMAGE)))
        self._opening = True
        asked = Asked(
            title=f"{say(words.OPEN_CASE)}  {cap(BOUND[Act.CASE][0])}",
            hint=say(words.WHAT_BROKE),
            picks=picks,
            pick_name=say(words.OPEN_CASE),
        )
        self.composer.ask(asked)
        self.composer.pick.setFocus()
        self.refresh()

    def done(self) -> None:
        """It is kept: the keys are the script's again."""
        self.composer.put_away()
        self._put_away()

    def wrong(self, why: str) -> None:
        self.composer.wrong(why)

    def _written(self, written: Written) -> None:
        (self.opened if self._opening else self.promised).emit(written)

    def _put_away(self) -> None:
        self.refresh()
        self._leave()

    # Showing

    def refresh(self) -> None:
        """The countdown goes by minutes."""
        cases, promises = self._found
        told = bool(cases or promises)
        self._told.setVisible(told)
        self.setVisible(told or self.composer.asking)
        self.see.setVisible(bool(cases))
        self.case.setVisible(bool(cases))
        if cases:
            stands, tone = saying.contact(cases[0], self._now())
            title = cases[0].began.title
            self._say(
                self.case,
                Text(
                    words.STRIP_CASE.zh.format(title=title.zh, contact=stands.zh),
                    words.STRIP_CASE.en.format(title=title.en, contact=stands.en),
                ),
                tone,
            )
        self._show_promise()
        if told and not self._clockwork.isActive():
            self._clockwork.start()
        elif not told:
            self._clockwork.stop()

    def _show_promise(self) -> None:
        promises, now = self._found.promises, self._now()
        if not promises:
            self._say(self.promise, Text("", ""), Tone.MUTED)
            return
        first = promises[0]
        when = saying.hour(first.due_at, now)
        text = filled(words.STRIP_PROMISE, when=when, words=first.made.words)
        if len(promises) > 1:
            more = filled(words.STRIP_MORE, n=str(len(promises) - 1))
            text = Text(f"{text.zh}；{more.zh}", f"{text.en}; {more.en}")
        self._say(self.promise, text, Tone.BAD if first.is_late(now) else Tone.WARN)

    def _say(self, label: Label, text: Text, tone: Tone) -> None:
        spoken = self._tongue(text)
        label.set_words(spoken, tone)
        label.setToolTip(spoken)
