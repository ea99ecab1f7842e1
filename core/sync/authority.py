"""The line between an agent and their team lead: asks at once, hears of an answer at once, waits without hammering.

A long poll, one connection for each desk that waits: the server holds no thread meanwhile and answers the moment that
something changed. Short intervals would ask a hundred times as often for the same promise of two seconds. An agent's
desk listens only while a request is open, a lead's always. What is asked lies in the outbox first; the sync's round
uploads it as everything else where this line cannot.
"""

import logging
import random
import threading
from collections.abc import Callable
from uuid import UUID

from core.domain.authority import AuthorityCase
from core.domain.clock import Clock, utc_now
from core.domain.errors import Refused, StaylineError, StoreError
from core.domain.people import Agent, Right
from core.store.store import Store
from core.sync.refusals import ServerBusy, TokenRefused
from core.sync.session import Credentials
from core.sync.status import RequestNews
from core.sync.transport import Transport
from core.wire.authority import AuthorityAnswer, AuthorityNews

WAIT_S = 10
"""a request that waits; so long may the thread outlast its end"""
LONGEST_PAUSE_S = 8.0
"""between two tries while the server is away"""
IDLE_S = 60.0
"""a look whether somebody signed in, where nobody woke the line"""
_JOIN_S = 0.2
_log = logging.getLogger(__name__)
Listener = Callable[[RequestNews], None]


class AuthorityLine:
    """Runs beside the sync until stopped; the listener is called on its thread."""

    def __init__(
        self,
        store: Store,
        transport: Transport,
        agent: Agent,
        listener: Listener,
        *,
        clock: Clock = utc_now,
        wait_s: int = WAIT_S,
    ) -> None:
        self._store, self._transport, self._agent, self._listener = store, transport, agent, listener
        self._credentials, self._wait_s = Credentials(store, transport, clock), wait_s
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="authority", daemon=True)
        self._cursor, self._failures = 0, 0
        self._looked, self._begun = False, False
        self._sending, self._listening = threading.Lock(), False
        self._sender: threading.Thread | None = None

    def start(self) -> None:
        self._begun = True
        self._thread.start()

    def server_is_there(self) -> None:
        """The sync met the server: begin, or try again at once after it was away."""
        if not self._begun:
            self.start()
        elif self._failures:
            self.wake()

    def wake(self) -> None:
        """Something was asked, or the server is back. While the line listens, what was asked goes beside it."""
        self._wake.set()
        if self._listening and not self._stop.is_set():
            self._sender = threading.Thread(target=self._send_beside, name="authority-send", daemon=True)
            self._sender.start()

    def stop(self) -> None:
        """A request that waits at the server may outlast this by `wait_s`, but tells and keeps nothing more."""
        self._stop.set()
        self._wake.set()
        for thread in (self._thread, self._sender):
            if thread is not None and thread.is_alive():
                thread.join(_JOIN_S)

    def answer(self, request: UUID, given: AuthorityAnswer) -> AuthorityCase:
        """A lead's answer, for a worker. Raises Refused (answered before: the message says by whom),
        ServerUnreachable: an answer is never kept for later, as the customer will not wait for it."""
        return self._credentials.call(lambda: self._transport.answer_authority(request, given))

    @property
    def rests(self) -> bool:
        """It has looked once, and asks the server nothing until it is woken."""
        return self._looked and not self._listens()

    def _listens(self) -> bool:
        return Right.ANSWER_AUTHORITY in self._agent.rights or self._store.awaits_answer()

    def _run(self) -> None:
        while not self._stop.is_set():
            pause_s = self._step()
            if pause_s > 0:
                self._wake.wait(pause_s)
            self._wake.clear()

    def _step(self) -> float:
        """One request to the server; seconds until the next, unless woken."""
        try:
            if not self._credentials.load():
                return IDLE_S
            if self.rests:
                return IDLE_S
            self._send()
            # The first look waits for nothing: what was answered while this desk was off is there already.
            wait_s = self._wait_s if self._looked else 0
            news = self._listen(wait_s)
        except TokenRefused:
            # The sync says that one is signed out.
            return IDLE_S
        except StaylineError as error:
            return self._failed(error)
        except Exception:
            # The thread must outlive a fault of ours; the sync's own rounds still upload what was asked.
            _log.exception("the line to the team lead failed")
            return LONGEST_PAUSE_S
        if not self._stop.is_set():
            self._take(news)
        return 0

    def _listen(self, wait_s: int) -> AuthorityNews:
        self._listening = True
        try:
            # What was asked since the last sending woke nobody: the line did not listen yet.
            if self._wake.is_set():
                self._send()
            return self._credentials.call(lambda: self._transport.authority_news(self._cursor, wait_s))
        finally:
            self._listening = False

    def _send(self) -> None:
        """What somebody waits for need not wait for a round of the sync, which may be in the middle of a long pull."""
        with self._sending:
            items = self._store.pending_requests()
            if items:
                self._store.settle(self._credentials.call(lambda: self._transport.push([item.body for item in items])))

    def _send_beside(self) -> None:
        """Where it fails, the sync's round uploads it."""
        try:
            self._send()
        except StaylineError as error:
            _log.info("a request was not sent at once: %s", type(error).__name__)
        except Exception:
            _log.exception("a request was not sent at once")

    def _take(self, news: AuthorityNews) -> None:
        me = self._agent.staff_number
        own = [case for case in news.cases if case.request.agent == me]
        theirs = [case for case in news.cases if case.request.agent != me]
        try:
            fresh = self._store.take_requests(own) if own else []
        except StoreError as error:
            # A store that was closed meanwhile; or a full disk: the same news comes again with the same cursor.
            _log.warning("an answer could not be kept: %s", type(error).__name__)
            self._wake.wait(LONGEST_PAUSE_S)
            return
        begun, self._looked, self._failures = not self._looked, True, 0
        self._cursor = news.cursor
        if fresh or theirs or begun:
            self._tell(RequestNews(own=tuple(fresh), theirs=tuple(theirs), at=news.server_time, begun=begun))

    def _failed(self, error: StaylineError) -> float:
        self._failures += 1
        if isinstance(error, ServerBusy) and error.retry_after_s is not None:
            return error.retry_after_s
        if isinstance(error, Refused):
            _log.warning("the line to the team lead was refused: %s", error.code)
        return min(2.0 ** min(self._failures - 1, 6), LONGEST_PAUSE_S) * random.uniform(0.5, 1.0)

    def _tell(self, news: RequestNews) -> None:
        try:
            self._listener(news)
        except Exception:
            # What a listener does wrong must not end the line.
            _log.exception("a listener failed")
