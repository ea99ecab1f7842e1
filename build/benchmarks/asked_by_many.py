"""Many connections that ask one server the same thing, each again as soon as it is answered. Imports nothing of ours.

As little work as can be: who asks runs on the machine of the server that is measured.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple

PATIENCE_S = 120


class Asked(NamedTuple):
    seconds: float
    bodies: list[list[bytes]]
    """by connection"""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return sum(map(len, self.bodies)) / self.seconds


class NotAnswered(Exception):
    """A connection was refused, ended or answered otherwise than with 200."""


def ask(port: int, path: str, tokens: Sequence[str], *, each: int) -> Asked:
    """`each` requests on a connection for each token, all open before the clock starts."""
    return asyncio.run(_ask(port, path, tokens, each))


async def _ask(port: int, path: str, tokens: Sequence[str], each: int) -> Asked:
    loop = asyncio.get_running_loop()
    made = [_Connection(_request(path, token), each, loop.create_future()) for token in tokens]
    for one in made:
        await loop.create_connection(lambda one=one: one, "127.0.0.1", port)  # type: ignore[misc]
    begin = time.perf_counter()
    for one in made:
        one.send()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*(one.done for one in made))
        return Asked(time.perf_counter() - begin, [one.bodies for one in made])
    finally:
        for one in made:
            one.close()


def _request(path: str, token: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Length: 0\r\n\r\n"
    return head.encode()


class _Connection(asyncio.Protocol):
    def __init__(self, request: bytes, each: int, done: "asyncio.Future[None]") -> None:
        self._request, self._each, self.done = request, each, done
        self._transport: asyncio.Transport | None = None
        self._read = b""
        self.bodies: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self) -> None:
        assert self._transport is not None
        self._transport.write(self._request)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        self._fail("the connection ended")

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, _, body = self._read.partition(b"\r\n\r\n")
        if not _:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(body) < length:
            return
        self._read = b""
        if b" 200 " not in head[:15]:
            self._fail(body[:300].decode("utf-8", "replace"))
            return
        self.bodies.append(body)
        if len(self.bodies) < self._each:
            self.send()
        elif not self.done.done():
            self.done.set_result(None)

    def _fail(self, why: str) -> None:
        if not self.done.done():
            self.done.set_exception(NotAnswered(why))
