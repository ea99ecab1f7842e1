"""What the invented gateway does with texts, automated calls and visits: most arrive, some are answered."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

from core.domain.campaign import Route
from core.domain.clock import Clock
from core.domain.outreach import ContactState
from core.wire.outreach import CALL_ME, STOP, ContactOut, ContactReport

_FAILS_EVERY, _CALLS_EVERY, _STOPS_EVERY = 17, 11, 29


class Contacts:
    """Safe to use from any thread. It remembers for as long as it runs: an id that it forgot is handed over anew."""

    def __init__(self, *, clock: Clock, delay: timedelta) -> None:
        """`delay`: until it is known whether one arrived; the customer answers after three times as long."""
        self._clock, self._delay = clock, delay
        self._lock = threading.Lock()
        self._kept: dict[UUID, tuple[datetime, ContactOut]] = {}

    def send(self, contact: ContactOut) -> ContactReport:
        with self._lock:
            self._kept.setdefault(contact.id, (self._clock(), contact))
        return self.look(contact.id) or ContactReport(state=ContactState.SENT)

    def look(self, contact_id: UUID) -> ContactReport | None:
        with self._lock:
            kept = self._kept.get(contact_id)
        if kept is None:
            return None
        at, contact = kept
        return fate(contact, self._clock() - at, self._delay, at=at)

    def count(self) -> int:
        """Contacts, however often each was handed over."""
        with self._lock:
            return len(self._kept)


def fate(contact: ContactOut, after: timedelta, delay: timedelta, *, at: datetime) -> ContactReport:
    """The same contact always ends the same way."""
    chance = contact.id.int
    if after < delay:
        return ContactReport(state=ContactState.SENT, at=at)
    if chance % _FAILS_EVERY == 0 or (contact.route is not Route.VISIT and not contact.number):
        return ContactReport(state=ContactState.FAILED, at=at + delay, why="no such line")
    if after >= 3 * delay:
        for every, reply in ((_CALLS_EVERY, CALL_ME), (_STOPS_EVERY, STOP)):
            if chance % every == 0:
                return ContactReport(state=ContactState.ANSWERED, at=at + 3 * delay, reply=reply)
    return ContactReport(state=ContactState.DELIVERED, at=at + delay)
