"""Tips that wait: who wrote them, from which case, in which words; approved, returned or refused by a key."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QPainter, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.desk.judging import WaitingTip
from core.domain.clock import CHINA
from core.domain.text import Text, filled
from core.sync.ask import Ask
from desktop import theme
from desktop.keys import JUDGING, Judge, cap
from desktop.knowledge.reader import ArticleView
from desktop.lane import Lane
from desktop.tips import words
from desktop.tips.presenter import SENTENCE_MOST, Reading, TipsPresenter
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.choice_list import CHOOSE, ChoiceList
from desktop.widgets.label import Label
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Tone

LOOK_EVERY_MS = 30_000
"""while the page is in sight"""


class TipsPage(QWidget):
    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        tongue: Tongue,
        *,
        lane: Lane,
        scenario_name: Callable[[str], Text],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tongue, self._scenario_name, self._say = tongue, scenario_name, say
        self.presenter = TipsPresenter(
            desk, ask, lane=lane, changed=self._show, judged=self._judged, show_error=show_error
        )
        self._list_card, self._tip_card = Card(), Card()
        self._typed: dict[UUID, str] = {}
        """a line that was begun for a tip and not sent"""
        self._in_view: UUID | None = None
        self.list: ChoiceList[WaitingTip] = ChoiceList(
            draw=self._draw,
            spoken=self._spoken,
            hint=lambda one: one.judged.tip.text,
            tall=_tall,
            key=lambda one: one.judged.tip.id,
            opened=self._open,
        )
        self.reader = ArticleView()
        self._check = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.sentence = QLineEdit()
        self.sentence.setMaxLength(SENTENCE_MOST)
        self._wrong = Label(tone=Tone.BAD, wrap=True)
        self.buttons = {how: QPushButton() for how in Judge}
        self._lay_out()
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self.presenter.load)
        self.sentence.textEdited.connect(lambda _: self._wrong.setVisible(False))
        for how, button in self.buttons.items():
            button.clicked.connect(lambda _=False, h=how: self.judge(h))
            shortcut = QShortcut(QKeySequence(JUDGING[how][0]), self, lambda h=how: self.judge(h))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        self._list_card.add(self.list, 1)
        self._list_card.setFixedWidth(theme.px(400))
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in reversed(self.buttons.values()):
            foot.addWidget(button)
        self.buttons[Judge.APPROVE].setProperty("kind", "primary")
        self._tip_card.add(self.reader, 1)
        for part in (self._check, self.sentence, self._wrong):
            self._tip_card.add(part)
        self._tip_card.add(foot)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self._list_card)
        row.addWidget(self._tip_card, 1)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(row, 1)

    def refresh(self) -> None:
        self.presenter.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()
        if not event.spontaneous():
            self.list.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    def retranslate(self) -> None:
        say = self._tongue
        self._list_card.set_title(say(words.WAITING))
        self._tip_card.set_title(say(words.TIP))
        self.list.setAccessibleName(say(words.WAITING))
        self.reader.setAccessibleName(say(words.TIP))
        self._check.set_words(say(words.CHECK))
        self._wrong.set_words(say(words.SAY_WHY))
        self._wrong.setVisible(False)
        self.sentence.setPlaceholderText(say(words.SENTENCE))
        self.sentence.setAccessibleName(say(words.SENTENCE))
        for how, button in self.buttons.items():
            button.setText(f"{say(words.ACTS[how])}  {cap(JUDGING[how][0])}")
            button.setAccessibleName(say(words.ACTS[how]))
        self._show()

    @property
    def chosen(self) -> WaitingTip | None:
        """The tip in view."""
        return self.list.chosen

    def judge(self, how: Judge) -> None:
        """Decides the tip in view; without the line that its author is owed, the keys go there first."""
        tip = self.chosen
        if tip is None:
            return
        if not self.presenter.judge(tip, how, self.sentence.text()):
            self._wrong.setVisible(True)
            self.sentence.setFocus()

    def _judged(self, how: Judge) -> None:
        self._say(words.DONE[how], Tone.OK)

    def _show(self) -> None:
        """The list anew; what is being read stays chosen, and what is being typed for it."""
        p = self.presenter
        empty = {Reading.BEGUN: words.READING, Reading.READ: words.NONE, Reading.OFFLINE: words.OFFLINE}[p.reading]
        self.list.set_rows(p.tips, empty=self._tongue(empty))
        there = {one.judged.tip.id for one in p.tips}
        self._typed = {tip: typed for tip, typed in self._typed.items() if tip in there}
        note = str(len(p.tips)) if p.reading is Reading.READ else self._tongue(empty) if p.tips else ""
        self._list_card.set_note(note, Tone.WARN if p.reading is Reading.OFFLINE else Tone.MUTED)

    def _open(self, tip: WaitingTip | None) -> None:
        self._keep_typed(tip.judged.tip.id if tip else None)
        parts = (self.sentence, *self.buttons.values())
        if tip is None and any(part.hasFocus() for part in parts):
            self.list.setFocus()
        for part in parts:
            part.setEnabled(tip is not None)
        self._check.set_words(self._tongue(words.CHECK if tip or not self.list.lines.rowCount() else CHOOSE))
        if tip is None:
            self.reader.clear()
            return
        note = " · ".join((self._author(tip), self._when(tip), self._case(tip)))
        self.reader.show_markdown(tip.judged.tip.title, note, tip.judged.tip.text)

    def _keep_typed(self, tip: UUID | None) -> None:
        """A line that was typed for one tip waits there, and is never sent with another."""
        if tip == self._in_view:
            return
        if self._in_view is not None:
            self._typed[self._in_view] = self.sentence.text()
        self._in_view = tip
        self.sentence.setText(self._typed.get(tip, "") if tip else "")
        self._wrong.setVisible(False)

    # A tip in words

    def _author(self, one: WaitingTip) -> str:
        return self._tongue(filled(words.BY, name=one.judged.author or "—", number=one.judged.tip.agent))

    def _when(self, one: WaitingTip) -> str:
        return f"{one.judged.tip.at.astimezone(CHINA):%m-%d %H:%M}"

    def _case(self, one: WaitingTip) -> str:
        """The scenario and step that it was written in: a tip never names a customer."""
        if not one.judged.tip.scenario:
            return self._tongue(words.NO_CASE)
        scenario = self._tongue(self._scenario_name(one.judged.tip.scenario))
        stage = self._tongue(one.stage) if one.stage else ""
        case = self._tongue(filled(words.FROM if stage else words.FROM_SCENARIO, scenario=scenario, step=stage))
        return f"{case} · {self._tongue(words.NEWER)}" if one.judged.tip.after else case

    def _spoken(self, one: WaitingTip) -> str:
        return " · ".join((one.judged.tip.title, self._author(one), self._case(one)))

    def _draw(self, painter: QPainter, rect: QRectF, one: WaitingTip) -> None:
        """Title and day above, author and case below."""
        edge, small = theme.px(8), theme.font(12)
        above = QRectF(rect.left() + edge, rect.top() + theme.px(2), rect.width() - 2 * edge, rect.height() / 2)
        when = theme.px(90)
        title = above.adjusted(0, 0, -when, 0)
        draw_words(painter, title, one.judged.tip.title, theme.font(14, bold=True), ink(Tone.NEUTRAL))
        draw_words(painter, above, self._when(one), small, ink(Tone.MUTED), Qt.AlignmentFlag.AlignRight)
        below = above.translated(0, rect.height() / 2 - theme.px(3))
        draw_words(painter, below, f"{self._author(one)} · {self._case(one)}", small, ink(Tone.MUTED))


def _tall(_one: WaitingTip, _width: float) -> float:
    return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(10)
