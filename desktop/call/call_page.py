"""The desk in a call: header above; queue, 360° view, script and outcome beside each other; the keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.desk.call_session import CallSession
from core.domain.call import CallState
from core.domain.outcome import Intent, Verification
from core.guidance.facts import figures_of
from desktop import theme
from desktop.call import words
from desktop.call.callback_time import CallbackTime
from desktop.call.columns import Columns
from desktop.call.figure_tracing import FigureTracing
from desktop.call.header import CallHeader
from desktop.call.outcome_panel import OutcomePanel
from desktop.call.part import Part
from desktop.call.presenter import CallPresenter
from desktop.call.script_panel import OBJECTION_KEYS, TICK_KEYS, ScriptPanel
from desktop.call.view360 import INDICATORS, OFFERS, OVERVIEW, PLANS, View360Panel
from desktop.keys import BOUND, Act
from desktop.queue.panel import QueuePanel
from desktop.tongue import Tongue
from desktop.widgets.painting_held import PaintingHeld
from desktop.widgets.settle import settle

TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
KEEP_TALK_EVERY_S = 15
ON_QUEUE = frozenset({Act.SEARCH, Act.QUEUE})
ON_VIEW = frozenset(
    {
        Act.KNOWLEDGE,
        Act.TIMELINE,
        Act.INDICATORS,
        Act.PLANS,
        Act.TAKE_PLAN,
        Act.OFFERS,
        Act.SOURCE,
        Act.VIEW_BACK,
        Act.VIEW_FORWARD,
    }
)
"""what they act on must be in sight first"""
OUTCOME_AFTER_MS = 20
"""by then the next words to say are painted"""
FIGURES = 8
"""of those that a script names, so that the picture of the bills stays in sight"""
PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


class CallPage(QWidget):
    new_call_wanted = Signal()
    skip_wanted = Signal()
    knowledge_wanted = Signal()
    tip_wanted = Signal()
    ask_wanted = Signal()
    escaped = Signal()
    """Esc, with nothing on the page to put away"""

    def __init__(
        self, presenter: CallPresenter, queue: QueuePanel, tongue: Tongue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter, self._queue, self._tongue = presenter, queue, tongue
        self.header, self.view360 = CallHeader(tongue), View360Panel(tongue)
        self.script, self.outcome = ScriptPanel(tongue), OutcomePanel(tongue)
        self._seconds = 0
        self._shown_key = ""
        self._painting = PaintingHeld(self)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        self._row.setSpacing(theme.px(10))
        for widget in (queue, self.view360, self.script, self.outcome):
            self._row.addWidget(widget, 1 if widget is self.script else 0)
        self.columns = Columns(
            queue,
            self.view360,
            self.outcome,
            tongue,
            is_open=lambda: presenter.session is not None,
            leave=self.script.setFocus,
            parent=self,
        )
        # Before a customer is open nothing else is wide: the queue stays at the left all the same.
        self._row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._strips = QVBoxLayout()
        column.addLayout(self._strips)
        column.addLayout(self._row, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_360)
        self._outcome_soon = QTimer(self)
        self._outcome_soon.setSingleShot(True)
        self._outcome_soon.setInterval(OUTCOME_AFTER_MS)
        self._outcome_soon.timeout.connect(self._show_outcome)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self.view360.set_timeline_key(BOUND[Act.TIMELINE][0])
        self.view360.set_plans_key(BOUND[Act.PLANS][0])
        self.view360.set_offers_key(BOUND[Act.OFFERS][0])
        self._tracing = FigureTracing(self.script, self.view360, tongue, hint=presenter.hint)
        self._connect()
        self._bind()
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        self.refresh(Part.ALL)

    def add_strip(self, strip: QWidget) -> None:
        """Puts a line below the header, over all columns; it takes room only while it is in sight."""
        self._strips.addWidget(strip)

    def add_start(self, start: QWidget) -> None:
        """Puts beside the queue what is in sight while nobody is open."""
        self._row.insertWidget(1, start, 1)
        self.columns.stand_in(start)

    # Wiring

    def _connect(self) -> None:
        p = self._presenter
        self._queue.task_chosen.connect(p.open_task)
        self.header.dial_pressed.connect(p.dial_or_answered)
        self.header.end_pressed.connect(p.end)
        self.header.reveal_pressed.connect(p.reveal)
        self.header.number_chosen.connect(p.choose_number)
        self.script.answered.connect(p.script.answer)
        self.script.objected.connect(self._object)
        self.script.ticked.connect(p.script.tick)
        self.script.stepped.connect(p.script.step)
        self.script.stage_chosen.connect(p.script.go_stage)
        self.script.verified.connect(lambda who: p.script.verify(Verification(who)))
        out = self.outcome
        out.result_chosen.connect(lambda code: p.change(lambda s: s.choose(code), Part.OUTCOME | Part.CALL))
        out.reason_chosen.connect(lambda code: p.change(lambda s: s.choose_reason(code)))
        out.intent_chosen.connect(lambda value: p.change(lambda s: s.choose_intent(Intent(value))))
        out.preset_chosen.connect(lambda preset: p.change(lambda s: s.plan(preset)))
        out.owner_toggled.connect(self._toggle_owner)
        out.time_wanted.connect(self._choose_time)
        out.note_typed.connect(lambda text: p.typed(lambda s: s.edit_note(text)))
        out.form_changed.connect(self._form_changed)
        out.save_pressed.connect(p.save)
        out.extend_pressed.connect(p.extend)

    def _bind(self) -> None:
        p = self._presenter
        acts = {
            Act.DIAL: p.dial_or_answered,
            Act.END: p.end,
            Act.EXTEND: p.extend,
            Act.SAVE: p.save,
            Act.REVEAL: p.reveal,
            Act.BACK: lambda: p.script.step(True),
            Act.FORWARD: lambda: p.script.step(False),
            Act.NOTE: self.outcome.focus_note,
            Act.FIELDS: self.outcome.focus_fields,
            Act.INTENT: self.outcome.next_intent,
            Act.SEARCH: self._queue.focus_search,
            Act.QUEUE: self._queue.focus_list,
            Act.SKIP: self.skip_wanted.emit,
            Act.NEW_CALL: self.new_call_wanted.emit,
            Act.KNOWLEDGE: self.knowledge_wanted.emit,
            Act.TIP: self.tip_wanted.emit,
            Act.ASK_LEAD: self.ask_wanted.emit,
            Act.TIMELINE: self._next_timeline,
            Act.INDICATORS: self._find_indicator,
            Act.PLANS: self._compare_plans,
            Act.OFFERS: self._look_at_offers,
            Act.SOURCE: self._trace_figure,
            Act.ASK_BRANCH: self.view360.ask_branch,
            Act.TAKE_PLAN: self.view360.take_plan,
            Act.VIEW_BACK: self.view360.previous_page,
            Act.VIEW_FORWARD: self.view360.next_page,
            Act.CALLBACK_OWNER: self._toggle_owner,
            Act.OWNER: lambda: p.script.verify(Verification.OWNER),
            Act.FAMILY: lambda: p.script.verify(Verification.FAMILY),
            Act.THIRD_PARTY: lambda: p.script.verify(Verification.THIRD_PARTY),
        }
        for act, run in acts.items():
            if act in ON_QUEUE:
                run = self.columns.over_queue(run)
            elif act in ON_VIEW:
                run = self.columns.over_view(run)
            self._bound(BOUND[act][0], run)
        self._bound("Ctrl+Enter", p.save)
        for digit in range(1, 10):
            self._bound(f"Alt+{digit}", partial(self.outcome.choose_row, digit))
        for index, letter in enumerate(TICK_KEYS):
            self._bound(f"Alt+{letter}", partial(p.script.tick, index))

    def _bound(self, key: str, run: Callable[[], object]) -> None:
        """A key held down acts once: repeated, "dial" would go on to "answered", and "end" take itself back."""
        QShortcut(QKeySequence(key), self, run).setAutoRepeat(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain digits and letters, which reach the page only when no text field took them."""
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
            return
        if event.modifiers() & ~PLAIN or event.isAutoRepeat() or _is_typing():
            super().keyPressEvent(event)
            return
        key = event.text().upper()
        if key.isdigit() and key != "0":
            self._presenter.script.answer(int(key))
        elif key and key in OBJECTION_KEYS:
            self._object(OBJECTION_KEYS.index(key))
        elif key and key.isalpha() and self.outcome.press_letter(key):
            pass
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> None:
        """Esc: out of a field, the keys go back to the script; else the objection is put away."""
        if self.script.hasFocus() or not _is_typing():
            if self.script.objection_open:
                self.script.close_objection()
            else:
                self.escaped.emit()
        self.script.setFocus()

    # Showing

    def refresh(self, parts: Part) -> None:
        """Draw what the presenter says has changed."""
        p = self._presenter
        if Part.HELD in parts:
            self._painting.hold()
        if Part.CUSTOMER in parts:
            self._show_customer()
        if Part.CALL in parts:
            self.header.show_call(p)
        if Part.SCRIPT in parts:
            self.script.show_script(p)
        if Part.OUTCOME in parts:
            if Part.SCRIPT in parts and not self.behind:
                # The words to say are painted first: the customer waits for those.
                self._outcome_soon.start()
            else:
                self._show_outcome()
        if Part.DRAFT in parts:
            self.outcome.show_draft(p)
        if Part.HELD in parts:
            self._show_360()
        else:
            settle()
        if Part.SEEN in parts:
            self._painting.release()
            QTimer.singleShot(0, self, p.desk.store.courtesy.release)

    def _show_outcome(self) -> None:
        self._outcome_soon.stop()
        self._presenter.script.take_over()
        self.outcome.show_outcome(self._presenter)
        if not self._presenter.saving:
            settle()

    def _show_customer(self) -> None:
        p = self._presenter
        self.header.show_customer(p)
        session = p.session
        key = session.opened.key if session else ""
        another, self._shown_key = key != self._shown_key, key
        self.columns.follow()
        if another:
            self.script.close_objection()
            self.view360.begin_anew()
        if session is None:
            self._soon.stop()
            self.view360.clear()
        else:
            # In a turn of its own, for newer data and another language too: the words to say stand there first, and no
            # stretch of work is long.
            self._soon.start()
        if session is not None and another:
            # The keys of the script act at once, wherever the customer was opened from; newer data of the same one
            # must not take them from a field that is being typed in.
            self.script.setFocus()

    @property
    def behind(self) -> bool:
        """The 360° view is about to follow the customer in the header."""
        return self._soon.isActive()

    @property
    def outcome_behind(self) -> bool:
        """The outcome is about to follow the words to say."""
        return self._outcome_soon.isActive()

    def _show_360(self) -> None:
        self._soon.stop()
        p = self._presenter
        if p.session is None:
            return
        session = p.session
        figures = figures_of(session.opened.script, session.opened.facts, self._tongue.lang)[:FIGURES]
        shown = [(self._tongue(label), value or "") for label, value in figures]
        self.view360.show_customer(
            session.opened.document, list(session.opened.catalogue.values()), shown, p.desk.moment().wall
        )
        settle()
        if not p.saving:
            # Not painted yet: what follows this step waits a little longer.
            QTimer.singleShot(0, self, p.desk.store.courtesy.release)

    def retranslate(self) -> None:
        self.outcome.retranslate()
        if not self._presenter.set_lang(self._tongue.lang):
            self.refresh(Part.ALL)

    def _tick(self) -> None:
        p = self._presenter
        if p.session is None:
            return
        self.header.tick(p)
        self.outcome.tick(p)
        if p.state is CallState.IN_CALL:
            self._seconds += 1
            if self._seconds % KEEP_TALK_EVERY_S == 0:
                p.keep_draft()
            if not _is_typing():
                self.outcome.show_results(p)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.columns.fit(self.width())

    # Acts

    def _object(self, index: int) -> None:
        session = None if self._presenter.saving else self._presenter.session
        if session is None:
            return
        offered = session.conversation.objections()
        if index < len(offered):
            raised = offered[index].id
            if self._presenter.script.walk(
                session, lambda: self.script.show_objection(session.conversation.objection(raised))
            ):
                self._presenter.script.objection_raised()

    def _choose_time(self) -> None:
        session = self._presenter.session
        if session is None:
            return
        if session.form.no_callbacks:
            self._presenter.hint(words.NO_CALLBACK)
            return
        dialog = CallbackTime(self._tongue, session.moment().wall, self)
        dialog.chosen.connect(
            lambda due, mine: self._presenter.change(lambda s: s.plan_callback(due, mine=mine), Part.OUTCOME)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _toggle_owner(self) -> None:
        def toggle(session: CallSession) -> None:
            callback = session.form.callback()
            if callback is not None:
                callback.mine = not callback.mine

        self._presenter.change(toggle)

    def _form_changed(self, change: Callable[[CallSession], None]) -> None:
        def put(session: CallSession) -> None:
            change(session)
            session.order_changed()

        self._presenter.typed(put)
        self.outcome.show_typed(self._presenter)
        self.script.show_script(self._presenter)

    def _next_timeline(self) -> None:
        self.view360.show_page(OVERVIEW)
        self.view360.timeline.next_filter()

    def _find_indicator(self) -> None:
        self.view360.show_page(INDICATORS)
        self.view360.indicator_search.setFocus()

    def _trace_figure(self) -> None:
        if self._presenter.session is not None:
            self._tracing.next(self._presenter.session)

    def _compare_plans(self) -> None:
        page, again = self.view360.plans_page, self.view360.page == PLANS
        self.view360.show_page(PLANS)
        if again and page.plans.hasFocus():
            page.search.setFocus()
        else:
            page.plans.setFocus()

    def _look_at_offers(self) -> None:
        session, from_plans = self._presenter.session, self.view360.page == PLANS
        self.view360.show_page(OFFERS)
        if session is not None and from_plans and session.offering.pack:
            # Whoever comes from the plan's chip means its pack.
            self.view360.offers_page.point_at(session.offering.pack)
        elif session is not None and (here := session.offers_here()):
            self.view360.offers_page.point_at(here[0].offer.id)
        self.view360.offers_page.offers.setFocus()


def _is_typing() -> bool:
    return isinstance(QApplication.focusWidget(), TEXT_FIELDS)
