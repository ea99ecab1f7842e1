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
    one in view, `take` prepares the rest of the page for another, or none, before anything is drawn; `shown` is told
    once it is. `logged` is told of a number that was typed."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        lang: Lang,
        busy: Callable[[], bool],
        leave: Callable[[], None],
        take: Callable[[CallSession | None], None],
        shown: Callable[[CallSession | None], None],
        changed: Callable[[Part], None],
        logged: Callable[[], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._lane, self.lang = desk, lane, lang
        self._busy, self._leave, self._take_rest, self._shown = busy, leave, take, shown
        self._changed, self._logged, self._show_error = changed, logged, show_error
        self.session: CallSession | None = None
        self._opening = 0

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
        self._opening += 1
        ticket = self._opening

        def done(session: CallSession) -> None:
            if ticket == self._opening:
                self.show(session)

        self._lane(lambda: self.prepare(work()), done, self._show_error)

    def prepare(self, opened: Opened) -> CallSession:
        """On the store's lane: also what the view will want, so that it reads nothing itself."""
        return sayable_session(opened, lang=self.lang, moment=self._desk.moment)

    # Showing

    def show(self, session: CallSession | None) -> None:
        self.take(session)
        # The customer is drawn before the queue is read again: the lane's work would hold the drawing up.
        self._changed(Part.ALL)
        self._shown(session)

    def take(self, session: CallSession | None) -> None:
        """Puts that customer in place of the one in view; nothing is drawn yet."""
        self.session = session
        self._take_rest(session)

    def show_unseen(self, session: CallSession) -> None:
        """Drawn while the disk writes; nothing acts on it meanwhile, and nobody sees it yet."""
        self.take(session)
        self._changed(Part.ALL | Part.HELD)

    def show_next(self, session: CallSession | None) -> None:
        """An outcome is on the disk: who comes next is seen, and drawn unless that was done by `show_unseen`."""
        if session is None or self.session is None or session.opened.key != self.session.opened.key:
            self.show(session)
            return
        self._changed(Part.SEEN)
        self._shown(session)

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

    def anew(self, change: Callable[[], None], parts: Part) -> None:
        """The words in view are other ones now; they stay as they were where those cannot be said, which is told."""
        try:
            change()
        except ScriptUnsayable as error:
            self._show_error(error)
        self._changed(parts)
