"""The server's events as values, read as they come."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from core.sync import refusals
from core.wire.events import PING_S

if TYPE_CHECKING:
    import requests

SILENT_S = PING_S * 2.25
"""without a sign of life for so long, the stream is dead or something on the way keeps it back"""
_AT_ONCE = 65_536
_MOST = 4_000_000
"""bytes of one stream: a quarter of an hour of events and signs of life is far below"""


class Event(Struct, frozen=True):
    what: str
    """a wire.events.What, or one of a later server"""
    place: str
    """where a pull would come to; empty where the event has none"""
    data: bytes


class EventStream:
    """The events of one answer. Iterating raises ServerUnreachable once it breaks, and ends as the server ends it."""

    def __init__(self, response: "requests.Response") -> None:
        self._response = response
        self._ended = False

    def __enter__(self) -> "EventStream":
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    def end(self) -> None:
        """From any thread: whoever reads finds the end at once."""
        self._ended = True
        # It may have ended by itself, or not have begun.
        with suppress(OSError, ValueError, RuntimeError):
            self._response.raw.shutdown()

    def __iter__(self) -> Iterator[Event]:
        import requests
        import sseclient
        from urllib3.exceptions import HTTPError

        try:
            for event in sseclient.SSEClient(self._pieces()).events():
                yield Event(event.event, event.id or "", event.data.encode())
        except (HTTPError, OSError, UnicodeDecodeError) as error:
            if not self._ended:
                raise refusals.unreachable(requests.ConnectionError()) from error

    def _pieces(self) -> Iterator[bytes]:
        left = _MOST
        while left > 0 and not self._ended:
            # As much as is there: whole amounts would be waited for.
            piece = self._response.raw.read1(_AT_ONCE, decode_content=False)
            if not piece:
                return
            left -= len(piece)
            yield piece
