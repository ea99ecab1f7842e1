"""A server in a thread that answers as a test says: refusing, lagging, garbled, or a small Stayline of its own."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import zstandard
from store_kit import NOW

from core.domain.clock import Clock
from core.domain.people import Agent, Role
from core.wire.pull import Change, PullPage
from core.wire.push import Answer, Answers, Verdict
from core.wire.session import Hello, Problem, Session, Site

Answering = tuple[int, dict[str, str], bytes]
ANNA = Agent(staff_number="1001", name="周敏", role=Role.OUTBOUND_REPRESENTATIVE, team="T1", team_name="一班")
SITE = Site(name_zh="测试", name_en="Test", official_hotline="10000")


@dataclass
class Asked:
    method: str
    path: str
    body: bytes
    headers: dict[str, str]


def problem(status: int, code: str, **headers: str) -> Answering:
    body = Problem(
        code=code, title_zh="不行", title_en="No", detail_zh="细节", detail_en="Detail", next_zh="再试", next_en="Again"
    )
    return status, headers, msgspec.json.encode(body)


@dataclass
class SmallStayline:
    """Takes and hands out like the real one, and can be told to misbehave."""

    changes: list[Change] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    access: str = "access-1"
    refresh: str = "refresh-1"
    site: Site = SITE
    tells_site: bool = True
    """with each pull; an older server tells of it at a renewal of the token alone"""
    asked: list[Asked] = field(default_factory=list)
    first: Callable[[Asked], Answering | None] = lambda _asked: None
    """asked before anything else; None lets the server answer"""
    page: int = 100
    clock: Clock = field(default=lambda: NOW)
    """what it says the time is: that of the day for desks that go by the machine's own clock"""

    def __call__(self, asked: Asked) -> Answering:
        if asked.path.startswith("/v1/events"):
            # As an older one, which has no events: whoever listens here goes on asking.
            return problem(404, "not_found")
        self.asked.append(asked)
        answer = self.first(asked)
        if answer is not None:
            return answer
        path = asked.path.split("?")[0]
        if path == "/v1/hello":
            return self._ok(Hello(product="Stayline", version="0", api="v1", server_time=self.clock()))
        if path == "/v1/session":
            return self._ok(self.session())
        if path == "/v1/session/refresh":
            if msgspec.json.decode(asked.body)["refresh_token"] != self.refresh:
                return problem(401, "signed_out")
            return self._ok(self.session())
        if asked.headers.get("Authorization") != f"Bearer {self.access}":
            return problem(401, "signed_out")
        if path == "/v1/pull":
            return self._pull(asked)
        return self._push(asked)

    def session(self) -> Session:
        return Session(
            access_token=self.access,
            access_expires_in_s=900,
            refresh_token=self.refresh,
            agent=ANNA,
            site=self.site,
            server_time=self.clock(),
        )

    def _pull(self, asked: Asked) -> Answering:
        cursor = asked.path.split("cursor=")[1].split("&")[0]
        start = int(cursor or 0)
        end = min(start + self.page, len(self.changes))
        more = end < len(self.changes)
        site = self.site if self.tells_site and not more else None
        return self._ok(
            PullPage(changes=self.changes[start:end], cursor=str(end), more=more, server_time=self.clock(), site=site)
        )

    def _push(self, asked: Asked) -> Answering:
        answers = []
        for item in msgspec.json.decode(asked.body)["items"]:
            (key,) = {"outcome", "dial", "skip", "reveal", "number", "quiet"} & set(item)
            item_id = item[key]["id"]
            known = item_id in self.taken
            if not known:
                self.taken.append(item_id)
            answers.append(Answer(id=item_id, verdict=Verdict.DUPLICATE if known else Verdict.ACCEPTED))
        return self._ok(Answers(answers=tuple(answers), server_time=self.clock()))

    @staticmethod
    def _ok(value: object) -> Answering:
        return 200, {"Content-Encoding": "zstd"}, zstandard.ZstdCompressor().compress(msgspec.json.encode(value))


@contextmanager
def serving(answer: Callable[[Asked], Answering], *, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server that answers so; over TLS where a context is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Content-Encoding") == "zstd":
                body = zstandard.ZstdDecompressor().decompress(body, max_output_size=1 << 26)
            status, headers, content = answer(Asked(self.command, self.path, body, dict(self.headers)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            self.close_connection = "Content-Length" in headers

        do_GET = do_POST = do_PUT = do_DELETE = _handle

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
