"""JSON over HTTP to one other system, with an end to every wait: a system that hangs costs seconds, not the worker."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.outside.down import PortDown, PortRefused

DEADLINE_S = 10.0
"""for a whole exchange, connecting and reading included"""
_LOOK_AGAIN_S = 0.1
"""past the deadline, for a socket that there was not yet"""
MOST_BYTES = 65_536
_REFUSED = frozenset({400, 409, 410, 413, 415, 422})
"""said of what was sent, not of how the other side is"""
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class Peer:
    """A system at an address; its token, where there is one, is sent to no other address: redirects are not followed.

    Raises InputError where the address is none, or would send customers' data in clear over a network.
    """

    def __init__(self, address: str, *, token: str = "", deadline_s: float = DEADLINE_S) -> None:
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError as error:
            raise _no_address(address) from error
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise _no_address(address)
        if parts.scheme == "http" and parts.hostname not in _HERE:
            raise _in_clear(parts.hostname)
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, port
        self._base, self._token, self._deadline_s = parts.path.rstrip("/"), token, deadline_s

    def put(self, path: str, body: bytes, *, key: str) -> bytes:
        """The answer to a PUT; raises PortRefused where this one is not taken, PortDown on anything else but 2xx."""
        status, answer = self._exchange("PUT", path, body, {"Idempotency-Key": key})
        _refuse_but_2xx(status)
        return answer

    def get(self, path: str) -> bytes | None:
        """None where there is no such thing; raises PortDown on any other answer that is not 2xx."""
        status, answer = self._exchange("GET", path, None, {})
        if status == 404:
            return None
        _refuse_but_2xx(status)
        return answer

    def ask(self, path: str, body: bytes) -> bytes | None:
        """The answer to a POST that changes nothing: what is asked about may stand in no path. As `get` otherwise;
        raises PortRefused where this one is not taken."""
        status, answer = self._exchange("POST", path, body, {})
        if status == 404:
            return None
        _refuse_but_2xx(status)
        return answer

    def delete(self, path: str) -> bool:
        """False where there is no such thing; raises PortDown on any other answer that is not 2xx."""
        status, _ = self._exchange("DELETE", path, None, {})
        if status != 404:
            _refuse_but_2xx(status)
        return status != 404

    def _exchange(self, method: str, path: str, body: bytes | None, extra: dict[str, str]) -> tuple[int, bytes]:
        headers = {"Accept": "application/json", "Connection": "close", **extra}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = kind(self._host, self._port, timeout=self._deadline_s)
        try:
            with ended_after(connection, self._deadline_s):
                connection.request(method, self._base + path, body=body, headers=headers)
                answer = connection.getresponse()
                content = answer.read(MOST_BYTES + 1)
        except (OSError, HTTPException, ValueError) as error:
            raise PortDown(type(error).__name__) from error
        finally:
            connection.close()
        if len(content) > MOST_BYTES:
            raise PortDown("too long an answer")
        return answer.status, content


def _refuse_but_2xx(status: int) -> None:
    if status in _REFUSED:
        raise PortRefused(f"status {status}")
    if not 200 <= status < 300:
        raise PortDown(f"status {status}")


@contextmanager
def ended_after(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """A timeout of the socket begins anew with each byte: this one does not, and ends one that connects too late."""
    done = threading.Event()

    def end() -> None:
        pause_s = seconds
        while not done.wait(pause_s):
            pause_s = _LOOK_AGAIN_S
            sock = connection.sock
            if sock is not None:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Thread(target=end, name="deadline", daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()


def _no_address(address: str) -> InputError:
    return InputError(
        title=Text("地址不可用", "The address cannot be used"),
        message=Text(f"{address} 不是系统地址。", f"{address} is no address of a system."),
        next_step=Text("请写成 https://主机/路径。", "Write it as https://host/path."),
    )


def _in_clear(host: str) -> InputError:
    return InputError(
        title=Text("地址没有加密", "The address is not encrypted"),
        message=Text(f"订单和号码不能明文发到 {host}。", f"Orders and numbers may not go to {host} unencrypted."),
        next_step=Text("请用 https，或在本机上设转发。", "Use https, or a forwarder on this machine."),
    )
