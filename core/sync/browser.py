"""A person's browser while they sign in at their organisation's provider: sent out, waited for, given up.

The provider sends the browser back to this machine, to a port that is open for this one sign-in (RFC 8252).
"""

import hmac
import queue
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from core.domain.errors import SignInRefused
from core.domain.text import Text
from core.wire.organisation import HOME

WAIT_S = 300.0
"""for who signs in at the provider with a second factor; then the port is closed"""
_HANDS_S = 5.0
"""for a browser that connects and says nothing"""
_LOOK_S = 0.05
_LONGEST_CODE = 4096
_HERE = "127.0.0.1"
_PAGE = (
    '<!doctype html><html lang="zh"><meta charset="utf-8"><title>Stayline</title>'
    '<body style="font:18px sans-serif;margin:20vh auto;max-width:26em;text-align:center"><p>{zh}<p>{en}</body></html>'
)
_CAME_HOME = Text("可以关闭此页，回到 Stayline。", "You can close this page and go back to Stayline.")
_NOT_IN = Text("登录未完成，请回到 Stayline 查看原因。", "Not signed in; Stayline says why.")


class Browser:
    """One sign-in. `show` opens an address in the system's browser, from whatever thread calls it."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._answers: queue.SimpleQueue[str | SignInRefused] = queue.SimpleQueue()

    def cancel(self) -> None:
        """By the person; from any thread."""
        self._answers.put(_refused(Text("您取消了单位账号登录。", "You cancelled it."), _ONCE_MORE))

    def absent(self) -> None:
        """The system has opened none; from any thread."""
        self._answers.put(
            _refused(
                Text("系统没有能打开网页的浏览器。", "The system has opened no browser."),
                Text("请设置默认浏览器，或用工号和密码登录。", "Set a default browser, or use your password."),
            )
        )

    def code(self, page: Callable[[str, str], str], *, wait_s: float = WAIT_S) -> tuple[str, str]:
        """The provider's code, and where the browser came home with it; `page` makes the address of home and state.

        Raises SignInRefused: cancelled, not in time, denied by the provider, or an answer to another sign-in.
        """
        state = secrets.token_urlsafe(24)
        with _home(state, self._answers.put) as home:
            self._show(page(home, state))
            try:
                answer = self._answers.get(timeout=wait_s)
            except queue.Empty:
                raise _refused(
                    Text("浏览器里没有及时完成登录。", "You did not finish in the browser in time."), _ONCE_MORE
                ) from None
        if isinstance(answer, SignInRefused):
            raise answer
        return answer, home


_ONCE_MORE = Text("可以再试一次，或用工号和密码登录。", "Try again, or use staff number and password.")
_Answer = Callable[[str | SignInRefused], None]


class _Port(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = False
    """on Windows another program could take the same port else"""

    def server_bind(self) -> None:
        """Without looking up what this machine is called, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HERE, self.socket.getsockname()[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up in the middle is no news: it comes again, or is given up."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@contextmanager
def _home(state: str, answer: _Answer) -> Iterator[str]:
    """A port of this machine alone, open until the block ends; hears one browser that comes home."""
    server = _Port((_HERE, 0), _handler(state, answer))
    listening = threading.Thread(target=server.serve_forever, args=(_LOOK_S,), name="browser-home", daemon=True)
    listening.start()
    try:
        yield f"http://{_HERE}:{server.server_port}{HOME}"
    finally:
        server.shutdown()
        server.server_close()
        listening.join()


def _handler(state: str, answer: _Answer) -> type[BaseHTTPRequestHandler]:
    class Home(BaseHTTPRequestHandler):
        timeout = _HANDS_S
        server_version, sys_version = "Stayline", ""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            port = self.connection.getsockname()[1]
            # Under another name it is a page of somebody else's that asks, not the provider's redirect.
            if parts.path != HOME or self.headers.get("Host") != f"{_HERE}:{port}":
                self._say(404, _NOT_IN)
                return
            found = _answer_in(parts.query, state)
            self._say(200, _CAME_HOME if isinstance(found, str) else _NOT_IN)
            answer(found)

        def _say(self, status: int, text: Text) -> None:
            body = _PAGE.format(zh=text.zh, en=text.en).encode()
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the address holds the code."""

    return Home


_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "Connection": "close",
}


def _answer_in(query: str, state: str) -> str | SignInRefused:
    """The code that the provider gave for this sign-in, or why there is none (RFC 6749 4.1.2)."""
    told = {name: values[0] for name, values in parse_qs(query).items() if len(values) == 1}
    if not hmac.compare_digest(told.get("state", "").encode(), state.encode()):
        return _refused(
            Text("收到的登录结果不属于这一次登录，没有采用。", "What came back belongs to another sign-in."),
            _ONCE_MORE,
        )
    code = told.get("code", "")
    if "error" in told or not 0 < len(code) <= _LONGEST_CODE:
        return _refused(
            Text("单位的身份认证系统没有同意登录。", "Your organisation's sign-in service did not agree."), _ONCE_MORE
        )
    return code


def _refused(message: Text, next_step: Text) -> SignInRefused:
    return SignInRefused(
        title=Text("单位账号登录未完成", "Not signed in with your organisation"), message=message, next_step=next_step
    )
