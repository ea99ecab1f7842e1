"""What the call page does: takes what is filled in, saves it, and joins the parts that lead a call. No widgets.

Every slow or durable step runs on the store's lane; the page is told what changed and reads it from here. Who is in
view, the phone, drafts, saving, the way through the script, what others tell: each has a file beside this one.
"""

from collections.abc import Callable
from datetime import datetime

from core.calling import Dialler
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.plans import PlanComparison
from core.domain.call import CallState
from core.domain.customer import Document
from core.domain.text import Lang, Text, filled
from desktop.call import words
from desktop.call.draft_keeper import DraftKeeper
from desktop.call.in_view import InView
from desktop.call.part import Part
from desktop.call.phone_call import PhoneCall
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
        self.desk, self._lane = desk, lane
        self._changed, self._say, self._show_error = changed, say, show_error
        self._lacks = lacks
        """told what keeps an outcome from being saved, and None once that may no longer hold"""
        self._moved, self._logged = moved, logged
        self.in_view = self._in_view_shown(lang)
        self._drafts = self._drafts_kept()
        self._saving = self._saved_and_next(patient_lane)
        self.script = self._way_through_script()
        self.call = self._call_led(dialler, rechecking)
        self.told = self._told_by_others()
        if rechecking is not None:
            rechecking.follow(show=lambda: self._changed(Part.CALL), settled=self._settled)

    def _in_view_shown(self, lang: Lang) -> InView:
        return InView(
            self.desk,
            lane=self._lane,
            lang=lang,
            busy=lambda: self._saving.under_way,
            leave=self._leave_unfinished,
            left=self._keep_last_words,
            take=self._take,
            renew=self._renew,
            shown=self._shown,
            changed=self._changed,
            logged=self._logged,
            show_error=self._show_error,
        )

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
            upcoming=Upcoming(self.desk, lane=patient_lane, prepare=self.in_view.prepare),
            prepare=self.in_view.show_unseen,
            show=self.in_view.show_next,
            say=self._say,
            show_error=self._show_error,
            logged=self._logged,
        )

    def _way_through_script(self) -> ScriptWalk:
        return ScriptWalk(
            in_view=lambda: self.session,
            in_hand=lambda: self.in_hand,
            changed=self._changed,
            touched=self._touched,
            kept_on=self._stepped_on,
            show_error=self._show_error,
        )

    def _call_led(self, dialler: Dialler, rechecking: Rechecking | None) -> PhoneCall:
        return PhoneCall(
            self.desk,
            lane=self._lane,
            dialler=dialler,
            rechecking=rechecking,
            in_view=lambda: self.session,
            in_hand=lambda: self.in_hand,
            saving=lambda: self._saving.under_way,
            changed=self._changed,
            touched=self._touched,
            say=self._say,
            show_error=self._show_error,
            logged=self._logged,
        )

    def _told_by_others(self) -> ToldByOthers:
        return ToldByOthers(
            self.desk,
            lane=self._lane,
            upcoming=self._saving.upcoming,
            in_view=lambda: self.session,
            at_rest=self.call.at_rest,
            prepare=self.in_view.prepare,
            show=self.in_view.show,
            renew=self.in_view.renew,
            anew=self.in_view.anew,
            changed=self._changed,
            keep_draft=self.keep_draft,
            say=self._say,
            show_error=self._show_error,
        )

    def take_next_from(self, place: Callable[[str], Place]) -> None:
        """The queue, and the list of it that is shown, decide who comes after a save."""
        self._saving.place = place

    @property
    def saving(self) -> bool:
        """An outcome is being written: who comes next may be drawn already, and is not seen."""
        return self._saving.under_way

    @property
    def on_disk(self) -> bool:
        """What was saved last."""
        return self._saving.written

    @property
    def draft_kept_at(self) -> datetime | None:
        return self._drafts.kept_at

    # Whom it is about

    @property
    def session(self) -> CallSession | None:
        """Of the customer in view."""
        return self.in_view.session

    @property
    def in_hand(self) -> CallSession | None:
        """Whom a key acts on: nobody while an outcome is being written, for who comes next is not seen yet."""
        if self._saving.under_way:
            return None
        self.script.take_over()
        return self.session

    def of_case(self, key: str) -> CallSession | None:
        """The call in view where it is the one of that key: newer data may have put another in its place meanwhile."""
        return self.session if self.session is not None and self.session.opened.key == key else None

    def _take(self, session: CallSession | None) -> None:
        self._drafts.kept_at, self.told.withdrawn = None, False
        self.call.take(session)

    def _renew(self, session: CallSession) -> None:
        self._drafts.kept_at = None
        self.call.renew(session)

    def _shown(self, session: CallSession | None) -> None:
        self._moved(session.opened.key if session else "")
        self.call.look_again(session)

    def _leave_unfinished(self) -> None:
        """The customer in view makes way; what was begun is kept and said."""
        self.script.take_over()
        session = self.session
        if session is None or session.untouched:
            return
        self.keep_draft()
        if session.flow.begun:
            self._say(filled(words.UNFINISHED_KEPT, name=session.opened.name), Tone.NEUTRAL)

    def _keep_last_words(self) -> None:
        """The customer who makes way was worked on while the next one was being opened."""
        self.script.take_over()
        self._drafts.keep_waiting()

    def _settled(self, asked_for: CallSession, told: Text) -> None:
        """The task was closed by what was found: the next one comes, unless its call is under way."""
        self.call.dial_no_more(asked_for)
        session = self.of_case(asked_for.opened.key)
        if session is None or self._saving.under_way:
            return
        if not self.call.at_rest(session):
            self._say(filled(SETTLED_IN_CALL, words=told), Tone.NEUTRAL)
            return
        self._say(filled(SETTLED, words=told), Tone.NEUTRAL)
        asked = self.in_view.asked

        def still() -> bool:
            here = self.session is session and self.in_view.asked == asked
            return here and not self._saving.under_way and self.call.at_rest(session)

        self._saving.pass_over(session, still=still)

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
        if session := self.in_hand:
            act(session)
            self._touched(parts)

    def change_of(self, key: str, act: Callable[[CallSession], None]) -> None:
        """As `change`, for a window of its own that was opened for the customer of that key: nothing of it may become
        that of whoever is in view by now."""
        if self.of_case(key) is not None:
            self.change(act)

    def typed(self, act: Callable[[CallSession], None]) -> None:
        """As `change`, for a field that shows already what was typed in it."""
        if session := self.in_hand:
            act(session)
            self._lacks(None)
            self.keep_draft()

    def save(self) -> None:
        """Commit the outcome, then show the next customer; what is missing is said in one line."""
        session = self.in_hand
        if session is None:
            return
        lacks = session.lacking()
        if lacks:
            self._lacks(Text("；".join(t.zh for t in lacks) + "。", "; ".join(t.en for t in lacks) + "."))
            self._changed(Part.OUTCOME)
            return

        def failed() -> None:
            # Nothing typed is lost: the form stands as it was, to be saved again.
            self.in_view.take_back(session)
            self._touched(Part.ALL | Part.SEEN)

        self.in_view.open_nobody()
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
        if self.session and self.call.state is CallState.WRAP_UP:
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

    def set_lang(self, lang: Lang) -> bool:
        """As `InView.set_lang`; whoever comes next is opened in that language too."""
        self._saving.upcoming.forget()
        return self.in_view.set_lang(lang)
