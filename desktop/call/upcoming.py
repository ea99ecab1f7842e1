"""The next customer, opened while the present call is wrapped up: after the save nobody waits for a look-up."""

from collections.abc import Callable, Sequence
from time import monotonic

from msgspec import Struct

from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.next_up import next_row
from core.desk.opened import Opened
from desktop.lane import Lane
from desktop.queue.place import Place

FRESH_S = 15.0
"""as old as the list may be: a callback that falls due meanwhile comes first"""


class _Found(Struct, frozen=True):
    place: Place
    session: CallSession
    at_s: float


class Upcoming:
    """`lane` is a patient one; `prepare` makes the session of an opened customer, on the lane."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        prepare: Callable[[Opened], CallSession],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._desk, self._lane, self._prepare, self._clock = desk, lane, prepare, clock
        self._found: _Found | None = None
        self._asked = 0
        self._looking = False
        self._news: set[str] = set()
        """what the server changed while somebody was looked for"""

    def look_up(self, place: Place) -> CallSession | None:
        """On the lane: the session of the next customer, None where every task is done."""
        row = next_row(self._desk, place.query, after=place.following, leaving=place.leaving)
        return self._prepare(opening.open_task(self._desk, row.task_id)) if row else None

    def foresee(self, place: Place) -> None:
        """Looks who comes next, unless that is known."""
        if self._looking or self._of(place) is not None:
            return
        self._asked += 1
        ticket, at_s = self._asked, self._clock()
        self._looking = True
        self._news.clear()

        def found(session: CallSession | None) -> None:
            self._looking = False
            if session is None or ticket != self._asked:
                return
            if self._news.isdisjoint((session.opened.key, session.opened.customer_id)):
                self._found = _Found(place, session, at_s)

        def failed(_: Exception) -> None:
            # Nobody asked for it yet: the look-up after the save meets the same, and tells it.
            self._looking = False

        self._lane(lambda: self.look_up(place), found, failed)

    def take(self, place: Place, customer_id: str) -> CallSession | None:
        """Who comes next, where that is still known after a save for `customer_id`."""
        found = self._of(place)
        self.forget()
        # What was saved may have closed the customer's other tasks as well.
        return None if found is None or found.session.opened.customer_id == customer_id else found.session

    def forget(self) -> None:
        """Words, content or the queue have changed."""
        self._asked += 1
        self._found = None

    def changed(self, task_ids: Sequence[str], customer_ids: Sequence[str]) -> None:
        """The server changed these: the customer is opened anew."""
        if self._looking:
            self._news.update(task_ids, customer_ids)
        if self._found is not None:
            opened = self._found.session.opened
            if opened.key in task_ids or opened.customer_id in customer_ids:
                self.forget()

    def _of(self, place: Place) -> _Found | None:
        found = self._found
        if found is None or self._clock() - found.at_s > FRESH_S:
            return None
        opened = found.session.opened
        # A call that was begun before goes on from its draft, which may have grown.
        return found if opened.draft is None and place.still_leads_to(opened.key, found.place) else None
