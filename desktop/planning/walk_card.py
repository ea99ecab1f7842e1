"""The walk: the words in view filled in for the chosen customer, and the answers by digit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.script_walk import Walker
from core.domain.task import TIER_NAMES
from core.domain.text import filled
from core.guidance.views import StepView
from desktop.keys.caps import cap
from desktop.keys.planning import PLANNING, Plan
from desktop.planning import words
from desktop.planning.scripts_presenter import ScriptsPresenter
from desktop.tongue import Tongue
from desktop.widgets.answer_button import AnswerButton
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.held import held
from desktop.widgets.label import Label
from desktop.widgets.say_box import SayBox
from desktop.widgets.values import Tone

ANSWERS = 9


class WalkCard(QWidget):
    answered = Signal(int)
    walker_chosen = Signal(int)
    walkers_wanted = Signal(str)
    back_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._card = Card()
        self.sought, self.walker = QLineEdit(), ChoiceBox()
        self.walker.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._shown: list[Walker] = []
        self._step, self.say_box = Label(bold=True), SayBox()
        self._closed, self._hint = Label(tone=Tone.WARN, wrap=True), Label(size=12, tone=Tone.MUTED, wrap=True)
        self._zone = Label(size=12, tone=Tone.BRAND, wrap=True)
        self.answers = [AnswerButton() for _ in range(ANSWERS)]
        self._end = Label(tone=Tone.OK)
        self.back, self.again = QPushButton(), QPushButton()
        self._lay_out()
        self.walker.activated.connect(self.walker_chosen)
        self.sought.returnPressed.connect(lambda: self.walkers_wanted.emit(self.sought.text()))
        for digit, button in enumerate(self.answers, start=1):
            button.clicked.connect(lambda _=False, d=digit: self.answered.emit(d))
        self.back.clicked.connect(self.back_wanted)
        self.again.clicked.connect(self.again_wanted)

    def _lay_out(self) -> None:
        for part in (
            self.sought,
            self.walker,
            self._step,
            self.say_box,
            self._closed,
            self._hint,
            self._zone,
            *self.answers,
            self._end,
        ):
            self._card.add(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.again)
        foot.addWidget(self.back)
        self._card.add(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(CardScroll(self._card))

    def retranslate(self) -> None:
        say = self._tongue
        self._card.set_title(say(words.WALK))
        self.sought.setPlaceholderText(say(words.FIND_WALKER))
        self.sought.setAccessibleName(say(words.FIND_WALKER))
        self.walker.setAccessibleName(say(words.WALKER))
        self.say_box.setAccessibleName(say(words.WALK))
        self._end.set_words(say(words.ENDED))
        self.back.setText(f"{say(words.BACK)}  {cap(PLANNING[Plan.BACK][0])}")
        self.again.setText(f"{say(words.AGAIN)}  {cap(PLANNING[Plan.AGAIN][0])}")
        self._shown = []

    def show_walk(self, p: ScriptsPresenter) -> None:
        with held(self):
            self._show_walkers(p)
            self._show_step(p.walk.view if p.walk is not None else None)

    def _show_walkers(self, p: ScriptsPresenter) -> None:
        if p.walkers and self._shown != p.walkers:
            at = p.walker_at
            self.walker.clear()
            self.walker.addItems([self._named(one) for one in p.walkers])
            self.walker.setCurrentIndex(min(at, len(p.walkers) - 1))
            self._shown = p.walkers
        elif not p.walkers:
            self.walker.clear()
            none = words.NOBODY_FOUND if p.sought else words.NO_WALKER
            self.walker.addItem(self._tongue(words.OFFLINE if p.unreachable else none))
            self._shown = []
        self.walker.setEnabled(bool(p.walkers))

    def _named(self, one: Walker) -> str:
        """Who, in a few words: one of the base is told apart by tier, plan and area."""
        say, identity = self._tongue, one.document.identity
        parts = [one.name or say(filled(words.NAMELESS, id=one.document.id))]
        if identity is not None:
            parts += [say(TIER_NAMES[identity.tier])] if identity.tier in TIER_NAMES else []
            parts += [say(identity.plan_name)] if identity.plan_name else []
            parts += [identity.area] if identity.area else []
        return " · ".join(part for part in parts if part)

    def _show_step(self, view: StepView | None) -> None:
        say = self._tongue
        self._step.set_words(view.step_id if view else "")
        self.say_box.set_spans([(span.text, span.figure) for span in view.spans] if view else [])
        self.say_box.setVisible(bool(view and view.spans))
        self._closed.set_words(say(view.closed) if view and view.closed else "")
        self._closed.setVisible(bool(view and view.closed))
        self._hint.set_words(say(view.hint) if view and view.hint else "")
        self._hint.setVisible(bool(view and view.hint))
        zone = view.zone if view else None
        self._zone.set_words(say(words.ZONE).format(zone=say(zone.label), guide=say(zone.guide)) if zone else "")
        self._zone.setVisible(zone is not None)
        offered = view.answers if view and not view.ended else ()
        for at, button in enumerate(self.answers):
            button.setVisible(at < len(offered))
            if at < len(offered):
                one = offered[at]
                why = say(one.why_not) if one.why_not else ""
                button.set_answer(str(one.digit), say(one.label), enabled=one.enabled, why_not=why)
        self._end.setVisible(bool(view and view.ended))
