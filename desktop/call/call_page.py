"""The desk in a call: header above; queue, 360° view, script and outcome beside each other; the keys."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
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

from core.desk.call_figures import call_figures
from core.desk.call_session import CallSession
from core.domain.call import CallState
from core.domain.outcome import Intent, Verification
from desktop import theme
from desktop.call import words
from desktop.call.call_keys import bind
from desktop.call.callback_time import CallbackTime
from desktop.call.columns import Columns
from desktop.call.figure_tracing import FigureTracing
from desktop.call.header import CallHeader
from desktop.call.outcome_panel import OutcomePanel
from desktop.call.part import Part
from desktop.call.presenter import CallPresenter
from desktop.call.quiet_hours import QuietHours
from desktop.call.script_panel import OBJECTION_KEYS, ScriptPanel
from desktop.call.view360 import View360Panel
from desktop.call.view_acts import ViewActs
from desktop.queue.panel import QueuePanel
from desktop.tongue import Tongue
from desktop.widgets.painting_held import PaintingHeld
from desktop.widgets.settle import settle

TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
KEEP_TALK_EVERY_S = 15
OUTCOME_AFTER_MS = 20
"""by then the next words to say are painted"""
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
        self._presenter, self.queue, self._tongue = presenter, queue, tongue
        self.header, self.view360 = CallHeader(tongue), View360Panel(tongue)
        self.script, self.outcome = ScriptPanel(tongue), OutcomePanel(tongue)
        self._seconds = 0
        self._shown_key = ""
        self._painting = PaintingHeld(self)
        self._lay_out()
        self._soon = self._later(0, self._show_360)
        self._outcome_soon = self._later(OUTCOME_AFTER_MS, self._show_outcome)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        tracing = FigureTracing(self.script, self.view360, tongue, hint=presenter.hint)
        self.view_acts = ViewActs(presenter, self.view360, tracing)
        self._connect()
        bind(self, presenter)
        tongue.changed.connect(self.retranslate)
        self.retranslate()
        self.refresh(Part.ALL)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        self._row.setSpacing(theme.px(10))
        for widget in (self.queue, self.view360, self.script, self.outcome):
            self._row.addWidget(widget, 1 if widget is self.script else 0)
        self.columns = Columns(
            self.queue,
            self.view360,
            self.outcome,
            self._tongue,
            is_open=lambda: self._presenter.session is not None,
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

    def _later(self, after_ms: int, run: Callable[[], None]) -> QTimer:
        """Runs once, so long after its last start."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(run)
        return timer

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
        self.queue.task_chosen.connect(p.in_view.open_task)
        self.header.dial_pressed.connect(p.call.dial_or_answered)
        self.header.end_pressed.connect(p.call.end)
        self.header.reveal_pressed.connect(p.call.reveal)
        self.header.number_chosen.connect(p.call.choose_number)
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
        out.owner_toggled.connect(self.toggle_owner)
        out.time_wanted.connect(self._choose_time)
        out.quiet_wanted.connect(self.ask_quiet)
        out.note_typed.connect(lambda text: p.typed(lambda s: s.edit_note(text)))
        out.form_changed.connect(self._form_changed)
        out.save_pressed.connect(p.save)
        out.extend_pressed.connect(p.call.extend)

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
        opened = session.opened
        figures = call_figures(opened.task, opened.script, opened.facts, self._tongue.lang)
        shown = [(self._tongue(label), value) for label, value in figures]
        self.view360.show_customer(opened.document, list(opened.catalogue.values()), shown, p.desk.moment().wall)
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
        if p.call.state is CallState.IN_CALL:
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
        session = self._presenter.in_hand
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
        session = self._presenter.in_hand
        if session is None:
            return
        if session.form.no_callbacks:
            self._presenter.hint(words.NO_CALLBACK)
            return
        dialog = CallbackTime(self._tongue, session.moment().wall, self, quiet=session.opened.quiet)
        key = session.opened.key
        dialog.chosen.connect(
            lambda due, mine: self._presenter.change_of(key, lambda s: s.plan_callback(due, mine=mine))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_quiet(self) -> None:
        """In which hours the customer wants no calls."""
        session = self._presenter.in_hand
        if session is None:
            return
        dialog = QuietHours(self._tongue, session.opened.quiet, self)
        dialog.chosen.connect(lambda quiet: self._presenter.call.leave_in_peace(session, quiet))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def toggle_owner(self) -> None:
        """The callback that is planned is the agent's own, or anybody's."""

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


def _is_typing() -> bool:
    return isinstance(QApplication.focusWidget(), TEXT_FIELDS)
