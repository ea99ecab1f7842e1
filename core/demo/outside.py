"""What the demo's outside systems share: HTTP on this machine alone, and the line that says where they listen."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec

_MOST_BYTES = 65_536
_QUIET_S = 10.0
Answer = tuple[int, bytes]
NOTHING: Answer = (404, b"")


class _Listening(ThreadingHTTPServer):
    daemon_threads = True


def listening(
    get: Callable[[str], Answer],
    put: Callable[[str, bytes], Answer],
    *,
    port: int,
    delete: Callable[[str], Answer] = lambda _: NOTHING,
    post: Callable[[str, bytes], Answer] = lambda *_: NOTHING,
) -> ThreadingHTTPServer:
    """A server that is bound; `serve_forever` runs it, `shutdown` from another thread ends it.

    The functions take the path without its first slash; what they cannot read is answered with 400."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = _QUIET_S

        def do_GET(self) -> None:
            self._answer(lambda: get(self.path.strip("/")))

        def do_DELETE(self) -> None:
            self._answer(lambda: delete(self.path.strip("/")))

        def do_PUT(self) -> None:
            self._take(put)

        def do_POST(self) -> None:
            self._take(post)

        def _take(self, give: Callable[[str, bytes], Answer]) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            if not 0 < size <= _MOST_BYTES:
                self._say(413, b"")
                return
            body = self.rfile.read(size)
            self._answer(lambda: give(self.path.strip("/"), body))

        def _answer(self, find: Callable[[], Answer]) -> None:
            try:
                self._say(*find())
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
