"""What the call page does: opens customers, leads the call and its script, takes what is filled in. No widgets.

Every slow or durable step runs on the store's lane; the page is told what changed and reads it from here. Drafts,
dialling, saving, the way through the script and what others tell have files of their own beside this one.
"""

from collections.abc import Callable
from datetime import datetime

from core.calling import Action, Dialler
from core.desk import dialling, opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.follow_up_planning import Fell
from core.desk.opened import Opened
from core.desk.plans import PlanComparison
from core.desk.sayable import made_ready, sayable_session, speak
from core.desk.taskless import customer_of
from core.domain.calendar import Window
from core.domain.call import CallState
from core.domain.customer import Document
from core.domain.errors import ScriptUnsayable
from core.domain.text import Lang, Text, filled
from desktop.call import quiet_words, words
from desktop.call.draft_keeper import DraftKeeper
from desktop.call.part import Part
from desktop.call.phone_line import PhoneLine
from desktop.call.rechecking import SETTLED, SETTLED_IN_CALL, Rechecking
from desktop.call.save_and_next import SaveAndNext
from desktop.call.script_walk import ScriptWalk
from desktop.call.told_by_others import ToldByOthers
from desktop.call.upcoming import Upcoming
from desktop.lane import Lane
from desktop.queue.place import Place
from desktop.widgets.values import Tone


class CallPresenter:
    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        patient_lane: Lane,
        dialler: Dialler,
        lang: Lang,
        changed: Callable[[Part], None],
        say: Callable[[Text, Tone], None],
        lacks: Callable[[Text | None], None],
        show_error: Callable[[Exception], None],
        moved: Callable[[str], None],
        logged: Callable[[], None],
        rechecking: Rechecking | None = None,
    ) -> None:
        self.desk, self._lane, self.lang = desk, lane, lang
        self._changed, self._say, self._show_error = changed, say, show_error
        self._lacks = lacks
        """told what keeps an outcome from being saved, and None once that may no longer hold"""
        self._moved, self._logged = moved, logged
        self.session: CallSession | None = None
        self._opening = 0
        self._line = PhoneLine(desk, lane=lane, dialler=dialler, logged=logged, show_error=show_error)
        self._drafts = self._drafts_kept()
        self._saving = self._saved_and_next(patient_lane)
        self.script = self._way_through_script()
        self.told = self._told_by_others()
        self._rechecking, self._asks_first = rechecking, False
        if rechecking is not None:
            rechecking.follow(show=lambda: self._changed(Part.CALL), settled=self._settled)

    def _drafts_kept(self) -> DraftKeeper:
        return DraftKeeper(
            self.desk,
            lane=self._lane,
            session=lambda: None if self._saving.under_way else self.session,
            kept=lambda: self._changed(Part.DRAFT),
            show_error=self._show_error,
        )

    def _saved_and_next(self, patient_lane: Lane) -> SaveAndNext:
        return SaveAndNext(
            self.desk,
            lane=self._lane,
            upcoming=Upcoming(self.desk, lane=patient_lane, prepare=self._prepare),
            prepare=self._prepare_next,
            show=self._show_next,
            say=self._say,
            show_error=self._show_error,
            logged=self._logged,
        )

    def _way_through_script(self) -> ScriptWalk:
        return ScriptWalk(
            in_view=self._in_view,
            in_hand=lambda: self._in_hand,
            changed=self._changed,
            touched=self._touched,
            kept_on=self._stepped_on,
            show_error=self._show_error,
        )

    def _told_by_others(self) -> ToldByOthers:
        return ToldByOthers(
            self.desk,
            lane=self._lane,
            upcoming=self._saving.upcoming,
            in_view=self._in_view,
            at_rest=self._at_rest,
            prepare=self._prepare,
            show=self._show,
            anew=self._anew,
            changed=self._changed,
            keep_draft=self.keep_draft,
            say=self._say,
            show_error=self._show_error,
        )

    def take_next_from(self, place: Callable[[str], Place]) -> None:
        """The queue, and the list of it that is shown, decide who comes after a save."""
        self._saving.place = place

    @property
    def dialler(self) -> Dialler:
        return self._line.dialler

    @dialler.setter
    def dialler(self, dialler: Dialler) -> None:
        self._line.dialler = dialler

    @property
    def saving(self) -> bool:
        """An outcome is being written: who comes next may be drawn already, and is not seen."""
        return self._saving.under_way

    @property
    def on_disk(self) -> bool:
        """What was saved last."""
        return self._saving.written

    @property
    def number(self) -> str:
        return self._line.number

    @property
    def revealed(self) -> bool:
        return self._line.revealed

    @property
    def checked(self) -> Text | None:
        """What the other systems said of the customer in view, and when; None where nothing was asked."""
        return self._rechecking.line if self._rechecking is not None else None

    @property
    def draft_kept_at(self) -> datetime | None:
        return self._drafts.kept_at

    # Opening

    def open_task(self, task_id: str) -> None:
        """Show the customer of a task; a call begun with another stays under "unfinished"."""
        session = self.session
        if session and session.opened.key == task_id:
            return
        if customer := customer_of(task_id):
            self.open_customer(*customer, None)
        elif task_id.startswith("call:"):
            self._open(lambda: opening.reopen_draft(self.desk, task_id))
        else:
            self._open(lambda: opening.resume_task(self.desk, task_id))

    def open_customer(
        self,
        customer_id: str,
        scenario: str,
        inbound_number: str | None,
        body: bytes | None = None,
        *,
        typed_number: str = "",
    ) -> None:
        """A call without a task; `body` where only the server knew the customer."""

        def work() -> Opened:
            opened = opening.open_customer(
                self.desk,
                customer_id,
                scenario=scenario,
                inbound_number=inbound_number,
                typed_number=typed_number,
                body=body,
            )
            if typed_number and dialling.keep_typed(self.desk, opened):
                self._logged()
            return opened

        self._open(work)

    def _open(self, work: Callable[[], Opened]) -> None:
        if self._saving.under_way:
            return
        self._leave()
        self._opening += 1
        ticket = self._opening

        def done(session: CallSession) -> None:
            if ticket == self._opening:
                self._show(session)

        self._lane(lambda: self._prepare(work()), done, self._show_error)

    def _prepare(self, opened: Opened) -> CallSession:
        """On the store's lane: also what the view will want, so that it reads nothing itself."""
        return sayable_session(opened, lang=self.lang, moment=self.desk.moment)

    def _show(self, session: CallSession | None) -> None:
        self._take(session)
        # The customer is drawn before the queue is read again: the lane's work would hold the drawing up.
        self._changed(Part.ALL)
        self._moved(session.opened.key if session else "")
        self._look_again(session)

    def _take(self, session: CallSession | None) -> None:
        self.session, self._drafts.kept_at, self.told.withdrawn = session, None, False
        self._line.take(session)

    def _prepare_next(self, session: CallSession) -> None:
        """Drawn while the disk writes; nothing acts on it meanwhile, and nobody sees it yet."""
        self._take(session)
        self._changed(Part.ALL | Part.HELD)

    def _show_next(self, session: CallSession | None) -> None:
        if session is None or self.session is None or session.opened.key != self.session.opened.key:
            self._show(session)
            return
        self._changed(Part.SEEN)
        self._moved(session.opened.key)
        self._look_again(session)

    def _look_again(self, session: CallSession | None) -> None:
        """Its reason may be gone since the task was made; asked once who is in view has been drawn."""
        if self._rechecking is not None:
            self._rechecking.opened(session, self._line.number)

    def _settled(self, session: CallSession, told: Text) -> None:
        """The task was closed by what was found: the next one comes, unless its call is under way."""
        self._asks_first = False
        if self.session is not session or self._saving.under_way:
            return
        if not self._at_rest(session):
            self._say(filled(SETTLED_IN_CALL, words=told), Tone.NEUTRAL)
            return
        self._say(filled(SETTLED, words=told), Tone.NEUTRAL)
        self._saving.pass_over(session)

    def _leave(self) -> None:
        """The customer in view makes way; what was begun is kept and said."""
        self.script.take_over()
        session = self.session
        if session is None or session.untouched:
            return
        self.keep_draft()
        if session.flow.begun:
            self._say(filled(words.UNFINISHED_KEPT, name=session.opened.name), Tone.NEUTRAL)

    # The call

    @property
    def state(self) -> CallState:
        return self.session.flow.state if self.session else CallState.PREVIEW

    def _in_view(self) -> CallSession | None:
        return self.session

    @property
    def _in_hand(self) -> CallSession | None:
        """Whom a key acts on: nobody while an outcome is being written, for who comes next is not seen yet."""
        if self._saving.under_way:
            return None
        self.script.take_over()
        return self.session

    def dial_or_answered(self) -> None:
        """The one key before and while it rings: dial, then "answered"; after nobody answered, dial again."""
        session = self._in_hand
        if session is None:
            return
        if session.flow.state is CallState.DIALLING:
            session.flow.answered(self.desk.moment())
            self._touched(Part.CALL | Part.OUTCOME)
        elif session.flow.state is CallState.PREVIEW or Action.DIAL in session.flow.actions:
            self._dial(session)

    def _dial(self, session: CallSession) -> None:
        if self._rechecking is None:
            self._dial_now(session)
            return
        if self._asks_first:
            return
        self._asks_first = True

        def go() -> None:
            self._asks_first = False
            if self.session is session and not self._saving.under_way:
                self._dial_now(session)

        self._rechecking.before_dial(session, self.number, go)

    def _dial_now(self, session: CallSession) -> None:
        def dialled() -> None:
            self._say(words.DIALLED_ELSEWHERE, Tone.NEUTRAL)
            self._touched(Part.CALL | Part.OUTCOME)

        self._line.dial(session, in_view=lambda: self.session is session, dialled=dialled)

    def end(self) -> None:
        """The talk is over; said again by mistake, it goes on. After "unanswered": it was answered after all."""
        session = self._in_hand
        if session is None:
            return
        now, actions = self.desk.moment(), session.flow.actions
        if Action.ENDED in actions:
            session.flow.ended(now)
        elif Action.REOPEN in actions:
            session.flow.reopen(now)
        elif Action.ANSWERED in actions and session.flow.state is CallState.WRAP_UP:
            session.flow.answered(now)
        else:
            if session.flow.state is CallState.DIALLING:
                self._say(words.STILL_RINGING, Tone.NEUTRAL)
            return
        self._touched(Part.CALL | Part.OUTCOME)

    def extend(self, by_s: int = 30) -> None:
        if session := self._in_hand:
            session.flow.extend(by_s)
            self._touched(Part.CALL)

    def choose_number(self, digits: str) -> None:
        if self._in_hand is not None:
            self._line.choose(digits)
            self._changed(Part.CALL)

    def reveal(self) -> None:
        """Show the number in full, on record, or hide it again."""
        if session := self._in_hand:
            self._line.reveal(session, lambda: self._changed(Part.CALL))

    def leave_in_peace(self, session: CallSession, quiet: tuple[Window, ...]) -> None:
        """They want no calls in these hours of each day: kept at once, whatever becomes of the call."""

        def kept(fell: Fell | None) -> None:
            self._say(quiet_words.kept(quiet, fell), Tone.OK)
            if self.session is session:
                self._touched(Part.CALL | Part.OUTCOME)

        self._line.leave_in_peace(session, quiet, kept)

    # What was computed

    def plans_compared(self, document: Document, found: PlanComparison) -> None:
        """The figures for that very document have come; passed over where another, or newer data, are in view."""
        session = self.session
        if session is None or session.opened.document is not document or self._saving.under_way:
            return
        session.plans_compared(found)
        self._changed(Part.SCRIPT | Part.OUTCOME)
        if not session.untouched:
            self.keep_draft()

    def offers_read(self) -> None:
        """What may be offered is known: a step that leads to some of it says so."""
        if self.session is not None and self.session.conversation.offers:
            self._changed(Part.SCRIPT)

    # The outcome

    def change(self, act: Callable[[CallSession], None], parts: Part = Part.OUTCOME) -> None:
        """Let the outcome column change the form; the draft is kept."""
        if session := self._in_hand:
            act(session)
            self._touched(parts)

    def typed(self, act: Callable[[CallSession], None]) -> None:
        """As `change`, for a field that shows already what was typed in it."""
        if session := self._in_hand:
            act(session)
            self._lacks(None)
            self.keep_draft()

    def save(self) -> None:
        """Commit the outcome, then show the next customer; what is missing is said in one line."""
        session = self._in_hand
        if session is None:
            return
        lacks = session.lacking()
        if lacks:
            self._lacks(Text("；".join(t.zh for t in lacks) + "。", "; ".join(t.en for t in lacks) + "."))
            self._changed(Part.OUTCOME)
            return

        def failed() -> None:
            # Nothing typed is lost: the form stands as it was, to be saved again.
            if self.session is not session:
                self._take(session)
            self._touched(Part.ALL | Part.SEEN)

        self._saving.save(session, failed=failed)

    # Drafts

    def _touched(self, parts: Part) -> None:
        self._lacks(None)
        self._changed(parts)
        self._kept_on()

    def _stepped_on(self) -> None:
        """As `_touched`, where it is drawn already."""
        self._lacks(None)
        self._kept_on()

    def _kept_on(self) -> None:
        self.keep_draft()
        if self.session and self.state is CallState.WRAP_UP:
            self._saving.foresee(self.session)

    def keep_draft(self) -> None:
        self._drafts.keep()

    def leave(self) -> None:
        """The window closes: the newest state is kept."""
        self.script.take_over()
        self._drafts.keep_last()

    def hint(self, text: Text) -> None:
        """A line for the agent."""
        self._say(text, Tone.NEUTRAL)

    def _at_rest(self, session: CallSession) -> bool:
        """Nothing was begun with the customer, nor is a dial on its way: the attempt is on record already."""
        return session.untouched and not self._line.dialling

    # The language

    def set_lang(self, lang: Lang) -> bool:
        """Whether the page is told to draw the call in view anew: that comes once its words are ready."""
        self.lang = lang
        self._saving.upcoming.forget()
        session = self.session
        if session is None:
            return False

        def ready(_: object) -> None:
            if self.session is session and self.lang is lang:
                self._anew(lambda: speak(session, lang), Part.ALL)

        def failed(error: Exception) -> None:
            self._show_error(error)
            self._changed(Part.ALL)

        self._lane(lambda: made_ready(session, lang), ready, failed)
        return True

    def _anew(self, change: Callable[[], None], parts: Part) -> None:
        """The words in view are other ones now; they stay as they were where those cannot be said, which is told."""
        try:
            change()
        except ScriptUnsayable as error:
            self._show_error(error)
        self._changed(parts)
