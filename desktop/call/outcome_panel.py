"""The outcome column: result, reason, intent, follow-ups, note, save. Its order and keys never move."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.call_session import CallSession
from core.desk.follow_up_planning import CHOSEN_TIME
from core.domain.call import CallState
from core.domain.clock import CHINA
from core.domain.disposition import Field, FollowUpPreset, Result
from core.domain.follow_up import FollowUpKind
from core.domain.outcome import Intent
from core.domain.text import Text, filled
from desktop import theme
from desktop.call import words
from desktop.call.callback_chips import QUIET, TIME_KEY, callback_chips
from desktop.call.orders_line import OrdersLine
from desktop.call.outcome_fields import OutcomeFields
from desktop.call.presenter import CallPresenter
from desktop.keys.call import BOUND, Act
from desktop.keys.caps import cap
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.chip_row import ChipRow, ChipSpec
from desktop.widgets.held import held
from desktop.widgets.label import Label
from desktop.widgets.option_row import OptionRow
from desktop.widgets.values import OptionState, Tone
from desktop.widgets.whole_rows import WholeRows

ROWS = 9
REASON_KEYS = "ZXCVBNMI"
OTHER_KEYS = "GHJKL"
NOTE_LINES, NOTE_LINES_DENSE = 4, 3
DENSE_BELOW = 900
"""height of the column under which its rows stand closer"""


class OutcomePanel(QWidget):
    result_chosen = Signal(str)
    reason_chosen = Signal(str)
    intent_chosen = Signal(str)
    preset_chosen = Signal(object)
    time_wanted = Signal()
    quiet_wanted = Signal()
    owner_toggled = Signal()
    note_typed = Signal(str)
    save_pressed = Signal()
    extend_pressed = Signal()
    form_changed = Signal(object)

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._filling = False
        self._shown_result = ""
        self._card = Card()
        self._rows = [OptionRow() for _ in range(ROWS)]
        self._codes: list[str] = []
        self._choices = ChipRow()
        self._intents, self._reasons, self._callbacks, self._others = ChipRow(), ChipRow(), ChipRow(), ChipRow()
        self._heads = [Label(size=13, bold=True, tone=Tone.MUTED) for _ in range(4)]
        self._mine = Chip(checkable=True, key="Alt+M")
        self._chosen = Label(size=14, bold=True, tone=Tone.BRAND)
        self.fields = OutcomeFields(tongue)
        self._note = QPlainTextEdit()
        self._note.setTabChangesFocus(True)
        self._save, self._extend = QPushButton(), QPushButton()
        self._presets: dict[str, FollowUpPreset] = {}
        self._lay_out()
        self._connect()

    # Layout

    def _lay_out(self) -> None:
        reason, intent, follow, note = self._heads
        inner = QWidget()
        inner.setProperty("surface", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(4))
        for row in self._rows:
            column.addWidget(row)
        for widget in (self._choices, self.fields, intent, self._intents, reason, self._reasons, follow):
            column.addWidget(widget)
        for widget in (self._callbacks, self._others):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = self._scroll = WholeRows(inner)
        self._card.add(scroll, 1)
        # What is to be saved, what is written and the button that saves it never scroll away.
        self._card.add(self._chosen)
        self.orders = OrdersLine(self._card, self._chosen)
        self._card.add(note)
        self._card.add(self._note)
        self._save.setProperty("kind", "primary")
        self._save.setMinimumHeight(theme.px(40))
        self._card.add(self._save)
        self._extend.setProperty("kind", "plain")
        self._card.add(self._extend)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        self._callbacks.add_last(self._mine)
        # The card shows through: the column is one surface.
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    def add_beside_follow_ups(self, widget: QWidget) -> None:
        """Stands behind what else can be promised."""
        self._others.add_last(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        dense = event.size().height() < theme.px(DENSE_BELOW)
        for row in self._rows:
            row.set_dense(dense)
        self._note.setFixedHeight(self._note_height(NOTE_LINES_DENSE if dense else NOTE_LINES))

    def _note_height(self, lines: int) -> int:
        """Of so many lines, with what the style sheet and the document put above and below them."""
        around = 2 * (theme.px(4) + 1 + round(self._note.document().documentMargin()))
        return lines * QFontMetrics(theme.font()).lineSpacing() + around

    def _connect(self) -> None:
        for index, row in enumerate(self._rows):
            row.clicked.connect(lambda _=False, i=index: self._choose(i))
        self._choices.chosen.connect(self.result_chosen)
        self._reasons.chosen.connect(self.reason_chosen)
        self._intents.chosen.connect(self.intent_chosen)
        self._callbacks.chosen.connect(self._choose_preset)
        self._others.chosen.connect(self._choose_preset)
        self._mine.clicked.connect(self.owner_toggled)
        self._note.textChanged.connect(self._note_changed)
        self._save.clicked.connect(self.save_pressed)
        self._extend.clicked.connect(self.extend_pressed)
        self.fields.changed.connect(self.form_changed)

    def _choose(self, index: int) -> None:
        if index < len(self._codes):
            self.result_chosen.emit(self._codes[index])

    def choose_row(self, position: int) -> None:
        """Alt and a digit: the row at that position, from 1."""
        self._choose(position - 1)

    def press_letter(self, key: str) -> bool:
        """A plain letter typed on the page: a reason or a follow-up; tells whether it meant one."""
        if key == TIME_KEY:
            self.time_wanted.emit()
            return True
        return any(row.press(key) for row in (self._reasons, self._callbacks, self._others))

    def _choose_preset(self, code: str) -> None:
        if code == CHOSEN_TIME:
            self.time_wanted.emit()
        elif code == QUIET:
            self.quiet_wanted.emit()
        else:
            self.preset_chosen.emit(self._presets[code])

    def next_intent(self) -> None:
        """F6: the intent after the one chosen."""
        self._intents.press_next()

    def focus_fields(self) -> None:
        """Alt+P: the first field that the chosen result asks for, else the note."""
        if not self.fields.focus_first():
            self.focus_note()

    def focus_note(self) -> None:
        self._note.setFocus()

    @property
    def note(self) -> QPlainTextEdit:
        return self._note

    # Showing

    def retranslate(self) -> None:
        say = self._tongue
        for label, text in zip(self._heads, (words.REASON, words.INTENT, words.FOLLOW_UP, words.NOTE), strict=True):
            label.set_words(say(text))
        self._heads[1].set_words(f"{say(words.INTENT)} · {BOUND[Act.INTENT][0]}")
        self._save.setText(f"{say(words.SAVE_NEXT)}   {cap(BOUND[Act.SAVE][0])}")
        self._save.setAccessibleName(say(words.SAVE_NEXT))
        self._card.set_title(say(words.OUTCOME))
        self._note.setAccessibleName(say(words.NOTE))
        self.fields.retranslate()

    def show_outcome(self, presenter: CallPresenter) -> None:
        """Everything of the form; a result just chosen brings what it asks for into sight."""
        session = presenter.session
        chosen = session.form.result if session else ""
        if chosen != self._shown_result:
            self._shown_result = chosen
            QTimer.singleShot(0, self._scroll, self._scroll.show_end if chosen else self._scroll.show_top)
        self.setVisible(session is not None)
        if session is not None:
            with held(self):
                self._show(session)
            self.show_draft(presenter)
            self.tick(presenter)

    def _show(self, session: CallSession) -> None:
        result = session.result
        self._chosen.setVisible(result is not None)
        self._chosen.set_words(f"✓ {self._tongue(result.label)}" if result else "")
        self.orders.show(session.form, self._tongue)
        self._show_results(session)
        self._show_choices(session, result)
        self._show_reasons(session)
        self._show_intents(session, result)
        self._show_follow_ups(session)
        self._show_note(session)
        self.fields.show_form(session.form, result)

    def show_typed(self, presenter: CallPresenter) -> None:
        """What follows from what was typed in a field."""
        self.show_results(presenter)
        if presenter.session is not None:
            self.fields.show_consent(presenter.session.form)

    def show_results(self, presenter: CallPresenter) -> None:
        """What can be chosen now: while the talk goes on, bounds on its length are reached one by one."""
        if presenter.session is not None:
            self._show_results(presenter.session)

    def _show_results(self, session: CallSession) -> None:
        say, results = self._tongue, session.opened.dispositions.results
        self._codes = [row.code for row in results]
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(results))
            if index >= len(results):
                continue
            result = results[index]
            chosen = session.form.result in (result.code, *(choice.code for choice in result.choices))
            lacks = [] if result.choices else session.lacking(result)
            told = result.success or chosen
            lacks = lacks if told and session.flow.begun else []
            state = OptionState.ON if chosen else OptionState.NORMAL
            sub, hint = say(_in_short(lacks)), say(_joined(lacks))
            row.set_row(say(result.label), sub=sub, hint=hint, key=f"Alt+{index + 1}", state=state)

    def _show_choices(self, session: CallSession, result: Result | None) -> None:
        """The finer results of the row that is chosen."""
        row = next((r for r in session.opened.dispositions.results if result in r.choices), None)
        say = self._tongue
        chips = [ChipSpec(c.code, say(c.label), on=c is result) for c in row.choices] if row else []
        self._choices.show_chips(chips)

    def _show_reasons(self, session: CallSession) -> None:
        say, reasons = self._tongue, session.opened.dispositions.reasons
        keys = [*REASON_KEYS, *([""] * len(reasons))]
        self._reasons.show_chips(
            [ChipSpec(r.code, say(r.label), keys[i], session.form.reason == r.code) for i, r in enumerate(reasons)]
        )

    def _show_intents(self, session: CallSession, result: Result | None) -> None:
        wanted = result is not None and Field.INTENT in result.needs
        say = self._tongue
        self._heads[1].setVisible(wanted)
        chips = [ChipSpec(i.value, say(words.INTENTS[i.value]), on=session.form.intent is i) for i in Intent]
        self._intents.show_chips(chips if wanted else [])

    def _show_follow_ups(self, session: CallSession) -> None:
        say, form = self._tongue, session.form
        presets = session.opened.dispositions.follow_ups
        self._presets = {preset.code: preset for preset in presets}
        self._callbacks.show_chips(callback_chips(session, say))
        callback = form.callback()
        self._mine.setVisible(callback is not None)
        if callback:
            self._mine.set_chip(say(words.MINE if callback.mine else words.ANYONE))
            self._mine.setChecked(callback.mine)
        others = [p for p in presets if p.kind is not FollowUpKind.CALLBACK]
        keys = [*OTHER_KEYS, *([""] * len(others))]
        self._others.show_chips(
            [
                ChipSpec(
                    p.code, say(p.label), keys[i], form.planned_as(p.code) is not None, session.planning.can_plan(p)
                )
                for i, p in enumerate(others)
            ]
        )

    def _show_note(self, session: CallSession) -> None:
        self._filling = True
        if self._note.toPlainText() != session.form.note:
            self._note.setPlainText(session.form.note)
            if not self._note.hasFocus():
                self._note.verticalScrollBar().setValue(0)
        self._filling = False
        self._mark_note(session.form.note_edited)

    def _mark_note(self, edited: bool) -> None:
        mark = words.NOTE_YOURS if edited else words.NOTE_AUTO
        self._heads[3].set_words(f"{self._tongue(words.NOTE)} · {self._tongue(mark)}")

    def show_draft(self, presenter: CallPresenter) -> None:
        at = presenter.draft_kept_at
        self._card.set_note(
            self._tongue(words.DRAFT_SAVED).format(time=f"{at.astimezone(CHINA):%H:%M:%S}") if at else ""
        )

    def tick(self, presenter: CallPresenter) -> None:
        """The wrap-up timer, each second: it reminds, it never advances."""
        session, say = presenter.session, self._tongue
        if session is None:
            return
        wrap = session.flow.wrap_up(session.moment())
        if presenter.call.state is not CallState.WRAP_UP:
            text = say(words.WRAP_IDLE).format(limit=wrap.allowed_s)
        elif wrap.over:
            text = say(words.WRAP_OVER).format(over=int(wrap.used_s - wrap.allowed_s))
        else:
            text = say(words.WRAP_LEFT).format(left=int(wrap.remaining_s))
        self._extend.setText(f"{text}  {cap(BOUND[Act.EXTEND][0])}")

    def _note_changed(self) -> None:
        if not self._filling:
            text = self._note.toPlainText()
            self._mark_note(bool(text.strip()))
            self.note_typed.emit(text)


def _in_short(lacks: Sequence[Text]) -> Text:
    """The first of them, which the row has room for, and how many more there are."""
    if len(lacks) < 2:
        return _joined(lacks)
    more = filled(words.LACKS_MORE, n=str(len(lacks) - 1))
    # How many more never stands on a line of its own.
    return Text(f"{lacks[0].zh} · {more.zh}", f"{lacks[0].en}\u00a0·\u00a0{more.en}")


def _joined(lacks: Sequence[Text]) -> Text:
    return Text("；".join(t.zh for t in lacks), "; ".join(t.en for t in lacks))
