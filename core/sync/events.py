"""Listening for news beside the polling: one connection on which the server says that there is something to pull.

What is heard only wakes the sync, which pulls as ever; where no event gets through (an older server, a proxy that keeps
what passes), the sync asks as often as without. While this line hears, the sync may ask less often.
"""

import logging
import random
import threading
from collections.abc import Callable
from time import monotonic

import msgspec

from core.domain import decoding
from core.domain.errors import Refused, StaylineError
from core.store.store import Store
from core.sync.event_stream import Event, EventStream
from core.sync.refusals import ServerBusy, TokenRefused
from core.sync.session import Credentials
from core.sync.transport import Transport
from core.wire.events import LONGEST_OPEN_S, Moved, What

LONGEST_PAUSE_S = 600.0
"""between two tries where no event gets through"""
UNKNOWN_S = 600.0
"""until an older server is asked again whether it has events"""
STEADY_S = 30.0
"""one that ends sooner counts as another failure: whatever ends them is not to be asked in vain for ever"""
SPREAD_S = 2.0
"""within which those who hear the same thing come, one after the other"""
_JOIN_S = 0.5
_log = logging.getLogger(__name__)


class EventLine:
    """Runs beside the sync until stopped. `pull` is called on its thread, and only asks for a round."""

    def __init__(self, store: Store, transport: Transport, credentials: Credentials, pull: Callable[[], None]) -> None:
        self._store, self._transport, self._credentials, self._pull = store, transport, credentials, pull
        self._again, self._stop = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._stream: EventStream | None = None
        self._lock = threading.Lock()
        self._failures, self._resting = 0, False
        self._hears = False

    @property
    def hears(self) -> bool:
        """Events get through: what is new is told."""
        return self._hears

    def server_is_there(self, *, back: bool) -> None:
        """The sync has met the server: begin, or try again at once where it was away or somebody signed in anew."""
        with self._lock:
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(target=self._run, name="events", daemon=True)
                self._thread.start()
                return
        if back or self._resting:
            self._again.set()

    def stop(self) -> None:
        """Ends what is listened to; an answer that has not begun may outlast this, but is not heard."""
        self._stop.set()
        self._again.set()
        with self._lock:
            thread = self._thread
            if self._stream is not None:
                self._stream.end()
        if thread is not None:
            thread.join(_JOIN_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._again.clear()
            pause_s = self._listen()
            self._hears = False
            self._resting = pause_s is None
            self._again.wait(pause_s)

    def _listen(self) -> float | None:
        """One stream to its end; seconds until the next, None for when somebody has signed in."""
        began = monotonic()
        try:
            with self._credentials.call(lambda: self._transport.events(self._store.cursor())) as stream:
                self._follow(stream)
        except TokenRefused:
            # The sync finds the same, and says it.
            self._pull()
            return None
        except StaylineError as error:
            return self._after(monotonic() - began, error)
        except Exception:
            # The thread must outlive a fault of ours; the sync still asks by itself.
            _log.exception("listening for events failed")
            return LONGEST_PAUSE_S
        return self._after(monotonic() - began, None)

    def _follow(self, stream: EventStream) -> None:
        with self._lock:
            self._stream = stream
        try:
            if not self._stop.is_set():
                for event in stream:
                    self._take(event)
        finally:
            with self._lock:
                self._stream = None

    def _take(self, event: Event) -> None:
        if event.what == What.READY:
            self._hears = True
        elif event.what == What.PULL:
            if _shared(event) and self._stop.wait(random.uniform(0, SPREAD_S)):
                return
            # What this desk has uploaded comes back to it: mostly the same round has pulled it.
            if event.place != self._store.cursor():
                self._pull()
        elif event.what == What.SITE and not self._stop.wait(random.uniform(0, SPREAD_S)):
            self._pull()

    def _after(self, lasted_s: float, error: StaylineError | None) -> float:
        """Seconds until the next stream."""
        heard, self._hears = self._hears, False
        if heard and error is None and lasted_s >= LONGEST_OPEN_S * 0.9:
            self._failures = 0
            return random.uniform(0, SPREAD_S)
        if heard and not self._stop.wait(random.uniform(0, SPREAD_S / 2)):
            # The server is gone, or the session: the next round shows it, and is not to wait as long as one that hears.
            self._pull()
        self._failures = 1 if heard and lasted_s >= STEADY_S else self._failures + 1
        if isinstance(error, ServerBusy) and error.retry_after_s is not None:
            return error.retry_after_s
        if isinstance(error, Refused):
            _log.info("no events from this server: %s", error.code)
            return UNKNOWN_S
        return min(2.0 ** min(self._failures - 1, 10), LONGEST_PAUSE_S) * random.uniform(0.5, 1.0)


def _shared(event: Event) -> bool:
    try:
        return decoding.decode(event.data, Moved).shared
    except msgspec.DecodeError:
        return False
