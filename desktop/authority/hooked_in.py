"""Both sides of asking the team lead, put into the window: the agent's line, the lead's alerts and page."""

from collections.abc import Callable
from typing import Protocol

from core.desk.entering import Entered
from core.domain.authority import AuthorityCase
from core.domain.text import Text, filled
from core.sync.status import RequestNews
from desktop.authority import saying, words
from desktop.authority.ask_line import AskLine
from desktop.authority.ask_presenter import AskPresenter
from desktop.authority.requests_presenter import ALL, RequestsPresenter
from desktop.call.call_page import CallPage
from desktop.call.presenter import CallPresenter
from desktop.lane import Lane
from desktop.notify import Topic
from desktop.shell import words as shell_words
from desktop.shell.tray import Tray
from desktop.tongue import Tongue
from desktop.widgets.values import Tone


class Offer(Protocol):
    """A line in the window with one thing to do about it."""

    def __call__(
        self,
        text: Text,
        tone: Tone,
        action: Text,
        act: Callable[[], None],
        *,
        about: str = "",
        topic: Topic | None = None,
    ) -> None: ...


class Authority:
    """Lives as long as the main window."""

    def __init__(
        self,
        entered: Entered,
        call: CallPresenter,
        page: CallPage,
        tongue: Tongue,
        *,
        store_lane: Lane,
        network_lane: Lane,
        tray: Tray,
        offer: Offer,
        say: Callable[[Text, Tone], None],
        settled: Callable[[str], None],
        open_task: Callable[[str], None],
        open_page: Callable[[], None],
        online: Callable[[], bool],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._entered, self._tongue, self._tray = entered, tongue, tray
        self._offer, self._say, self._open_task, self._open_page = offer, say, open_task, open_page
        self.line = AskLine(tongue, online=online, leave=page.script.setFocus)
        self._asking = AskPresenter(
            entered.desk,
            call,
            lane=store_lane,
            changed=self.line.refresh,
            sent=self._sent,
            offer=self._answered,
            tell=self._told,
            show_error=show_error,
        )
        self.line.of(self._asking)
        self.requests = RequestsPresenter(
            entered.authority,
            lane=network_lane,
            came=self._came,
            wait=self._wait,
            over=settled,
            show_error=show_error,
        )
        page.add_strip(self.line)
        page.ask_wanted.connect(self.line.open)
        page.escaped.connect(self.line.put_away)
        # What was granted may have been accepted: the line need not say how to note that any more.
        page.view360.offer_noted.connect(self.line.refresh)

    def take(self, news: RequestNews) -> None:
        self._asking.take(news)
        if news.theirs or news.begun:
            self.requests.take(news)

    def customer_left(self) -> None:
        """Another customer, or none, is in view."""
        self.line.customer_left()

    def refresh(self) -> None:
        """The server went or came back."""
        self.line.refresh()
        self.requests.changed()

    def _sent(self) -> None:
        """The line to the lead goes first; the sync carries it where that cannot."""
        self._entered.authority.wake()
        self._entered.syncer.wake()

    def _answered(self, text: Text, tone: Tone, case: str) -> None:
        """An answer for a customer who is not in view any more."""
        self._offer(text, tone, shell_words.OPEN, lambda: self._open_task(case), about=case, topic=Topic.ANSWER)
        self._tray.tell(self._tongue(words.TITLE), self._tongue(text), lambda: self._open_task(case))

    def _told(self, text: Text, tone: Tone) -> None:
        """An answer for a case that is over: there is nothing to open any more."""
        self._say(text, tone)
        self._tray.tell(self._tongue(words.TITLE), self._tongue(text), lambda: None)

    def _came(self, case: AuthorityCase) -> None:
        """A request has come: a line wherever the lead works but at the list itself, and the tray."""
        text = saying.arrived(case)
        if not self.requests.in_sight():
            about = str(case.request.id)
            self._offer(text, Tone.WARN, words.LOOK, self._open_page, about=about, topic=Topic.REQUEST)
        self._tray.tell(self._tongue(shell_words.REQUEST_ALERT), self._tongue(text), self._open_page)

    def _wait(self, count: int) -> None:
        if not self.requests.in_sight():
            self._offer(filled(words.WAIT, n=str(count)), Tone.WARN, words.LOOK, self._open_page, about=ALL)
