"""Hearing of news: a round at once, seldom asked for meanwhile, and as before where no event gets through."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from queue import SimpleQueue
from typing import cast

import pytest
import requests
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from news_kept import News
from rough_server import Asked, SmallStayline, problem
from store_kit import saved

from core.domain.clock import utc_now
from core.domain.errors import ServerUnreachable
from core.store.store import Store
from core.sync import events
from core.sync.event_stream import Event, EventStream
from core.sync.status import SyncState
from core.sync.syncer import Syncer
from core.sync.transport import Transport

READY = b'event: ready\r\ndata: {"ping_s":20}\r\n\r\n'
PING = b": \r\n\r\n"
PULL = b'id: m.0.7\r\nevent: pull\r\ndata: {"shared":false}\r\n\r\n'
WITHIN_S = 10


@pytest.fixture(autouse=True)
def waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here has to come one after the other."""
    monkeypatch.setattr(events, "SPREAD_S", 0.01)


class Raw:
    """An answer's bytes as they come over the wire."""

    def __init__(self, *pieces: bytes) -> None:
        self._left = list(pieces)
        self.raw = self

    def read1(self, _most: int, decode_content: bool) -> bytes:
        assert not decode_content
        if not self._left:
            return b""
        piece = self._left.pop(0)
        if piece == b"cut":
            raise ConnectionResetError
        return piece

    def close(self) -> None:
        self._left.clear()


def read(*pieces: bytes) -> list[Event]:
    return list(EventStream(cast(requests.Response, Raw(*pieces))))


# How quickly cuts are drawn says how busy the machine is.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, len(READY + PING + PULL)), max_size=6))
def test_events_are_the_same_wherever_the_wire_cuts_them(cuts: list[int]) -> None:
    whole = READY + PING + PULL
    edges = [0, *sorted(cuts), len(whole)]
    pieces = [whole[a:b] for a, b in pairwise(edges) if a < b]
    assert read(*pieces) == [Event("ready", "", b'{"ping_s":20}'), Event("pull", "m.0.7", b'{"shared":false}')]


@pytest.mark.parametrize("end", [b"cut", b"data: \xff\xfe\r\n\r\n"])
def test_a_stream_that_breaks_is_a_server_that_cannot_be_reached(end: bytes) -> None:
    with pytest.raises(ServerUnreachable):
        read(READY, end)


class Telling:
    """A small Stayline with a stream of events beside it, which says what a test says."""

    def __init__(self) -> None:
        self.small = SmallStayline()
        self.has_events = True
        self.streams: list[str] = []
        """the place that each began after"""
        self.open, self.most_open = 0, 0
        self._to_say: SimpleQueue[bytes] = SimpleQueue()

    def say(self, *pieces: bytes) -> None:
        """On the stream that is open, or the next; empty: it ends."""
        for piece in pieces:
            self._to_say.put(piece)

    @property
    def pulls(self) -> int:
        return sum(asked.path.startswith("/v1/pull") for asked in self.small.asked)

    def stream(self, after: str, handler: BaseHTTPRequestHandler) -> None:
        self.streams.append(after)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream; charset=utf-8")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while piece := self._to_say.get():
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        self.open -= 1
        handler.wfile.write(b"0\r\n\r\n")


@pytest.fixture
def telling() -> Telling:
    return Telling()


@pytest.fixture
def small(telling: Telling) -> SmallStayline:
    return telling.small


@pytest.fixture
def url(telling: Telling) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            if self.path.startswith("/v1/events") and telling.has_events:
                telling.stream(self.headers.get("Last-Event-ID", ""), self)
                return
            if self.path.startswith("/v1/events"):
                telling.streams.append("")
                status, headers, content = problem(404, "not_found")
            else:
                packed = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=1 << 20) if packed else b""
                status, headers, content = telling.small(Asked(self.command, self.path, body, dict(self.headers)))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _handle

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    telling.say(b"", b"", b"")
    server.shutdown()
    server.server_close()
    thread.join()


def wait_until(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not seen():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


@pytest.fixture
def often(signed_in: Store, url: str, news: News) -> Iterator[Syncer]:
    """Asks all the time where nothing is told."""
    made = Syncer(signed_in, Transport(url, read_s=3), news, poll_s=0.02)
    made.start()
    yield made
    made.stop()


def test_what_is_told_is_pulled_at_once(syncer: Syncer, telling: Telling, news: News) -> None:
    # This one asks every ten minutes.
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    telling.say(READY)
    wait_until(lambda: len(telling.streams) == 1)
    assert telling.streams == ["0"], "from where the store is"
    pulls = telling.pulls
    telling.say(PING, PULL)
    wait_until(lambda: telling.pulls > pulls)


def test_what_the_desk_has_already_is_not_pulled_again(syncer: Syncer, telling: Telling, news: News) -> None:
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    telling.say(READY, PULL.replace(b"m.0.7", b"0"), PING)
    wait_until(lambda: syncer.hears)
    threading.Event().wait(0.1)
    assert telling.pulls == 1


def test_a_desk_that_hears_asks_no_more_and_one_that_lost_the_stream_asks_again(
    often: Syncer, telling: Telling, signed_in: Store
) -> None:
    wait_until(lambda: telling.pulls > 3)
    telling.say(READY)
    wait_until(lambda: often.hears)
    wait_until(lambda: telling.open == 1)
    threading.Event().wait(0.1)
    quiet = telling.pulls
    threading.Event().wait(0.2)
    assert telling.pulls == quiet

    signed_in.save(saved(None))
    wait_until(lambda: len(telling.small.taken) == 1)
    telling.say(b"")
    wait_until(lambda: not often.hears)
    quiet = telling.pulls
    wait_until(lambda: telling.pulls > quiet + 3)
    telling.say(READY)
    wait_until(lambda: often.hears)
    assert telling.most_open == 1, "never two at once"


def test_a_desk_whose_clock_was_set_or_that_slept_asks_for_the_time_at_once(
    signed_in: Store, url: str, news: News, telling: Telling
) -> None:
    # Reliability R13
    ahead = timedelta()
    syncer = Syncer(signed_in, Transport(url, read_s=3), news, poll_s=0.02, clock=lambda: utc_now() + ahead)
    syncer.start()
    try:
        telling.say(READY)
        wait_until(lambda: syncer.hears)
        threading.Event().wait(0.1)
        quiet = telling.pulls
        ahead = timedelta(hours=1)
        wait_until(lambda: telling.pulls == quiet + 1)
    finally:
        syncer.stop()


def test_where_something_keeps_the_events_back_the_desk_asks_as_ever(often: Syncer, telling: Telling) -> None:
    wait_until(lambda: telling.open == 1)
    asked = telling.pulls
    wait_until(lambda: telling.pulls > asked + 5)
    assert not often.hears
    assert telling.streams == ["0"], "it waits for the first event, and opens no second connection"


def test_an_older_server_is_not_asked_for_events_again(often: Syncer, telling: Telling) -> None:
    telling.has_events = False
    wait_until(lambda: telling.pulls > 10)
    assert len(telling.streams) <= 1


def test_a_desk_that_listens_ends_at_once(often: Syncer, telling: Telling) -> None:
    telling.say(READY)
    wait_until(lambda: often.hears)
    often.stop()
    assert not [thread for thread in threading.enumerate() if thread.name in ("events", "sync")]
