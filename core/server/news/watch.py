"""One look for all who listen: a thread that asks whether anybody wrote, and only then what of it is whose.

It runs while somebody listens. An idle centre costs it one small question twice a second, whatever the number of
desks; after a write it looks once for all of them, and rests the longer the longer that look took.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Error as SqliteError
from time import monotonic

import structlog
from sqlalchemy.exc import SQLAlchemyError

from core.server.access.caller import Caller
from core.server.db.engine import Database
from core.server.db.feed import Position
from core.server.http.bell import Listener
from core.server.logs import where
from core.server.news.heads import Heads, look
from core.server.news.pulse import Pulse, pulse_of

LOOK_S = 0.5
"""between two looks: what was committed is told after at most so long, and the look itself"""
_SHARE = 40
"""a look rests this many times as long as it took: a fortieth of one processor at most"""
_LONGEST_REST_S = 2.0
_GATHER_S = 0.05
"""those who begin to listen together are looked for together"""
_TROUBLE_S = 3.0
"""after a database that did not answer"""
_JOIN_S = 5.0
_log = structlog.get_logger("stayline.serve")


class Follower:
    """One desk that listens: what the watch found last for its session."""

    def __init__(self, session_id: str, listener: Listener) -> None:
        self.session_id, self._listener = session_id, listener
        self.heads: Heads | None = None
        """None: not looked yet"""
        self.over = False
        """the session was ended, the person stopped, or another connection of the same session took its place"""

    @property
    def head(self) -> Position | None:
        """Where the feed ends for this desk; None before the first look, and once it is over."""
        return None if self.heads is None or self.over else self.heads.of(self.session_id)

    def told(self, found: Heads) -> None:
        """From the watch's thread; wakes who listens where there is something to say."""
        before = self.heads
        if self.session_id not in found.own:
            self.end()
            return
        self.heads = found
        if before is None or before.mark != found.mark or before.site != found.site or self._moved(before, found):
            self._listener.wake()

    def end(self) -> None:
        self.over = True
        self._listener.wake()

    def _moved(self, before: Heads, found: Heads) -> bool:
        return before.of(self.session_id) != found.of(self.session_id)


class Watch:
    """Of one server process. Safe from any thread."""

    def __init__(self, database: Database, *, look_s: float = LOOK_S) -> None:
        self._database, self._look_s = database, look_s
        self._changed = threading.Condition()
        self._followers: dict[str, Follower] = {}
        self._new: list[Follower] = []
        self._closed = False
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        """How many listen."""
        return len(self._followers)

    @contextmanager
    def following(self, caller: Caller, listener: Listener) -> Iterator[Follower]:
        """Looks for this session until the block ends; one that listened for the same session before is over."""
        follower = Follower(caller.session_id, listener)
        with self._changed:
            earlier = self._followers.get(caller.session_id)
            self._followers[caller.session_id] = follower
            self._new.append(follower)
            self._begin()
            self._changed.notify_all()
        if earlier is not None:
            earlier.end()
        try:
            yield follower
        finally:
            self._leave(follower)

    def close(self) -> None:
        """Ends the thread; who listens is told nothing more."""
        with self._changed:
            self._closed = True
            thread = self._thread
            self._changed.notify_all()
        if thread is not None:
            thread.join(_JOIN_S)

    def _leave(self, follower: Follower) -> None:
        with self._changed:
            if self._followers.get(follower.session_id) is follower:
                del self._followers[follower.session_id]
            if not self._followers:
                self._changed.notify_all()

    def _begin(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="news", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        pulse = pulse_of(self._database)
        pause_s = 0.0
        try:
            while self._rest(pause_s):
                pause_s = self._guarded_step(pulse)
        finally:
            pulse.close()

    def _rest(self, pause_s: float) -> bool:
        """Waits, shorter where somebody new listens; False once nobody does, which ends the thread."""
        began = monotonic()
        with self._changed:
            while self._followers and not self._closed:
                wait_s = (min(pause_s, _GATHER_S) if self._new else pause_s) - (monotonic() - began)
                if wait_s <= 0:
                    return True
                self._changed.wait(wait_s)
            self._thread = None
            self._new.clear()
            return False

    def _guarded_step(self, pulse: Pulse) -> float:
        try:
            return self._step(pulse)
        except (SQLAlchemyError, SqliteError) as error:
            _log.error("news cannot be looked for", error=type(error).__name__)
        except Exception as error:
            # The desks still ask now and then; a look that failed once must not end the watch.
            _log.error("news cannot be looked for", **where(error))
        # A pulse that is taken anew beats: everybody is looked for.
        pulse.close()
        return _TROUBLE_S

    def _step(self, pulse: Pulse) -> float:
        """Looks if there is reason to; seconds until the next time."""
        began = monotonic()
        # Asked before the look: what is committed during it is the next one's.
        written = pulse.beats()
        with self._changed:
            wanted = list(self._followers.values()) if written else list(self._new)
            self._new.clear()
        if wanted:
            self._look(wanted)
        return min(max(self._look_s, (monotonic() - began) * _SHARE), _LONGEST_REST_S)

    def _look(self, wanted: list[Follower]) -> None:
        with self._database.read() as unit:
            found = look(unit, [one.session_id for one in wanted])
        for one in wanted:
            one.told(found)
