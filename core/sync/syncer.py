"""The sync's own thread: rounds, the pauses between them, and what it tells of both."""

import logging
import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from math import inf
from time import monotonic

from core.domain.clock import Clock, steady_s, utc_now
from core.domain.errors import Refused, ServerForeign, ServerUnreachable, StaylineError, StoreError
from core.domain.text import Text
from core.store.store import Store
from core.store.types import Applied
from core.sync.events import EventLine
from core.sync.refusals import ServerBusy, TokenRefused, past_offline_limit
from core.sync.round import Round
from core.sync.session import DISABLED, Credentials, keep_site, know_server, note_refused, remembered
from core.sync.sign_in import offline_left
from core.sync.status import SyncState, SyncStatus
from core.sync.transport import Transport
from core.wire.session import Site

POLL_S = 15.0
HEARD_POLL_S = 120.0
"""between two rounds while the server tells what is new, and nothing waits here; a desk that asks for nothing for three
minutes is taken for one that is not there"""
LONGEST_PAUSE_S = 60.0
_SET_S = 5.0
"""by so much a clock does not go wrong by itself between two rounds"""
_JOIN_S = 3.0
_log = logging.getLogger(__name__)
Listener = Callable[[SyncStatus | Applied], None]


class Syncer:
    """Pushes and pulls until stopped. The listener is called on the sync's thread."""

    def __init__(
        self,
        store: Store,
        transport: Transport,
        listener: Listener,
        *,
        clock: Clock = utc_now,
        poll_s: float = POLL_S,
        longest_pause_s: float = LONGEST_PAUSE_S,
        listens: bool = True,
        steady_s: Callable[[], float] = steady_s,
    ) -> None:
        """`listens`: hear of what is new as it happens, beside the polling. `steady_s`: a clock that nobody sets."""
        self._store, self._transport, self._listener, self._clock = store, transport, listener, clock
        self._poll_s, self._longest_pause_s = poll_s, longest_pause_s
        self._credentials = Credentials(store, transport, clock)
        self._events = EventLine(store, transport, self._credentials, self.wake) if listens else None
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._failures = 0
        self._held_until = 0.0
        """monotonic seconds: the server asked not to be asked before"""
        self._steady_s, self._alone_until_s = steady_s, inf
        """until when one may go on without the server, by that clock"""
        self._ended: TokenRefused | None = None
        """why the server ended the session: told for as long as one is signed out by it"""
        self._site: Site | None = None
        """as last told; a renewed token brings it as a pull does"""
        self._status = SyncStatus(state=SyncState.OFFLINE, since=clock())

    @property
    def status(self) -> SyncStatus:
        """As last told."""
        return self._status

    @property
    def hears(self) -> bool:
        """The server tells what is new as it happens."""
        return self._events is not None and self._events.hears

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something was saved, or somebody signed in: a round now, unless the server asked to wait."""
        if monotonic() >= self._held_until:
            self._wake.set()

    def retry_now(self) -> None:
        """The person asks to try again."""
        self._failures, self._held_until = 0, 0.0
        self._wake.set()

    def stop(self) -> None:
        """Ends the thread; a request under way may outlast this by its deadline, but tells nothing more."""
        self._stop.set()
        self._wake.set()
        if self._events is not None:
            self._events.stop()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)
        self._transport.close()

    def _run(self) -> None:
        self._count_alone()
        while not self._stop.is_set():
            pause = self._round_and_pause()
            began, began_at = monotonic(), self._clock()
            while not self._woken(pause) and self._may_wait(monotonic() - began, since=began_at):
                pass

    def _woken(self, within_s: float) -> bool:
        woken = self._wake.wait(within_s)
        self._wake.clear()
        return woken

    def _may_wait(self, waited_s: float, *, since: datetime) -> bool:
        """Nobody needs a round: the last one went well, the server tells what is new, and nothing is to be uploaded."""
        if self._stop.is_set() or self._status.last_error is not None or waited_s >= HEARD_POLL_S:
            return False
        if not self.hears:
            return False
        if abs((self._clock() - since).total_seconds() - waited_s) > _SET_S:
            # The machine slept, or its clock was set: the server's time is to be heard anew.
            return False
        try:
            # What the agent is doing wakes nobody.
            self._store.keep_states()
            return not self._store.pending(1)
        except StoreError:
            # The round finds the same, and says it.
            return False

    def _round_and_pause(self) -> float:
        """One round; seconds until the next, unless woken."""
        away = self._status.state not in (SyncState.ONLINE, SyncState.SYNCING)
        try:
            if not self._credentials.load():
                self._tell(SyncState.SIGNED_OUT, self._ended)
                return self._longest_pause_s
            self._round()
        except TokenRefused as error:
            note_refused(self._store, error.code)
            if error.code == DISABLED:
                self._wipe()
            self._ended = error
            self._tell(SyncState.SIGNED_OUT, error)
            return self._longest_pause_s
        except StaylineError as error:
            return self._failed(error, error.retry_after_s if isinstance(error, ServerBusy) else None)
        except Exception as error:
            # The thread must outlive a fault of ours: it is told and logged, and tried again.
            _log.exception("sync round failed")
            return self._failed(_fault(error), None)
        self._failures, self._ended = 0, None
        self._count_alone(met=True)
        self._tell(SyncState.ONLINE)
        if self._events is not None:
            self._events.server_is_there(back=away)
        return self._poll_s

    def _wipe(self) -> None:
        """An account that was stopped: no customer stays here. What was saved does, for whoever may upload it."""
        try:
            self._emit(Applied(task_ids=self._store.forget_customers()))
        except StoreError as error:
            _log.error("customers of a stopped account could not be removed: %s", type(error).__name__)

    def _round(self) -> None:
        self._site = self._site or self._kept_site()
        if self._site is not None:
            self._store.read_by(self._site)
        work = Round(self._store, self._transport, self._credentials, self._clock, self._stop.is_set)
        for _ in work.push():
            self._tell(SyncState.SYNCING)
        pulled, unreadable = 0, 0
        for applied in work.pull():
            pulled += applied.staged or len(applied.task_ids) + len(applied.customer_ids) + len(applied.content)
            unreadable += len(applied.unreadable)
            self._emit(applied)
            if not applied.finished:
                self._tell(SyncState.SYNCING, progress=(pulled, None))
        self._tell_site(work.site)
        if unreadable:
            raise _unreadable(unreadable)

    def _tell_site(self, pulled: Site | None) -> None:
        """Changed calling hours hold at once, and over a restart."""
        if pulled is not None and pulled != self._kept_site():
            keep_site(self._store, pulled)
        site = self._kept_site()
        if site is not None:
            know_server(self._store, self._transport, site)
            self._store.read_by(site)
        if site != self._site:
            self._site = site
            self._emit(Applied(site=site))

    def _kept_site(self) -> Site | None:
        kept = remembered(self._store)
        return kept.site if kept else None

    def _count_alone(self, *, met: bool = False) -> None:
        """From now on; where the server was not `met` just now, what is left of the time since it was."""
        try:
            kept = remembered(self._store)
            if kept is None:
                return
            limit = timedelta(hours=kept.site.offline_limit_h)
            left = limit if met else offline_left(self._store, kept, self._clock())
        except StoreError:
            # The round finds the same, and says it.
            return
        # Nobody gets in with nothing left but by the server's leave: this machine's clock is ahead then.
        self._alone_until_s = self._steady_s() + (left if left > timedelta(0) else limit).total_seconds()

    def _past_limit(self) -> Refused | None:
        if self._steady_s() < self._alone_until_s:
            return None
        kept = remembered(self._store)
        return past_offline_limit(kept.site.offline_limit_h) if kept else None

    def _failed(self, error: StaylineError, asked_s: float | None) -> float:
        self._failures += 1
        state = self._state_after(error)
        past = self._past_limit() if state in (SyncState.OFFLINE, SyncState.SIGNED_OUT) else None
        if past is not None:
            self._tell(SyncState.SIGNED_OUT, past)
        else:
            self._tell(state, error)
        if asked_s is not None:
            self._held_until = monotonic() + asked_s
            return asked_s
        pause = min(2.0 ** min(self._failures - 1, 10), self._longest_pause_s)
        return pause * random.uniform(0.5, 1.0)

    def _state_after(self, error: StaylineError) -> SyncState:
        """A refusal still shows that the server is there; a fault of this machine says nothing of it."""
        if isinstance(error, (ServerUnreachable, ServerForeign)):
            return SyncState.OFFLINE
        if isinstance(error, Refused) or self._status.state is SyncState.SYNCING:
            return SyncState.ONLINE
        return self._status.state

    def _tell(
        self, state: SyncState, error: StaylineError | None = None, progress: tuple[int, int | None] | None = None
    ) -> None:
        before = self._status
        try:
            outbox = self._store.outbox_state()
            waiting, results, oldest, refused = outbox.waiting, outbox.results, outbox.oldest_at, outbox.refused
        except StoreError as trouble:
            waiting, results, refused = before.waiting, before.results, before.refused
            oldest, error = before.oldest_waiting_at, error or trouble
        same = before.state is state or {before.state, state} == {SyncState.ONLINE, SyncState.SYNCING}
        status = SyncStatus(
            state=state,
            since=before.since if same else self._clock(),
            waiting=waiting,
            results=results,
            refused=refused,
            oldest_waiting_at=oldest,
            last_error=error,
            progress=progress,
        )
        if status != before:
            self._status = status
            self._emit(status)

    def _emit(self, news: SyncStatus | Applied) -> None:
        if self._stop.is_set():
            return
        try:
            self._listener(news)
        except Exception:
            # What a listener does wrong must not end the sync; the next news reaches it again.
            _log.exception("a listener failed")


def _unreadable(count: int) -> Refused:
    return Refused(
        code="unreadable",
        title=Text("部分数据无法读取", "Some data cannot be read"),
        message=Text(
            f"服务器发来的 {count} 项与本版本不符，其余已更新。",
            f"{count} objects do not fit this version; the rest is up to date.",
        ),
        next_step=Text("请更新程序。", "Update the program."),
    )


def _fault(error: Exception) -> StaylineError:
    return StaylineError(
        title=Text("同步出错", "The sync failed"),
        message=Text(
            f"程序内部错误（{type(error).__name__}）。已保存的都在。",
            f"An internal error ({type(error).__name__}). All saved is safe.",
        ),
        next_step=Text(
            "会自动重试；反复出现请联系管理员。", "It is tried again; if it persists ask the administrator."
        ),
    )
