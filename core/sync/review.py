"""Pulling review packs in the background: for those who review, in pieces, going on where it was cut off.

The list says which packs there are; parts that this machine lacks come a piece at a time, each kept before the next is
asked for. A pack is adopted once all its parts are whole and are the bytes that their digest names: nothing half is
ever read. The line lets the agent's own steps pass, as the sync does.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from core.domain.clock import Clock, utc_now
from core.domain.errors import Refused, StaylineError, StoreClosed
from core.domain.people import Agent, Right
from core.store.store import Store
from core.sync.refusals import TokenRefused
from core.sync.session import Credentials
from core.sync.transport import Transport
from core.wire.review import PackList, PackPart

EVERY_S = 300.0
"""between two looks while nobody asks"""
SOON_S = 2.0
"""while the server still makes packs"""
AGAIN_S = 20.0
"""after it could not be reached"""
PIECE = 262_144
"""bytes: a second on a slow line, so that little is lost where it breaks"""
_JOIN_S = 0.2
_log = logging.getLogger(__name__)


class ReviewStatus(Struct, frozen=True, kw_only=True):
    """How far the packs are."""

    pulling: bool = False
    received: int = 0
    """bytes of what this pull is to bring"""
    wanted: int = 0
    as_of: datetime | None = None
    """server time of the list that was last taken whole"""
    preparing: int = 0
    """packs that the server still makes, before there is anything to look at"""
    error: StaylineError | None = None
    """why the last pull did not come to its end"""
    cancelled: bool = False
    """stopped by a person: it goes on at the next look, or when asked"""


Listener = Callable[[ReviewStatus, bool], None]
"""gets the status, and whether packs are new; called on the line's thread"""


class ReviewLine:
    """Runs beside the sync for those with the right to review; for others it never starts."""

    def __init__(self, store: Store, transport: Transport, agent: Agent, *, clock: Clock = utc_now) -> None:
        self._store, self._transport = store, transport
        self._credentials = Credentials(store, transport, clock)
        self._may = Right.REVIEW in agent.rights
        self._wake, self._stop, self._cancel = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="review", daemon=True)
        self._begun = False
        self._listeners: list[Listener] = []
        self._status = ReviewStatus()

    @property
    def status(self) -> ReviewStatus:
        return self._status

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tells it of each step; what is returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def server_is_there(self) -> None:
        """The sync met the server: begin, or try again at once after it was away."""
        if not self._may or self._stop.is_set():
            return
        if not self._begun:
            self._begun = True
            self._thread.start()
        elif self._status.error is not None:
            self._wake.set()

    def pull(self) -> None:
        """A person wants the newest now."""
        self._cancel.clear()
        self._wake.set()
        self.server_is_there()

    def cancel(self) -> None:
        """Stops the pull under way; what has come is kept."""
        self._cancel.set()

    def stop(self) -> None:
        """A request under way may outlast this, but keeps and tells nothing more."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            pause_s = self._step()
            self._wake.wait(pause_s)
            self._wake.clear()

    def _step(self) -> float:
        """One pull; seconds until the next, unless woken."""
        try:
            if not self._credentials.load():
                return EVERY_S
            return self.pull_once()
        except (TokenRefused, StoreClosed):
            # The sync says that one is signed out; a closed store is left.
            return EVERY_S
        except StaylineError as error:
            self._tell(error=error)
            return AGAIN_S
        except Exception:
            # The thread must outlive a fault of ours; what has come stays.
            _log.exception("the pull of review packs failed")
            self._tell()
            return EVERY_S

    def pull_once(self) -> float:
        """One look at the list and all that it lacks here, on the calling thread; seconds until the next is due."""
        self._cancel.clear()
        wanted = self._list()
        if wanted is None:
            return EVERY_S
        if not self._fetch(wanted):
            return SOON_S if not self._cancel.is_set() else EVERY_S
        if wanted.waiting and self._store.review.listed() is None:
            # Figures of a few days alone would pass for all of them.
            self._tell(preparing=wanted.waiting)
            return SOON_S
        new = self._store.review.adopt(wanted)
        self._tell(as_of=wanted.server_time, new=new)
        return SOON_S if wanted.waiting else EVERY_S

    def _list(self) -> PackList | None:
        try:
            return self._credentials.call(self._transport.review_packs)
        except TokenRefused:
            raise
        except Refused as error:
            if error.code != "forbidden":
                raise
            # Who reviews no longer keeps nothing of it.
            self._store.review.forget()
            self._tell(error=error, new=True)
            return None

    def _fetch(self, wanted: PackList) -> bool:
        """What is lacking, piece by piece; False where it was cut short, or a part was replaced meanwhile."""
        lacking = self._store.review.lacking(wanted)
        if not lacking:
            return True
        there = {part.digest: self._store.review.received(part.digest) for part in lacking}
        total, got = sum(part.size for part in lacking), sum(there.values())
        for part in lacking:
            done = False
            while not done:
                if self._stop.is_set() or self._cancel.is_set():
                    self._tell(cancelled=self._cancel.is_set())
                    return False
                self._tell(received=got, wanted=total)
                body = self._piece(part, there[part.digest])
                if body is None:
                    return False
                done = self._store.review.take(part, there[part.digest], body)
                there[part.digest] += len(body)
                got += len(body)
                if not done and (not body or there[part.digest] >= part.size):
                    # Other bytes than the list named: dropped as a whole, and fetched anew with the next look.
                    return False
        return True

    def _piece(self, part: PackPart, offset: int) -> bytes | None:
        self._store.courtesy.let_pass()
        try:
            return self._credentials.call(lambda: self._transport.review_piece(part.digest, offset, PIECE))
        except TokenRefused:
            raise
        except Refused as error:
            if error.code != "not_found":
                raise
            return None

    def _tell(
        self,
        *,
        received: int = 0,
        wanted: int = 0,
        as_of: datetime | None = None,
        preparing: int = 0,
        error: StaylineError | None = None,
        cancelled: bool = False,
        new: bool = False,
    ) -> None:
        before = self._status
        self._status = ReviewStatus(
            pulling=wanted > 0,
            received=received,
            wanted=wanted,
            as_of=as_of or before.as_of,
            preparing=preparing,
            error=error,
            cancelled=cancelled,
        )
        if self._stop.is_set():
            return
        for listener in list(self._listeners):
            try:
                listener(self._status, new)
            except Exception:
                # What a listener does wrong must not end the line.
                _log.exception("a listener failed")
