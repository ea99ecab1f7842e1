"""The requests that wait for a lead, and what becomes of them. No widgets; the server on the network's lane."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from core.domain.authority import WORDS_MOST, AuthorityCase, RequestState
from core.domain.errors import Refused
from core.domain.text import Text
from core.sync.authority import AuthorityLine
from core.sync.status import RequestNews
from core.wire.authority import AuthorityAnswer
from desktop.authority import words
from desktop.keys.following import Settle
from desktop.lane import Lane

SENTENCE_MOST = WORDS_MOST
ALL = "requests"
"""what the line about all that wait is about; one about a single request is about its id"""
_STATES = {
    Settle.GRANT: RequestState.GRANTED,
    Settle.LESS: RequestState.GRANTED_LESS,
    Settle.REFUSE: RequestState.REFUSED,
}


class RequestsPresenter:
    """Lives as long as the window, in sight or not: a request that comes is told wherever the lead works."""

    def __init__(
        self,
        line: AuthorityLine,
        *,
        lane: Lane,
        came: Callable[[AuthorityCase], None],
        wait: Callable[[int], None],
        over: Callable[[str], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._line, self._lane = line, lane
        self._came, self._wait, self._over, self._show_error = came, wait, over, show_error
        self.changed: Callable[[], None] = lambda: None
        """the page, once it stands"""
        self.settled: Callable[[Settle, AuthorityCase], None] = lambda _how, _case: None
        self.in_sight: Callable[[], bool] = lambda: False
        """whether the lead looks at the list"""
        self.read = False
        """the server has said which ones wait"""
        self._waiting: dict[UUID, AuthorityCase] = {}
        self._answering: set[UUID] = set()

    @property
    def cases(self) -> list[AuthorityCase]:
        """Those whose customer is on the line first, then by the callback that is waited for; the oldest first."""
        return sorted(self._waiting.values(), key=_turn)

    def take(self, news: RequestNews) -> None:
        fresh = [case for case in news.theirs if self._put(case)]
        self.read = True
        if news.begun and fresh:
            self._wait(len(fresh))
        elif fresh:
            self._came(fresh[-1])
        self.changed()

    def settle(self, case: AuthorityCase, how: Settle, fen: int | None, sentence: str) -> Text | None:
        """What the answer lacks; None where it is on its way. The request stays until the server has the answer."""
        sentence = sentence.strip()
        if how is Settle.REFUSE and not sentence:
            return words.SAY_WHY
        if how is Settle.LESS and (not fen or fen >= case.request.cost_fen):
            return words.SAY_HOW_MUCH
        request = case.request.id
        if request in self._answering:
            return None
        self._answering.add(request)
        given = AuthorityAnswer(state=_STATES[how], granted_fen=fen or 0 if how is Settle.LESS else 0, words=sentence)

        def done(_: AuthorityCase) -> None:
            self._answering.discard(request)
            self._drop(request)
            self.settled(how, case)
            self.changed()

        def failed(error: Exception) -> None:
            self._answering.discard(request)
            if isinstance(error, Refused) and error.code in _SETTLED:
                self._drop(request)
                self.changed()
            self._show_error(error)

        self._lane(lambda: self._line.answer(request, given), done, failed)
        return None

    def looked(self) -> None:
        """The lead looks at the list: what was said of it need not stand there any more."""
        self._over(ALL)
        for request in self._waiting:
            self._over(str(request))

    def _drop(self, request: UUID) -> None:
        """Nobody waits for an answer to it any more."""
        self._waiting.pop(request, None)
        self._over(str(request))
        if not self._waiting:
            self._over(ALL)

    def _put(self, case: AuthorityCase) -> bool:
        """Whether it is a request that was not there before."""
        if case.state is not RequestState.WAITING:
            self._drop(case.request.id)
            return False
        fresh = case.request.id not in self._waiting
        self._waiting[case.request.id] = case
        return fresh


def _turn(case: AuthorityCase) -> tuple[bool, datetime, str]:
    call_at = case.request.call_at
    return call_at is not None, call_at or case.received_at, str(case.request.id)


_SETTLED = frozenset({"answered_before", "withdrawn", "expired", "waiting", "not_found"})
"""codes of refusals after which nobody waits for this answer any more"""
