"""zstd, both ways: requests may be compressed, responses are where the client says that it reads zstd."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import zstandard

from core.server.http.problems import Malformed

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LEVEL = 3
MAX_COMPRESSED = 8_000_000
MAX_PLAIN = 32_000_000
MAX_OF_STRANGERS = 64_000
"""of a request from whom nobody knows yet, such as a sign-in"""
_PIECE = 1_000_000
_WORTH_IT = 500
_OFF_LOOP = 100_000
"""from here on compressing takes milliseconds, which other requests should not wait for"""


class Zstd:
    """ASGI around the whole application."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        encoding = headers.get(b"content-encoding", b"").strip().lower()
        if encoding == b"zstd":
            packed = (b"content-encoding", b"content-length")
            scope["headers"] = [pair for pair in scope["headers"] if pair[0].lower() not in packed]
            known = b"authorization" in headers
            receive = _Unpacked(receive, MAX_COMPRESSED if known else MAX_OF_STRANGERS).receive
        answer = _Compressed(send) if _accepts(headers.get(b"accept-encoding", b"")) else None
        await self._app(scope, receive, answer.send if answer else send)


def _accepts(header: bytes) -> bool:
    for part in header.split(b","):
        name, _, weight = part.strip().partition(b";")
        if name.strip().lower() == b"zstd":
            return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


class _Unpacked:
    """A packed body, unpacked piece by piece as it is asked for: of who is refused at the door, or sends more than the
    route takes, nothing more is unpacked."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._reader: zstandard.ZstdDecompressionReader | None = None
        self._over = False

    async def receive(self) -> Message:
        """Raises Malformed where the body is no zstd, or is too large as it came."""
        if self._over:
            return await self._receive()
        if self._reader is None:
            self._reader = _reader_of(await self._packed())
        piece = await asyncio.to_thread(_read, self._reader)
        self._over = len(piece) < _PIECE
        return {"type": "http.request", "body": piece, "more_body": not self._over}

    async def _packed(self) -> bytes:
        parts: list[bytes] = []
        size = 0
        more = True
        while more:
            message = await self._receive()
            if message["type"] != "http.request":
                raise Malformed("the body did not come to its end")
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._most:
                raise Malformed("the packed body is too large")
            more = message.get("more_body", False)
        return b"".join(parts)


def _reader_of(packed: bytes) -> zstandard.ZstdDecompressionReader:
    return zstandard.ZstdDecompressor(max_window_size=1 << 24).stream_reader(packed)


def _read(reader: zstandard.ZstdDecompressionReader) -> bytes:
    """The next piece; a shorter one is the last."""
    parts, wanted = [], _PIECE
    while wanted:
        try:
            part = reader.read(wanted)
        except zstandard.ZstdError as error:
            raise Malformed("the body is no zstd") from error
        if not part:
            break
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


class _Compressed:
    """Holds the start of a response until its body says whether packing is worth it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        start, self._start = self._start, None
        if start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        body = message.get("body", b"")
        if len(body) >= _WORTH_IT and not message.get("more_body", False):
            body = await asyncio.to_thread(_pack, body) if len(body) >= _OFF_LOOP else _pack(body)
            kept = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
            start["headers"] = [
                *kept,
                (b"content-length", str(len(body)).encode()),
                (b"content-encoding", b"zstd"),
                (b"vary", b"accept-encoding"),
            ]
        await self._send(start)
        await self._send({**message, "body": body})


def _pack(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=LEVEL).compress(body)
