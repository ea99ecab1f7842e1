"""The book over HTTP, on this machine alone."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import msgspec

from core.demo.crm.book import Book
from core.wire.crm import Ask, OrderOut

_MOST_BYTES = 65_536
_QUIET_S = 10.0
Answer = tuple[int, bytes]


class _Listening(ThreadingHTTPServer):
    daemon_threads = True


def listening(book: Book, port: int) -> ThreadingHTTPServer:
    """A server that is bound; `serve_forever` runs it, `shutdown` from another thread ends it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = _QUIET_S

        def do_GET(self) -> None:
            self._answer(lambda what, one: _looked(book, what, one))

        def do_PUT(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            if not 0 < size <= _MOST_BYTES:
                self._say(413, b"")
                return
            body = self.rfile.read(size)
            self._answer(lambda what, one: _put(book, what, one, body))

        def _answer(self, find: Callable[[str, UUID], Answer]) -> None:
            parts = self.path.strip("/").split("/")
            try:
                self._say(*find(parts[0], UUID(parts[1])))
            except (ValueError, IndexError, msgspec.MsgspecError):
                self._say(400, b"")

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Paths hold ids, and nobody reads them."""

    return _Listening(("127.0.0.1", port), Handler)


def announce(port: int) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{port}", "pid": os.getpid()}) + "\n")
    with suppress(BrokenPipeError):
        sys.stdout.flush()


def _looked(book: Book, what: str, one: UUID) -> Answer:
    found: msgspec.Struct | None = None
    if what == "orders":
        found = book.look(one)
    elif what == "confirmations":
        found = book.replied(one)
    return (200, msgspec.json.encode(found)) if found is not None else (404, b"")


def _put(book: Book, what: str, one: UUID, body: bytes) -> Answer:
    if what == "orders":
        order = msgspec.json.decode(body, type=OrderOut)
        return (200, msgspec.json.encode(book.place(order))) if order.id == one else (400, b"")
    if what == "confirmations":
        return 200, msgspec.json.encode(book.ask(one, msgspec.json.decode(body, type=Ask)))
    return 404, b""
