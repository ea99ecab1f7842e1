"""Tips that wait and tips that stand: who wrote them, from which case, in which words; each decision has its key."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QPainter, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.desk import Desk
from core.desk.judging import WaitingTip
from core.domain.clock import CHINA
from core.domain.text import Text, filled
from core.sync.ask import Ask
from desktop import theme
from desktop.keys.caps import cap
from desktop.keys.leading import JUDGING, Judge
from desktop.lane import Lane
from desktop.tips import words
from desktop.tips.presenter import SENTENCE_MOST, Reading, TipsPresenter
from desktop.tips.wording import Wording
from desktop.tongue import Tongue
from desktop.widgets.choice_list import CHOOSE
from desktop.widgets.decision_board import DecisionBoard, Lack
from desktop.widgets.label import Label
from desktop.widgets.painted import draw_words, height_of, ink
from desktop.widgets.values import Tone

_OF_STANDING = frozenset({Judge.REWORD, Judge.TAKE_BACK})
"""what can be done with a tip that everyone has"""
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
        self.wording = Wording(left=self._leave)
        self.reader = self.wording.reader
        self._check = Label(size=12, tone=Tone.MUTED, wrap=True)
        self.sentence = QLineEdit()
        self.sentence.setMaxLength(SENTENCE_MOST)
        self.board = self._board_made()
        self.list, self.buttons = self.board.list, self.board.buttons
        self.switch = QPushButton()
        self._lay_out()
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self.presenter.load)
        self.setFocusProxy(self.list)
        tongue.changed.connect(self.retranslate)
        self.retranslate()

    def _board_made(self) -> DecisionBoard[WaitingTip, Judge]:
        return DecisionBoard(
            draw=self._draw,
            spoken=self._spoken,
            hint=lambda one: one.judged.tip.text,
            tall=_tall,
            key=lambda one: one.judged.tip.id,
            fields=(self.sentence,),
            keys={how: key for how, (key, _) in JUDGING.items() if how is not Judge.STANDING},
            decide=self._decide,
            opened=self._open,
        )

    def _lay_out(self) -> None:
        self.board.body.addWidget(self.wording, 1)
        self.board.body.addWidget(self._check)
        self.switch.clicked.connect(self._switch)
        self.board.list_card.add(self.switch)
        QShortcut(QKeySequence(JUDGING[Judge.STANDING][0]), self, self._switch).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.board)

    def refresh(self) -> None:
        """Read anew, and shown by the names that are known by now: a scenario's may come after its tips."""
        self._show()
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
        self.wording.retranslate(say)
        self._name()
        self.sentence.setPlaceholderText(say(words.SENTENCE))
        self.sentence.setAccessibleName(say(words.SENTENCE))
        self._show()

    def _name(self) -> None:
        """What the list is of, and what can be done with the tip in view."""
        say, standing = self._tongue, self.presenter.standing
        acts = {how: say(text) for how, text in words.ACTS.items()}
        if self.wording.writing:
            acts[Judge.REWORD] = say(words.SAVE_WORDS)
        self.board.name(waiting=say(words.STANDING if standing else words.WAITING), one=say(words.TIP), acts=acts)
        for how, button in self.buttons.items():
            button.setVisible((how in _OF_STANDING) is standing)
        self.switch.setText(f"{say(words.SWITCH[standing])}  {cap(JUDGING[Judge.STANDING][0])}")
        self.switch.setAccessibleName(say(words.SWITCH[standing]))

    def _switch(self) -> None:
        self.presenter.switch()
        self._name()
        self.list.setFocus()

    def _leave(self) -> None:
        if (tip := self.chosen) is not None:
            self.wording.end(tip.judged.tip.id)
            self._name()
            self.list.setFocus()

    @property
    def chosen(self) -> WaitingTip | None:
        """The tip in view."""
        return self.board.chosen

    def judge(self, how: Judge) -> None:
        """Decides the tip in view; without the line that its author is owed, the keys go there first."""
        self.board.decide(how)

    def _decide(self, tip: WaitingTip, how: Judge) -> Lack | None:
        if (how in _OF_STANDING) is not self.presenter.standing:
            return None
        if how is Judge.REWORD:
            return self._reword(tip)
        if self.presenter.judge(tip, how, self.sentence.text()):
            return None
        return Lack(self._tongue(words.SAY_WHY), self.sentence)

    def _reword(self, tip: WaitingTip) -> Lack | None:
        """The first time the words are opened, the second time they are sent."""
        if not self.wording.writing:
            self.wording.begin(tip.judged.tip)
            self._name()
            return None
        written = (self.wording.title.text(), self.wording.text.toPlainText())
        wrong = self.presenter.reword(tip, *written, self.sentence.text())
        return None if wrong is None else Lack(self._tongue(wrong), self.wording.title)

    def _judged(self, how: Judge, tip_id: UUID) -> None:
        if how is Judge.REWORD:
            self.wording.end(tip_id)
            self.sentence.clear()
            self._open(self.chosen)
        self._say(words.DONE[how], Tone.OK)

    def _show(self) -> None:
        """The list anew; what is being read stays chosen, and what is being typed for it."""
        p = self.presenter
        empty = {
            Reading.BEGUN: words.READING,
            Reading.READ: words.NO_STANDING if p.standing else words.NONE,
            Reading.OFFLINE: words.OFFLINE,
        }[p.reading]
        self.board.set_rows(p.tips, empty=self._tongue(empty))
        note = str(len(p.tips)) if p.reading is Reading.READ else self._tongue(empty) if p.tips else ""
        self.board.list_card.set_note(note, Tone.WARN if p.reading is Reading.OFFLINE else Tone.MUTED)

    def _open(self, tip: WaitingTip | None) -> None:
        check = words.CHECK_STANDING if self.presenter.standing else words.CHECK
        self._check.set_words(self._tongue(check if tip or not self.list.lines.rowCount() else CHOOSE))
        if tip is None:
            self.wording.show_tip(None, "")
        else:
            note = " · ".join((self._author(tip), self._when(tip), self._case(tip)))
            self.wording.show_tip(tip.judged.tip, note)
        self._name()

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
