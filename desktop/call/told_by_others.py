"""What others tell while a customer is in view: tasks and customers changed, a task taken back, words and hours anew.

A customer with whom nothing was begun is read anew; a call that is under way goes on, and learns what it may.
"""

from collections.abc import Callable

from core.compliance import DialRequest, standing
from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.follow_up_planning import Fell
from core.desk.opened import Opened
from core.desk.sayable import learn
from core.domain.calendar import Window
from core.domain.errors import Refused
from core.domain.task import Gone
from core.domain.text import Text
from desktop.call import quiet_words, words
from desktop.call.part import Part
from desktop.call.upcoming import Upcoming
from desktop.lane import Lane
from desktop.widgets.values import Tone


class ToldByOthers:
    """`in_view` gives the customer's session; `at_rest` says whether nothing was begun with it. `renew` puts newer data
    of the same customer in its place, `show` none; `anew` applies a change after which its words are other ones."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        upcoming: Upcoming,
        in_view: Callable[[], CallSession | None],
        at_rest: Callable[[CallSession], bool],
        prepare: Callable[[Opened], CallSession],
        show: Callable[[CallSession | None], None],
        renew: Callable[[CallSession], None],
        anew: Callable[[Callable[[], None], Part], None],
        changed: Callable[[Part], None],
        keep_draft: Callable[[], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._lane, self._upcoming = desk, lane, upcoming
        self._in_view, self._at_rest = in_view, at_rest
        self._prepare, self._show, self._renew, self._anew = prepare, show, renew, anew
        self._changed, self._keep_draft = changed, keep_draft
        self._say, self._show_error = say, show_error
        self.withdrawn = False
        """the task in view was taken back in the middle of its call"""

    def pulled(
        self, task_ids: tuple[str, ...], customer_ids: tuple[str, ...], gone: tuple[tuple[str, Gone], ...] = ()
    ) -> None:
        """The server changed tasks or customers: the one in view is read again, unless a call with it has begun.

        `gone` says of tasks that were taken back why."""
        self._upcoming.changed(task_ids, customer_ids)
        session = self._in_view()
        if session is None:
            return
        task = session.opened.task
        if not task:
            self._hear_of_wishes(session, customer_ids)
        elif task.id in task_ids or session.opened.customer_id in customer_ids:
            self._read_again(session, dict(gone).get(task.id))

    def _read_again(self, session: CallSession, why: Gone | None) -> None:
        """`why` its task was taken back, where it was."""
        key = session.opened.key

        def refreshed(fresh: CallSession) -> None:
            if self._in_view() is session and self._at_rest(session):
                self._renew(fresh)
            elif self._in_view() is session:
                self._anew(lambda: self._learn(session, fresh.opened), Part.CUSTOMER | Part.CALL | Part.SCRIPT)

        def failed(error: Exception) -> None:
            if self._in_view() is session:
                self._not_read(session, error, why)

        self._lane(lambda: self._prepare(opening.open_task(self._desk, key)), refreshed, failed)

    def _learn(self, session: CallSession, newer: Opened) -> None:
        before = session.opened.quiet
        fell = learn(session, newer)
        if newer.quiet != before:
            self._heard_hours(newer.quiet, fell)

    def _heard_hours(self, quiet: tuple[Window, ...], fell: Fell | None) -> None:
        """The customer told a colleague, or a list brought it, while this call goes on."""
        self._say(quiet_words.heard(quiet, fell), Tone.WARN if fell else Tone.NEUTRAL)
        self._changed(Part.OUTCOME | Part.CALL)
        self._keep_draft()

    def _not_read(self, session: CallSession, error: Exception, why: Gone | None) -> None:
        withdrawn = isinstance(error, Refused) and error.code == opening.TASK_GONE
        if withdrawn and not self._at_rest(session):
            self.withdrawn = True
            self._withdrawn_in_call(session, why)
            return
        if withdrawn and why is not None:
            self._say(words.GONE[why], Tone.WARN)
        else:
            self._show_error(error)
        if withdrawn:
            self._show(None)

    def _hear_of_wishes(self, session: CallSession, customer_ids: tuple[str, ...]) -> None:
        """A call without a task has none to be withdrawn or read again: what the server says of the customer tells
        whether, and when, they may still be called."""
        if session.opened.customer_id not in customer_ids or session.form.no_callbacks or self._at_rest(session):
            return

        def work() -> tuple[bool, DialRequest]:
            number = next(iter(session.opened.numbers), "")
            return (
                opening.refused_meanwhile(self._desk, session.opened),
                opening.dial_request(self._desk, session.opened, number),
            )

        def heard(found: tuple[bool, DialRequest]) -> None:
            refused, request = found
            if self._in_view() is not session:
                return
            if refused:
                self._withdrawn_in_call(session, Gone.OPTED_OUT)
            elif request.quiet != session.opened.quiet:
                self._heard_hours(request.quiet, session.left_in_peace(request.quiet, standing(request)))

        self._lane(work, heard, self._show_error)

    def _withdrawn_in_call(self, session: CallSession, why: Gone | None) -> None:
        """The call goes on and is saved; a customer who wants no more calls is promised none."""
        if why is Gone.OPTED_OUT:
            self._say(words.CALLBACK_GONE if session.bar_callbacks() else words.NO_MORE_CALLS, Tone.WARN)
            self._changed(Part.OUTCOME)
            self._keep_draft()
        elif why is not None:
            said = words.GONE[why]
            self._say(Text(said.zh + words.FINISH.zh, f"{said.en} {words.FINISH.en}"), Tone.WARN)
        else:
            self._say(words.WITHDRAWN, Tone.WARN)

    def content_is_new(self) -> None:
        """Whoever comes next is opened with the words of today."""
        self._upcoming.forget()

    def site_is_new(self) -> None:
        """Whoever comes next is opened under the new calling hours; the line on the one in view follows them."""
        self._upcoming.forget()
        session = self._in_view()
        if session is not None and session.opened.task:
            self.pulled((session.opened.task.id,), ())
