"""One round of the sync: everything that waits is pushed, then everything new is pulled."""

from collections.abc import Callable, Iterator

from core.domain.clock import Clock
from core.domain.errors import Refused
from core.store.store import Store
from core.store.types import Applied, OutboxItem
from core.sync.ahead import Ahead
from core.sync.refusals import TokenRefused
from core.sync.session import Credentials
from core.sync.transport import Transport
from core.wire.pull import BAD_CURSOR, PullPage
from core.wire.push import Answer, Answers, Verdict
from core.wire.session import Site

BATCH = 100
PAGE = 200
"""of some 20 KB each: decoding a page holds the interpreter for a few milliseconds, which a window must not feel"""


class Round:
    """Talks to the server through `credentials`; tells of each step as it is done. Stops between steps when asked."""

    def __init__(
        self, store: Store, transport: Transport, credentials: Credentials, clock: Clock, stopped: Callable[[], bool]
    ) -> None:
        self._store, self._transport, self._credentials = store, transport, credentials
        self._clock, self._stopped = clock, stopped
        self.site: Site | None = None
        """how the centre may call, where the last page of the pull told of it"""

    def push(self) -> Iterator[int]:
        """Uploads what waits; yields after each batch how many items were answered."""
        while not self._stopped():
            # Encoding and sending a batch can wait until the next customer is in sight.
            self._store.courtesy.let_pass()
            self._store.keep_states()
            items = self._store.pending(BATCH)
            if not items:
                return
            answered = self._push(items)
            yield answered
            if answered == 0:
                return

    def pull(self) -> Iterator[Applied]:
        """Takes what is new; yields after each page that brought something."""
        ahead = Ahead(self._fetched)
        try:
            page: PullPage | None = self._first_page()
            while page is not None and not self._stopped():
                if page.more:
                    ahead.ask(page.cursor)
                if page.changes or page.cursor != self._store.cursor() or self._store.waits_for_pages():
                    yield self._store.apply(page, now=self._clock())
                else:
                    self._store.note_server_time(page.server_time, self._clock())
                self.site = page.site
                page = ahead.answer() if page.more else None
        finally:
            ahead.close()

    def _first_page(self) -> PullPage:
        cursor = self._store.cursor()
        try:
            page = self._fetched(cursor)
        except Refused as error:
            if not cursor or error.code != BAD_CURSOR:
                raise
            # A server that was set up anew does not know the cursor: what it has is fetched again.
            self._send_again()
            self._store.clear_mirror()
            return self._fetched("")
        if page.anew:
            # Before the page is taken, whose cursor would not be told so again; and its tasks may be done already.
            self._send_again()
            page = self._fetched(cursor)
        return page

    def _send_again(self) -> None:
        """To a server that was brought back from a backup."""
        self._store.send_again(self._clock())
        for _ in self.push():
            pass

    def _fetched(self, cursor: str) -> PullPage:
        self._store.courtesy.let_pass()
        return self._credentials.call(lambda: self._transport.pull(cursor, PAGE))

    def _push(self, items: list[OutboxItem]) -> int:
        """A batch that is refused as a whole is halved until the item that poisons it stands alone."""
        bodies = [item.body for item in items]
        try:
            answers = self._credentials.call(lambda: self._transport.push(bodies))
        except TokenRefused:
            raise
        except Refused as error:
            if len(items) > 1:
                middle = len(items) // 2
                return self._push(items[:middle]) + self._push(items[middle:])
            answers = self._rejected(items[0], error)
        self._store.settle(answers)
        return len({answer.id for answer in answers.answers} & {item.id for item in items})

    def _rejected(self, item: OutboxItem, error: Refused) -> Answers:
        answer = Answer(
            id=item.id,
            verdict=Verdict.REJECTED,
            code=error.code,
            message_zh=error.message.zh or error.title.zh,
            message_en=error.message.en or error.title.en,
        )
        return Answers(answers=(answer,), server_time=self._store.server_time() or self._clock())
