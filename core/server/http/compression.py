"""zstd, both ways: requests may be compressed, responses are where the client says that it reads zstd."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import zstandard

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LEVEL = 3
MAX_COMPRESSED = 8_000_000
MAX_PLAIN = 32_000_000
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
            plain = await _plain_body(receive)
            if plain is None:
                await _refuse(send)
                return
            scope["headers"] = [
                (name, str(len(plain)).encode() if name.lower() == b"content-length" else value)
                for name, value in scope["headers"]
                if name.lower() != b"content-encoding"
            ]
            receive = _replay(plain, receive)
        answer = _Compressed(send) if _accepts(headers.get(b"accept-encoding", b"")) else None
        await self._app(scope, receive, answer.send if answer else send)


def _accepts(header: bytes) -> bool:
    for part in header.split(b","):
        name, _, weight = part.strip().partition(b";")
        if name.strip().lower() == b"zstd":
            return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


async def _plain_body(receive: Receive) -> bytes | None:
    """The request's body; None where it is no zstd or larger than allowed, plain or packed."""
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_COMPRESSED:
            return None
        more = message.get("more_body", False)
    return await asyncio.to_thread(_unpack, b"".join(parts))


def _unpack(packed: bytes) -> bytes | None:
    """Reads at most the allowed size, whatever the frame's header promises."""
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 24).stream_reader(packed) as reader:
            plain = reader.read(MAX_PLAIN + 1)
    except zstandard.ZstdError:
        return None
    return plain if len(plain) <= MAX_PLAIN else None


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _refuse(send: Send) -> None:
    from core.server.http.problems import problem

    answer = problem(400)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer.content)).encode())]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": answer.content})


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
