"""The stream of events: a desk that listens costs a connection, and no question to the database of its own."""

import time
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, Parameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from core.server.access.caller import Caller
from core.server.db.feed import Position
from core.server.http.guards import signed_in
from core.server.http.openapi import PROBLEMS, SIGNED_IN
from core.server.http.services import Services
from core.server.news.heads import Heads
from core.server.sync.cursor import BadCursor, read, written
from core.wire.events import LONGEST_OPEN_S, PING_S, Moved, Ready, What

EVENTS = "/v1/events"
_FIRST_LOOK_S = 5.0
"""the first look takes milliseconds; a database that does not answer must not keep the stream from standing"""


def event_routes(services: Services) -> list[HTTPRouteHandler]:
    @get(
        EVENTS,
        operation_id="events",
        media_type="text/event-stream",
        responses=PROBLEMS,
        guards=[signed_in(services)],
        security=SIGNED_IN,
    )
    async def events(
        request: Request[Any, Any, Any],
        last_event_id: Annotated[str, HeaderParameter(name="Last-Event-ID", max_length=100, required=False)] = "",
        open_s: Annotated[int, Parameter(ge=0, le=LONGEST_OPEN_S)] = LONGEST_OPEN_S,
    ) -> ServerSentEvent:
        """Says when there is something to pull, for `open_s` seconds at most; 0 for what there is now.

        One stream for each session: a newer one ends the older. It ends with the session, too."""
        # A proxy that packs what passes would keep the news until there is enough of them.
        unpacked = {"Cache-Control": "no-cache, no-transform"}
        return ServerSentEvent(told(services, request.user, last_event_id, open_s), headers=unpacked)

    return [events]


async def told(services: Services, caller: Caller, after: str, open_s: int) -> AsyncIterator[ServerSentEventMessage]:
    """Begins to follow before it says anything, so that nothing is missed in between."""
    until = time.monotonic() + open_s
    teller = _Teller(caller.session_id, after)
    with (
        # It hears of no topic, only of the server's end.
        services.bell.listening(frozenset()) as listener,
        services.watch.following(caller, listener) as follower,
    ):
        yield _message(What.READY, Ready(ping_s=PING_S))
        await listener.heard(_FIRST_LOOK_S)
        while not (follower.over or services.bell.silent):
            if follower.heads is not None:
                for message in teller.news(follower.heads):
                    yield message
            left_s = until - time.monotonic()
            if left_s <= 0:
                return
            if not await listener.heard(min(PING_S, left_s)):
                yield ServerSentEventMessage(data=None, comment="")


class _Teller:
    """What one desk was told, and what it has not been told yet."""

    def __init__(self, session_id: str, after: str) -> None:
        self._session_id, self._after = session_id, after
        self._before: Heads | None = None

    def news(self, heads: Heads) -> Iterator[ServerSentEventMessage]:
        before, self._before = self._before, heads
        place = heads.of(self._session_id)
        known = self._known(before, heads.mark)
        if known is None or place > known:
            moved = Moved(shared=known is not None and heads.own[self._session_id] <= known)
            yield _message(What.PULL, moved, place=written(heads.mark, place))
        if before is not None and before.site != heads.site:
            yield _message(What.SITE, Moved(shared=True))

    def _known(self, before: Heads | None, mark: str) -> Position | None:
        """Up to where the desk has been told; None where nothing says so."""
        if before is not None:
            return before.of(self._session_id) if before.mark == mark else None
        try:
            return read(self._after, mark).position if self._after else None
        except BadCursor:
            return None


def _message(what: What, data: Ready | Moved, *, place: str | None = None) -> ServerSentEventMessage:
    return ServerSentEventMessage(data=msgspec.json.encode(data), event=what.value, id=place)
