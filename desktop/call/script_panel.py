"""The script column: where the call stands, the words to say, answers by digit, objections, what must be done."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.desk.call_session import CallSession
from core.domain.money import yuan_short
from core.domain.outcome import Verification
from core.guidance.views import ObjectionView, StepView
from desktop import theme
from desktop.call import words
from desktop.call.presenter import CallPresenter
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.tongue import Tongue
from desktop.widgets.answer_button import AnswerButton
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.chip import Chip
from desktop.widgets.flow import FlowLayout
from desktop.widgets.held import held
from desktop.widgets.label import Label
from desktop.widgets.say_box import SayBox
from desktop.widgets.stage_bar import StageBar
from desktop.widgets.values import StageState, Tone

OBJECTION_KEYS = "QWERTYU"
TICK_KEYS = "QWERYUOD"
ANSWERS = 9
WIDTH = 360


class ScriptPanel(QWidget):
    answered = Signal(int)
    objected = Signal(int)
    ticked = Signal(int)
    stepped = Signal(bool)
    """True: back"""
    stage_chosen = Signal(int)
    verified = Signal(str)

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._card, self._must = StepCard(), Card()
        self._stages = StageBar()
        self._say = SayBox()
        self._closed_step, self._step_id = False, ""
        self._zone = Label(size=12, tone=Tone.BRAND, wrap=True)
        self._featured = Label(size=12, tone=Tone.VIP, wrap=True)
        self._offers = Label(size=12, tone=Tone.BRAND, wrap=True)
        self._hint = Label(size=12, tone=Tone.MUTED, wrap=True)
        self._closed = Label(size=14, tone=Tone.WARN, wrap=True)
        self._answers = [AnswerButton() for _ in range(ANSWERS)]
        self._objections: list[Chip] = []
        self._objection = ObjectionBox(tongue)
        self._checks: list[Chip] = []
        self._back, self._forward = QPushButton(), QPushButton()
        self._who = [
            (Chip(checkable=True, key="Alt+Z"), Verification.OWNER, words.OWNER),
            (Chip(checkable=True, key="Alt+X"), Verification.FAMILY, words.FAMILY),
            (Chip(checkable=True, key="Alt+C"), Verification.THIRD_PARTY, words.THIRD_PARTY),
        ]
        self._says = Label(size=12, tone=Tone.MUTED)
        self._who_label = Label(size=12, tone=Tone.MUTED)
        self._lay_out()
        self._stages.chosen.connect(self.stage_chosen)
        self._back.clicked.connect(lambda: self.stepped.emit(True))
        self._forward.clicked.connect(lambda: self.stepped.emit(False))
        self._objection.closed.connect(self.close_objection)
        for digit, button in enumerate(self._answers, start=1):
            button.clicked.connect(lambda _=False, d=digit: self.answered.emit(d))

    def _lay_out(self) -> None:
        self._card.add(self._stages)
        # An objection takes the place of the words until it is put away: both are never below the fold.
        self._card.add(self._objection)
        self._card.add(self._say)
        self._card.add(self._closed)
        self._card.add(self._zone)
        self._card.add(self._hint)
        self._card.add(self._offers)
        self._card.add(self._featured)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._card.add(self._grid)
        for button in self._answers:
            self._grid.addWidget(button)
            button.setVisible(False)
        holder = QWidget()
        self._objection_flow = FlowLayout(holder)
        self._objection_flow.addWidget(self._says)
        self._add_objection()
        self._card.add(holder)
        who_holder = QWidget()
        who_flow = FlowLayout(who_holder)
        who_flow.addWidget(self._who_label)
        for chip, who, _ in self._who:
            who_flow.addWidget(chip)
            chip.clicked.connect(lambda _=False, v=who: self.verified.emit(v.value))
        self._card.add(who_holder)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for move in (self._back, self._forward):
            move.setProperty("kind", "plain")
            foot.addWidget(move)
        self._card.add(foot)
        must_holder = QWidget()
        self._check_flow = FlowLayout(must_holder)
        self._add_check()
        self._must.add(must_holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(CardScroll(self._card, self._must, inner=StepColumn()))

    def show_script(self, presenter: CallPresenter) -> None:
        session = presenter.session
        self.setVisible(session is not None)
        if session is not None:
            with held(self):
                self._show(session)

    def _show(self, session: CallSession) -> None:
        say, conversation, script = self._tongue, session.conversation, session.opened.script
        view = conversation.view()
        self._card.set_title(say(words.SCRIPT).format(title=say(script.title)))
        self._card.set_note(say(words.VERSION).format(version=script.version))
        self._stages.setAccessibleName(say(words.STAGES))
        self._stages.set_stages([(say(s.label), StageState(s.state.value)) for s in view.stages])
        self._show_step(view)
        self._show_offers(session)
        self._show_featured(session)
        self._show_objections([say(o.label) for o in conversation.objections()])
        self._show_checks([(say(c.item.label), c.ticked) for c in conversation.checklist()])
        self._says.set_words(say(words.CUSTOMER_SAYS))
        self._back.setText(f"{say(words.BACK)}  {cap(BOUND[Act.BACK][0])}")
        self._forward.setText(f"{say(words.FORWARD)}  {cap(BOUND[Act.FORWARD][0])}")
        self._back.setEnabled(view.can_back)
        self._forward.setEnabled(view.can_forward)
        self._who_label.set_words(say(words.VERIFY))
        for chip, who, text in self._who:
            chip.set_chip(say(text))
            chip.setChecked(conversation.verification is who)

    def _show_step(self, view: StepView) -> None:
        say = self._tongue
        spans = [(span.text, span.figure) for span in view.spans]
        self._closed_step = view.closed is not None
        if view.step_id != self._step_id:
            # The talk has gone on: so has the objection.
            self._step_id = view.step_id
            self._objection.setVisible(False)
        self._say.setVisible(view.closed is None and not self.objection_open)
        self._closed.setVisible(view.closed is not None or view.ended)
        if view.closed is not None:
            self._closed.set_words(say(view.closed), Tone.WARN)
        elif view.ended:
            self._closed.set_words(say(words.SCRIPT_ENDED), Tone.OK)
        self._say.set_spans(spans)
        zone = view.zone
        self._zone.set_words(say(words.ZONE).format(zone=say(zone.label), guide=say(zone.guide)) if zone else "")
        self._zone.setVisible(zone is not None)
        self._hint.set_words(say(view.hint) if view.hint else "")
        self._hint.setVisible(view.hint is not None)
        for index, button in enumerate(self._answers):
            offered = index < len(view.answers)
            button.setVisible(offered)
            if offered:
                answer = view.answers[index]
                why = say(answer.why_not) if answer.why_not else ""
                button.set_answer(str(answer.digit), say(answer.label), enabled=answer.enabled, why_not=why)
        self._place_answers(len(view.answers))

    def _show_offers(self, session: CallSession) -> None:
        """What these words lead to, only where this customer may have it."""
        say = self._tongue
        names = [say(choice.offer.name) for choice in session.offers_here()]
        self._offers.setVisible(bool(names))
        if names:
            listed = say(words.ENUMERATED).join(names)
            self._offers.set_words(say(words.MAY_OFFER).format(names=listed, key=cap(BOUND[Act.OFFERS][0])))

    @property
    def offers_words(self) -> str:
        """What may be offered at this step; empty where there is nothing."""
        return "" if self._offers.isHidden() else self._offers.text()

    def _show_featured(self, session: CallSession) -> None:
        """4G-03: the plan of today's shelf, only to whom it fits and while selling is open."""
        found = session.compared.featured if session.compared and session.conversation.open_to_offers else None
        self._featured.setVisible(found is not None)
        if found is None:
            return
        say, window = self._tongue, found.window
        plan, fee = say(found.row.plan.name), yuan_short(found.row.plan.fee_fen)
        words_ = say(words.FEATURED).format(
            behaviour=say(window.behaviour), enquiry=say(window.enquiry), plan=plan, fee=fee
        )
        self._featured.set_words(words_, Tone.VIP)

    @property
    def featured_words(self) -> str:
        """What is featured today; empty where nothing is for this customer."""
        return "" if self._featured.isHidden() else self._featured.text()

    def _place_answers(self, count: int) -> None:
        """Two beside each other; one that would be cut has a row of its own."""
        half = (self.width() - theme.px(70)) // 2
        row = column = 0
        for button in self._answers[:count]:
            wide = button.sizeHint().width() > half
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(button, row, column, 1, 2 if wide else 1)
            column = 2 if wide else column + 1
            if column == 2:
                row, column = row + 1, 0

    def _show_objections(self, labels: Sequence[str]) -> None:
        while len(self._objections) < len(labels):
            self._add_objection()
        for index, chip in enumerate(self._objections):
            chip.setVisible(index < len(labels))
            if index < len(labels):
                key = OBJECTION_KEYS[index] if index < len(OBJECTION_KEYS) else ""
                chip.set_chip(f"“{labels[index].strip('“”')}”", key=key)

    # The first chip of either kind is there from the start: it holds their place in the order of focus.

    def _add_objection(self) -> None:
        index, chip = len(self._objections), Chip()
        chip.clicked.connect(lambda: self.objected.emit(index))
        _line_up(self._objection_flow, self._objections, chip)

    def _add_check(self) -> None:
        index, chip = len(self._checks), Chip(checkable=True)
        chip.clicked.connect(lambda: self.ticked.emit(index))
        _line_up(self._check_flow, self._checks, chip)

    def _show_checks(self, items: Sequence[tuple[str, bool]]) -> None:
        say = self._tongue
        while len(self._checks) < len(items):
            self._add_check()
        for index, chip in enumerate(self._checks):
            chip.setVisible(index < len(items))
            if index < len(items):
                label, done = items[index]
                key = f"Alt+{TICK_KEYS[index]}" if index < len(TICK_KEYS) else ""
                chip.set_chip(("✓ " if done else "") + label, tone=Tone.OK if done else Tone.NEUTRAL, key=key)
                chip.setChecked(done)
        ticked = sum(on for _, on in items)
        self._must.set_title(say(words.MUST))
        self._must.set_note(f"{ticked} / {len(items)}", Tone.OK if ticked == len(items) else Tone.MUTED)

    def mark_figure(self, place: int) -> None:
        """The figure at that place of the words is the one whose source is shown."""
        self._say.mark(place)

    def show_objection(self, view: ObjectionView) -> None:
        self._objection.show_objection(view)
        self._say.setVisible(False)

    def close_objection(self) -> None:
        self._objection.setVisible(False)
        self._say.setVisible(not self._closed_step)

    @property
    def zone_words(self) -> str:
        """What customer and agent like of these words (4G-08); empty where the step lies in no zone."""
        return "" if self._zone.isHidden() else self._zone.text()

    @property
    def objection_open(self) -> bool:
        return not self._objection.isHidden()


class ObjectionBox(QWidget):
    """An objection's four steps, in the middle of the script, until it is put away."""

    closed = Signal()

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._title = Label(bold=True, tone=Tone.WARN)
        self._close = QPushButton()
        self._close.setProperty("kind", "plain")
        self._close.clicked.connect(self.closed)
        self._lines = [(Label(size=12, tone=Tone.MUTED), Label(size=15, wrap=True)) for _ in range(4)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._close)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (label, text) in enumerate(self._lines):
            grid.addWidget(label, row, 0)
            grid.addWidget(text, row, 1)
        column.addLayout(grid)
        self.setVisible(False)

    def show_objection(self, view: ObjectionView) -> None:
        say = self._tongue
        self._title.set_words(f"“{say(view.label).strip('“”')}”")
        self._close.setText(f"{say(words.CLOSE_OBJECTION)}  Esc")
        names = (words.EMPATHISE, words.CLARIFY, words.ANSWER, words.CONFIRM)
        steps = (view.empathise, view.clarify, view.answer, view.confirm)
        for (label, text), name, spans in zip(self._lines, names, steps, strict=True):
            label.set_words(say(name))
            text.set_words("".join(span.text for span in spans))
        self.setVisible(True)


class StepColumn(QWidget):
    """What it would like to be is asked at every step, and used by nobody: the room that is there decides."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(WIDTH))


class StepCard(Card):
    """As high as its words are in the width that it has: Qt would lay them out for a width that nothing has."""

    def sizeHint(self) -> QSize:
        width = theme.px(WIDTH)
        return QSize(width, self.heightForWidth(max(self.width(), width)))


def _line_up(flow: FlowLayout, chips: list[Chip], chip: Chip) -> None:
    """Puts one more chip at the end of a row; Tab comes to it right after the one before it."""
    chip.setVisible(False)
    flow.addWidget(chip)
    if chips:
        QWidget.setTabOrder(chips[-1], chip)
    chips.append(chip)
