"""What strangers may make the server hold and unpack: nothing for long, and nothing large."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import zstandard
from uvicorn import Config
from uvicorn.server import ServerState

from core.server.http.compression import MAX_OF_STRANGERS, Message, Receive, Scope, Send, Zstd
from core.server.http.patience import PatientFor
from core.server.http.problems import Malformed

WAIT_S = 0.1
SLOW = (b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab")
BOMB = zstandard.compress(b" " * 30_000_000)
PACKED = [(b"content-encoding", b"zstd"), (b"content-length", str(len(BOMB)).encode())]


class Short(PatientFor):
    wait_s = WAIT_S


async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
    """Reads all, then answers late, as a stream of events does."""
    while (await receive()).get("more_body"):
        pass
    await asyncio.sleep(WAIT_S * 2)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    config = Config(echo, log_config=None, lifespan="off")
    config.load()
    server = await asyncio.get_running_loop().create_server(
        lambda: Short(config=config, server_state=ServerState(), app_state={}), "127.0.0.1", 0
    )
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        yield reader, writer
        writer.close()


@pytest.mark.parametrize("said", SLOW)
def test_a_connection_on_which_no_request_comes_is_ended(said: bytes) -> None:
    async def said_and_waited() -> bytes:
        async with connected() as (reader, writer):
            writer.write(said)
            try:
                return await asyncio.wait_for(reader.read(), 10)
            except ConnectionResetError:
                return b""

    assert asyncio.run(said_and_waited()) == b""


def test_a_request_that_is_there_may_be_answered_late() -> None:
    async def asked() -> bytes:
        async with connected() as (reader, writer):
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab")
            return await asyncio.wait_for(reader.read(), 10)

    assert asyncio.run(asked()).endswith(b"ok")


def told(app: Callable[[Scope, Receive, Send], Awaitable[None]], *, headers: list[tuple[bytes, bytes]]) -> int:
    """Bytes of the bomb that the server took from the line."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        taken += len(BOMB)
        return {"type": "http.request", "body": BOMB, "more_body": False}

    async def send(_message: Message) -> None:
        return None

    asyncio.run(Zstd(app)({"type": "http", "headers": headers}, receive, send))
    return taken


def test_of_who_is_refused_at_the_door_nothing_is_unpacked() -> None:
    async def refuses(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    assert told(refuses, headers=PACKED) == 0


def test_a_body_is_unpacked_no_further_than_it_is_read() -> None:
    pieces: list[int] = []

    async def reads_one(_scope: Scope, receive: Receive, _send: Send) -> None:
        message = await receive()
        pieces.append(len(message["body"]))
        assert message["more_body"]

    told(reads_one, headers=PACKED)
    assert pieces == [1_000_000]


def test_a_stranger_sends_no_large_packed_body() -> None:
    async def reads(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()

    async def large() -> Message:
        return {"type": "http.request", "body": b"\0" * (MAX_OF_STRANGERS + 1), "more_body": True}

    async def send(_message: Message) -> None:
        return None

    with pytest.raises(Malformed):
        asyncio.run(Zstd(reads)({"type": "http", "headers": PACKED}, large, send))
