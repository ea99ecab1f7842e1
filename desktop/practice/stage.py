"""The rehearsal in view: the customer's words, one's own, what may be said, the judgement, the model, the result."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.domain.drill import Drill, DrillStep
from core.domain.text import filled
from core.guidance.drill import DrillScore, Feedback, TurnView
from desktop.keys.call import PRACTISING, Rehearse
from desktop.keys.caps import cap
from desktop.practice import words
from desktop.practice.choice import Choice, Judged
from desktop.practice.presenter import PracticePresenter, Reviewed
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.held import held
from desktop.widgets.label import Label
from desktop.widgets.say_box import SayBox
from desktop.widgets.stage_bar import StageBar
from desktop.widgets.values import StageState, Tone

CHOICES = 5
TURNS = 8
"""of which the end shows the model answers; the lesson and the score speak of all"""
KEPT_AFTER_MS = 400


class DrillStage(QWidget):
    chosen = Signal(int)
    """digit"""
    went_on = Signal()
    again_wanted = Signal()
    next_wanted = Signal()
    written = Signal(str)
    """the agent's own words, some time after they were typed"""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = Card()
        self._steps, self._situation = StageBar(), Label(tone=Tone.MUTED, wrap=True)
        self._steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._customer, self._customer_says = Label(size=12, tone=Tone.MUTED), SayBox()
        self.own, self._yours = QLineEdit(), Label(tone=Tone.MUTED, wrap=True)
        self._pick = Label(size=12, tone=Tone.MUTED)
        self.choices = [Choice() for _ in range(CHOICES)]
        self._verdict, self._why = Label(size=14, bold=True, wrap=True), Label(wrap=True)
        self._model, self._model_says = Label(size=12, tone=Tone.MUTED), SayBox()
        self._hint = Label(tone=Tone.MUTED, wrap=True)
        self._review = [Label(wrap=True) for _ in range(TURNS)]
        self.go_on, self.again, self.next = QPushButton(), QPushButton(), QPushButton()
        self._keep_soon = QTimer(self)
        self._keep_soon.setSingleShot(True)
        self._keep_soon.setInterval(KEPT_AFTER_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for part in (
            self._steps, self._situation, self._customer, self._customer_says, self.own, self._yours, self._pick,
            *self.choices, self._verdict, self._why, *self._review, self._model, self._model_says, self._hint,
        ):  # fmt: skip
            self._card.add(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.again, self.next, self.go_on):
            foot.addWidget(button)
        self.go_on.setProperty("kind", "primary")
        self._card.add(foot)
        self._scroll = CardScroll(self._card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        for digit, choice in enumerate(self.choices, start=1):
            choice.clicked.connect(lambda _=False, d=digit: self.chosen.emit(d))
        self.go_on.clicked.connect(self.went_on)
        self.again.clicked.connect(self.again_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.own.textEdited.connect(lambda _: self._keep_soon.start())
        self.own.returnPressed.connect(self.setFocus)
        self._keep_soon.timeout.connect(self.tell_written)

    def tell_written(self) -> None:
        """What is typed so far, now."""
        self._keep_soon.stop()
        self.written.emit(self.own.text())

    def show_practice(self, p: PracticePresenter) -> None:
        if self._keep_soon.isActive():
            # Whatever is drawn anew, what was typed a moment ago stays.
            self.tell_written()
        with held(self):
            drill, turn, feedback, score = p.drill, p.turn(), p.feedback(), p.score()
            self._show_head(drill, turn)
            self._show_turn(turn, p.said, feedback)
            self._show_choices(turn, p.chosen(), feedback)
            self._show_judgement(turn, feedback, score)
            self._show_review(p.review())
            self._show_hint(drill, score)
            self._show_keys(turn, feedback, score)
        if feedback is not None or score is not None:
            # The verdict and what comes after it, not what was read already.
            QTimer.singleShot(0, self, self._show_end)

    def _show_end(self) -> None:
        self._scroll.ensureWidgetVisible(self.go_on if self.go_on.isVisible() else self.next)

    def _show_head(self, drill: Drill | None, turn: TurnView | None) -> None:
        say = self._tongue
        self._card.set_title(say(drill.title) if drill else say(words.TITLE))
        self._card.set_note(f"{turn.at} / {turn.of}" if turn else "")
        self._steps.setAccessibleName(say(words.TITLE))
        self._steps.set_stages([(say(words.STEPS[step]), _state(step, turn)) for step in DrillStep] if drill else [])
        self._situation.set_words(say(words.SITUATION).format(words=say(drill.situation)) if drill else "")
        for part in (self._steps, self._situation):
            part.setVisible(drill is not None and turn is not None)

    def _show_turn(self, turn: TurnView | None, said: str, feedback: Feedback | None) -> None:
        say, answering = self._tongue, turn is not None and feedback is None
        self._customer.set_words(say(words.CUSTOMER))
        self._customer_says.setAccessibleName(say(words.CUSTOMER))
        self._customer_says.set_spans([(say(turn.customer), False)] if turn else [])
        for part in (self._customer, self._customer_says):
            part.setVisible(turn is not None)
        if self.own.text() != said:
            self.own.setText(said)
        self.own.setVisible(answering)
        self._yours.set_words(say(filled(words.YOURS, words=said)) if said.strip() else "")
        self._yours.setVisible(feedback is not None and bool(said.strip()))
        self._pick.set_words(say(words.CHOICES))
        self._pick.setVisible(answering)

    def _show_choices(self, turn: TurnView | None, chosen: int, feedback: Feedback | None) -> None:
        offered = turn.choices if turn else ()
        for digit, choice in enumerate(self.choices, start=1):
            choice.setVisible(digit <= len(offered))
            if digit <= len(offered):
                judged = _judged(digit, chosen, feedback)
                told = {Judged.RIGHT: words.RIGHT, Judged.WRONG: words.WRONG}.get(judged)
                verdict = self._tongue(filled(told, best=str(feedback.best))) if told and feedback else ""
                choice.set_choice(str(digit), self._tongue(offered[digit - 1]), judged, verdict)

    def _show_judgement(self, turn: TurnView | None, feedback: Feedback | None, score: DrillScore | None) -> None:
        say, verdict, tone, why, model = self._tongue, "", Tone.OK, "", ""
        if turn is not None and feedback is not None:
            tone = Tone.OK if feedback.right else Tone.WARN
            verdict = say(words.RIGHT if feedback.right else filled(words.WRONG, best=str(feedback.best)))
            why, model = say(feedback.why), say(feedback.model)
        elif score is not None:
            tone = Tone.WARN if score.missed else Tone.OK
            verdict = say(filled(words.SCORE, right=str(score.right), of=str(score.of)))
            missed = say(words.JOINT).join(say(words.STEPS[step]) for step in score.missed)
            why = say(filled(words.MISSED, steps=missed) if score.missed else words.ALL_RIGHT)
            model = say(score.lesson)
        head = say(words.LESSON if score is not None else words.MODEL)
        self._verdict.set_words(verdict, tone)
        self._why.set_words(why)
        self._model.set_words(head)
        self._model_says.setAccessibleName(head)
        self._model_says.set_spans([(model, False)])
        for part in (self._verdict, self._why, self._model, self._model_says):
            part.setVisible(bool(model))

    def _show_review(self, turns: list[Reviewed]) -> None:
        """At the end: each step, whether it was well answered, and how it is said."""
        for at, line in enumerate(self._review):
            line.setVisible(at < len(turns))
            if at < len(turns):
                right, turn = turns[at]
                template = words.REVIEW_RIGHT if right else words.REVIEW_WRONG
                told = filled(template, step=words.STEPS[turn.step], words=turn.model)
                line.set_words(self._tongue(told), Tone.MUTED if right else Tone.NEUTRAL)

    def _show_hint(self, drill: Drill | None, score: DrillScore | None) -> None:
        self._hint.set_words(self._tongue(words.CHOOSE))
        self._hint.setVisible(drill is None and score is None)

    def _show_keys(self, turn: TurnView | None, feedback: Feedback | None, score: DrillScore | None) -> None:
        say = self._tongue
        self.own.setPlaceholderText(f"{say(words.OWN)}  {cap(PRACTISING[Rehearse.OWN][0])}")
        self.own.setAccessibleName(say(words.OWN))
        self.own.setToolTip(say(words.OWN_HINT))
        last = turn is not None and turn.at == turn.of
        self.go_on.setText(f"{say(words.FINISH if last else words.GO_ON)}  {cap(PRACTISING[Rehearse.GO_ON][0])}")
        self.again.setText(f"{say(words.AGAIN)}  {cap(PRACTISING[Rehearse.AGAIN][0])}")
        self.next.setText(f"{say(words.NEXT)}  {cap(PRACTISING[Rehearse.GO_ON][0])}")
        self.go_on.setVisible(feedback is not None)
        self.again.setVisible(score is not None)
        self.next.setVisible(score is not None)


def _state(step: DrillStep, turn: TurnView | None) -> StageState:
    order = list(DrillStep)
    if turn is None or order.index(step) < order.index(turn.step):
        return StageState.DONE
    return StageState.CURRENT if step is turn.step else StageState.AHEAD


def _judged(digit: int, chosen: int, feedback: Feedback | None) -> Judged:
    if feedback is None:
        return Judged.OPEN
    if digit == feedback.best:
        return Judged.RIGHT
    return Judged.WRONG if digit == chosen else Judged.PASSED
