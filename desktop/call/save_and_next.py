"""Commits an outcome, then shows the next customer.

Who was foreseen is drawn while the disk writes, and seen once the outcome is on it; else there is a second step on the
store's lane, that finds and opens who comes next.
"""

from collections.abc import Callable

from core.desk import dialling
from core.desk.asking import withdraw_unanswered
from core.desk.call_session import CallSession
from core.desk.case_acts import note_call
from core.desk.desk import Desk
from core.domain.case_fold import SPOKE
from core.domain.text import Text, filled
from core.store.types import QueueQuery
from core.wire.push import Saved
from desktop.call import words
from desktop.call.upcoming import Upcoming
from desktop.lane import Lane
from desktop.queue.place import Place
from desktop.widgets.values import Tone

OTHER_NUMBER_SOURCE = "customer"
"""where a number comes from that was named in the call"""


class SaveAndNext:
    """`show` is given the next customer, or None when every task is done or the next could not be opened.

    `prepare` is given who was foreseen while the outcome is being written: `show` is told of the same one again once it
    is on the disk; where it could not be written, the one before is in view again when `failed` is called.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        upcoming: Upcoming,
        prepare: Callable[[CallSession], None],
        show: Callable[[CallSession | None], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
    ) -> None:
        self._desk, self._lane, self.upcoming = desk, lane, upcoming
        self._prepare, self._show = prepare, show
        self._say, self._show_error, self._logged = say, show_error, logged
        self.place: Callable[[str], Place] = lambda key: Place(query=QueueQuery(now=desk.moment().wall), leaving=key)
        """where in the queue a task is left"""
        self.under_way = False
        self.written = False
        """what is under way is on the disk already"""

    def foresee(self, session: CallSession) -> None:
        """The call is being wrapped up: look who comes after it."""
        if not self.under_way:
            self.upcoming.foresee(self.place(session.opened.key))

    def save(self, session: CallSession, *, failed: Callable[[], None]) -> None:
        """Commit what the session holds; raises where the form cannot be composed. `failed`: nothing was saved."""
        saved, key = session.saved(), session.opened.key
        self.under_way, self.written = True, False
        # Until the next customer is painted: `CallPage` releases it.
        self._desk.store.courtesy.hold()
        other_number = session.form.other_number
        place = self.place(key)
        known = self.upcoming.take(place, session.opened.customer_id)

        def work() -> None:
            named = None
            if other_number:
                named = dialling.number_named(self._desk, session.opened, other_number, source=OTHER_NUMBER_SOURCE)
            self._desk.store.save(saved, draft_key=key, named=named)
            self.written = True
            self._logged()

        def not_saved(error: Exception) -> None:
            self._end()
            self._show_error(error)
            failed()

        self._lane(work, lambda _: self._next(session, saved, place, known), not_saved)
        if known is not None:
            self._prepare(known)

    def pass_over(self, session: CallSession, *, still: Callable[[], bool]) -> None:
        """The next customer, without an outcome of this one, whose task was closed by the server; `still` says, once
        the next one is found, whether they are wanted."""
        place = self.place(session.opened.key)

        def found(upcoming: CallSession | None) -> None:
            if still():
                self._move(upcoming)

        def failed(error: Exception) -> None:
            if still():
                self._not_found(error)

        self._lane(lambda: self.upcoming.look_up(place), found, failed)

    def _next(self, session: CallSession, saved: Saved, place: Place, known: CallSession | None) -> None:
        """A step of its own, so that its failing never looks like a save that failed."""
        session.flow.saved(self._desk.moment())
        if session.opened.requests:
            self._withdraw(saved, session.opened.key)
        if saved.outcome.contact in SPOKE:
            self._note_call(saved)
        self._say(filled(words.SAVED, name=session.opened.name), Tone.OK)
        if known is not None:
            self._move(known)
        else:
            self._lane(lambda: self.upcoming.look_up(place), self._move, self._not_found)

    def _withdraw(self, saved: Saved, key: str) -> None:
        def work() -> None:
            withdraw_unanswered(self._desk, saved, key)
            self._logged()

        self._lane(work, lambda _: None, self._show_error)

    def _note_call(self, saved: Saved) -> None:
        def work() -> None:
            note_call(self._desk, saved)
            self._logged()

        self._lane(work, lambda _: None, self._show_error)

    def _move(self, upcoming: CallSession | None) -> None:
        self.under_way = False
        if upcoming is None:
            self._end()
            self._say(words.QUEUE_EMPTY, Tone.NEUTRAL)
        self._show(upcoming)

    def _not_found(self, error: Exception) -> None:
        self._end()
        self._show(None)
        self._show_error(error)

    def _end(self) -> None:
        self.under_way = False
        self._desk.store.courtesy.release()
