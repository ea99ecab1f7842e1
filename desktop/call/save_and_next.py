"""Commits an outcome, then finds and opens the next customer: two steps on the store's lane."""

from collections.abc import Callable

from core.desk import dialling, opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.opened import Opened
from core.desk.queueing import next_row
from core.domain.text import Text, filled
from core.store.types import QueueQuery
from desktop.call import words
from desktop.lane import Lane
from desktop.widgets.values import Tone

OTHER_NUMBER_SOURCE = "customer"
"""where a number comes from that was named in the call"""


class SaveAndNext:
    """`show` is given the next customer, or None when every task is done or the next could not be opened."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        prepare: Callable[[Opened], CallSession],
        show: Callable[[CallSession | None], None],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
    ) -> None:
        self._desk, self._lane, self._prepare = desk, lane, prepare
        self._show, self._say, self._show_error, self._logged = show, say, show_error, logged
        self.query: Callable[[], QueueQuery] = lambda: QueueQuery(now=desk.moment().wall)
        """the queue that the next customer is taken from"""
        self.following: Callable[[str], list[str]] = lambda _task_id: []
        """the tasks below one, as the list shows them"""
        self.under_way = False

    def save(self, session: CallSession, *, failed: Callable[[], None]) -> None:
        """Commit what the session holds; raises where the form cannot be composed. `failed`: nothing was saved."""
        saved, key = session.saved(), session.opened.key
        self.under_way = True
        other_number = session.form.other_number

        def work() -> None:
            if other_number:
                dialling.add_number(self._desk, session.opened, other_number, source=OTHER_NUMBER_SOURCE)
                self._logged()
            self._desk.store.save(saved, draft_key=key)
            self._logged()

        def not_saved(error: Exception) -> None:
            self.under_way = False
            self._show_error(error)
            failed()

        self._lane(work, lambda _: self._next(session), not_saved)

    def _next(self, session: CallSession) -> None:
        """A step of its own, so that its failing never looks like a save that failed."""
        session.flow.saved(self._desk.moment())
        self._say(filled(words.SAVED, name=session.opened.name), Tone.OK)
        query, key = self.query(), session.opened.key
        following = self.following(key)

        def work() -> CallSession | None:
            row = next_row(self._desk, query, after=following, leaving=key)
            return self._prepare(opening.open_task(self._desk, row.task_id)) if row else None

        def moved(upcoming: CallSession | None) -> None:
            self.under_way = False
            if upcoming is None:
                self._say(words.QUEUE_EMPTY, Tone.NEUTRAL)
            self._show(upcoming)

        def failed(error: Exception) -> None:
            self.under_way = False
            self._show(None)
            self._show_error(error)

        self._lane(work, moved, failed)
