"""Who is in view: opened from the queue or by a number, drawn before and after an outcome is written, in one language.

Customers are opened on the store's lane; what comes late counts only while nobody else was asked for since.
"""

from collections.abc import Callable

from core.desk import dialling, opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.opened import Opened
from core.desk.sayable import made_ready, sayable_session, speak
from core.desk.taskless import customer_of
from core.domain.errors import ScriptUnsayable
from core.domain.text import Lang
from desktop.call.part import Part
from desktop.lane import Lane


class InView:
    """`busy` says that an outcome is being written: nobody is opened meanwhile. `leave` keeps what was begun with the
    one in view, `left` what was typed while another was being opened. `take` prepares the rest of the page for another,
    or none, before anything is drawn, `renew` for newer data of the same one; `shown` is told once another is drawn.
    `logged` is told of a number that was typed."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        lang: Lang,
        busy: Callable[[], bool],
        leave: Callable[[], None],
        left: Callable[[], None],
        take: Callable[[CallSession | None], None],
        renew: Callable[[CallSession], None],
        shown: Callable[[CallSession | None], None],
        changed: Callable[[Part], None],
        logged: Callable[[], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._lane, self.lang = desk, lane, lang
        self._busy, self._leave, self._left = busy, leave, left
        self._take_rest, self._renew_rest, self._shown = take, renew, shown
        self._changed, self._logged, self._show_error = changed, logged, show_error
        self.session: CallSession | None = None
        self.asked = 0
        """how often somebody was asked for: what was found for an earlier time is passed over"""
        self._unseen = ""
        """key of who was drawn while an outcome was being written, until that is on the disk"""

    # Opening

    def open_task(self, task_id: str) -> None:
        """Show the customer of a task; a call begun with another stays under "unfinished"."""
        session = self.session
        if session and session.opened.key == task_id:
            return
        if customer := customer_of(task_id):
            self.open_customer(*customer, None)
        elif task_id.startswith("call:"):
            self._open(lambda: opening.reopen_draft(self._desk, task_id))
        else:
            self._open(lambda: opening.resume_task(self._desk, task_id))

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
                self._desk,
                customer_id,
                scenario=scenario,
                inbound_number=inbound_number,
                typed_number=typed_number,
                body=body,
            )
            if typed_number and dialling.keep_typed(self._desk, opened):
                self._logged()
            return opened

        self._open(work)

    def _open(self, work: Callable[[], Opened]) -> None:
        if self._busy():
            return
        self._leave()
        self.asked += 1
        ticket = self.asked

        def done(session: CallSession) -> None:
            if ticket == self.asked:
                self._left()
                self.show(session)

        self._lane(lambda: self.prepare(work()), done, self._show_error)

    def open_nobody(self) -> None:
        """Whoever is being opened is not wanted any more: the outcome is saved, and the next one comes."""
        self.asked += 1

    def prepare(self, opened: Opened) -> CallSession:
        """On the store's lane: also what the view will want, so that it reads nothing itself."""
        return sayable_session(opened, lang=self.lang, moment=self._desk.moment)

    # Showing

    def show(self, session: CallSession | None) -> None:
        self.take(session)
        # The customer is drawn before the queue is read again: the lane's work would hold the drawing up.
        self._changed(Part.ALL)
        self._shown(session)
        self._speak_as_now()

    def renew(self, session: CallSession) -> None:
        """Newer data of the one in view, with whom nothing was begun: what stands beside the call stays as it is."""
        self.session = session
        self._renew_rest(session)
        self._changed(Part.ALL)
        self._speak_as_now()

    def take(self, session: CallSession | None) -> None:
        """Puts that customer in place of the one in view; nothing is drawn yet."""
        self.session = session
        self._take_rest(session)

    def take_back(self, session: CallSession) -> None:
        """The outcome could not be written: it is that customer again, and who came next is nobody yet."""
        self._unseen = ""
        if self.session is not session:
            self.take(session)

    def show_unseen(self, session: CallSession) -> None:
        """Drawn while the disk writes; nothing acts on it meanwhile, and nobody sees it yet."""
        self.take(session)
        self._unseen = session.opened.key
        self._changed(Part.ALL | Part.HELD)

    def show_next(self, session: CallSession | None) -> None:
        """An outcome is on the disk: who comes next is seen, and drawn unless that was done by `show_unseen`."""
        unseen, self._unseen = self._unseen, ""
        if session is None or session.opened.key != unseen:
            self.show(session)
            return
        # Newer data of theirs may have come meanwhile, or that they are gone.
        self._changed(Part.SEEN)
        self._shown(self.session)

    # The language

    def set_lang(self, lang: Lang) -> bool:
        """Whether the page is told to draw the call in view anew: that comes once its words are ready."""
        self.lang = lang
        session = self.session
        if session is None:
            return False

        def ready(_: object) -> None:
            if self.session is session and self.lang is lang:
                self.anew(lambda: speak(session, lang), Part.ALL)

        def failed(error: Exception) -> None:
            self._show_error(error)
            self._changed(Part.ALL)

        self._lane(lambda: made_ready(session, lang), ready, failed)
        return True

    def _speak_as_now(self) -> None:
        """Who is in view now was made ready in the language of before."""
        if self.session is not None and self.session.lang is not self.lang:
            self.set_lang(self.lang)

    def anew(self, change: Callable[[], None], parts: Part) -> None:
        """The words in view are other ones now; they stay as they were where those cannot be said, which is told."""
        try:
            change()
        except ScriptUnsayable as error:
            self._show_error(error)
        self._changed(parts)
