"""Whether the reason for a call still holds (ID-11): asked of the server as a task comes into view and before it is
dialled. Nobody waits for the answer for longer than a second, and a task whose reason is gone makes way by itself."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from core.desk.call_session import CallSession
from core.domain.clock import CHINA
from core.domain.money import yuan_short
from core.domain.recheck import STATUS_WORDS, LineStatus
from core.domain.text import Text, filled
from core.wire.recheck import DEADLINE_S, RecheckTold
from desktop.lane import Lane

FRESH_S = 20.0
"""an answer so young is not asked for again by the dial that follows it"""
CHECKED = Text("{at} 核对：{what}", "checked {at}: {what}")
NOT_TOLD = Text("{at} 未能核对", "not checked at {at}")
OFFLINE = Text("未核对，资料截至 {at}", "not checked; as of {at}")
BALANCE = Text("余额 ¥{balance}", "balance ¥{balance}")
ARREARS = Text("欠费 ¥{arrears}", "¥{arrears} in arrears")
SETTLED = Text("{words}任务已自动关闭，接着做下一位。", "{words} The task closed by itself; on to the next customer.")
SETTLED_IN_CALL = Text(
    "{words}任务已关闭；这通电话照常说完、保存，记录会保留。",
    "{words} The task is closed; finish this call and save, the record will be kept.",
)
_BETWEEN = Text(" · ", " · ")


class Server(Struct, frozen=True):
    """What of the desk's connection is asked."""

    ask: Callable[[str, str], RecheckTold]
    """of a task's id and a number; for the network's lane"""
    online: Callable[[], bool]
    since: Callable[[], datetime]
    """since when it is, or is not"""


class Rechecking:
    """`show` is told that `line` is another; `settled` that the session's task is closed, and in which words."""

    def __init__(
        self, server: Server, *, lane: Lane, after: Callable[[float, Callable[[], None]], None],
        now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        """`after` runs something on this thread once so many seconds are over."""
        self._server, self._lane, self._after, self._now = server, lane, after, now
        self._show: Callable[[], None] = lambda: None
        self._settled: Callable[[CallSession, Text], None] = lambda _session, _words: None
        self._key, self._number = "", ""
        self._checked_at: datetime | None = None
        self.line: Text | None = None
        """what is known of the customer in view as of now; None where nothing is asked"""

    def follow(self, *, show: Callable[[], None], settled: Callable[[CallSession, Text], None]) -> None:
        self._show, self._settled = show, settled

    def opened(self, session: CallSession | None, number: str) -> None:
        """Somebody came into view: a task is looked at again."""
        if session is not None and session.opened.key == self._key:
            return
        self._key, self._number = (session.opened.key if session else ""), number
        self._checked_at, self.line = None, None
        if session is not None:
            self._ask(session, number, lambda: None)

    def before_dial(self, session: CallSession, number: str, go: Callable[[], None]) -> None:
        """Calls `go` at once where it was asked a moment ago, else with the answer, or after a second without one;
        never where the task was settled by it."""
        fresh = self._checked_at is not None and (self._now() - self._checked_at).total_seconds() < FRESH_S
        if self._key == session.opened.key and fresh and number == self._number:
            go()
            return
        self._number = number
        self._ask(session, number, go)

    def _ask(self, session: CallSession, number: str, go: Callable[[], None]) -> None:
        task = session.opened.task
        if task is None:
            go()
            return
        if not self._server.online():
            self._tell(filled(OFFLINE, at=_clock(self._server.since())))
            go()
            return
        once = _Once(go)

        def told(answer: RecheckTold) -> None:
            if self._key == session.opened.key:
                self._take(session, answer, once)
            once.run()

        def silent(_: Exception) -> None:
            # The server says itself that it is away; the call need not know more than that nothing was checked.
            if self._key == session.opened.key and self._checked_at is None:
                self._tell(filled(NOT_TOLD, at=_clock(self._now())))
            once.run()

        self._after(DEADLINE_S, once.run)
        self._lane(lambda: self._server.ask(task.id, number), told, silent)

    def _take(self, session: CallSession, answer: RecheckTold, once: "_Once") -> None:
        self._checked_at = self._now()
        if answer.settled and answer.words is not None:
            # What is dialled already is a call: it goes on, and its task is closed.
            once.drop()
            self._settled(session, answer.words)
            return
        self._tell(said(answer))

    def _tell(self, line: Text) -> None:
        self.line = line
        self._show()


class _Once:
    """Runs what it was given at most once."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act: Callable[[], None] | None = act

    def run(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()

    def drop(self) -> None:
        self._act = None


def said(answer: RecheckTold) -> Text:
    """What was found and when, in one line."""
    standing = answer.standing
    if standing is None:
        return filled(NOT_TOLD, at=_clock(answer.at))
    parts = []
    if standing.arrears_fen:
        parts.append(filled(ARREARS, arrears=yuan_short(standing.arrears_fen)))
    elif standing.balance_fen is not None:
        parts.append(filled(BALANCE, balance=yuan_short(standing.balance_fen)))
    if standing.status is not LineStatus.UNKNOWN:
        parts.append(STATUS_WORDS[standing.status])
    what = Text(_BETWEEN.zh.join(one.zh for one in parts), _BETWEEN.en.join(one.en for one in parts))
    return filled(CHECKED, at=_clock(standing.as_of), what=what)


def _clock(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%H:%M}"
