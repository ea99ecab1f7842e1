"""A TCP proxy between a desk and its server that loses what networks lose: a request, an answer, time.

It reads HTTP/1.1 just far enough to know where a message ends, so that a fault hits a whole request or a whole answer.
"""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from types import TracebackType

_HOLE_S = 0.6
_LAG_S = 0.15
_HEAD_LIMIT = 1 << 26
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"


class Fault(StrEnum):
    """What happens to one request."""

    NONE = "none"
    CUT_REQUEST = "cut request"
    """the server gets half of it"""
    CUT_REPLY = "cut reply"
    """the server did it, the desk never hears"""
    DUPLICATE = "duplicate"
    """the server gets it twice"""
    LAG = "lag"
    SLOW = "slow"
    """the answer trickles"""
    REFUSE = "refuse"
    BLACK_HOLE = "black hole"
    """nobody answers, until the desk gives up"""
    BUSY = "busy"
    """what is uploaded is answered with 503, all else goes through"""


CUTS = frozenset({Fault.CUT_REQUEST, Fault.CUT_REPLY, Fault.REFUSE, Fault.BLACK_HOLE})
ROUGH: Mapping[Fault, int] = {
    Fault.NONE: 46,
    Fault.CUT_REQUEST: 10,
    Fault.CUT_REPLY: 16,
    Fault.DUPLICATE: 10,
    Fault.LAG: 6,
    Fault.SLOW: 4,
    Fault.REFUSE: 6,
    Fault.BLACK_HOLE: 2,
}
"""weights; fewer black holes, since each takes a desk's whole deadline"""
CALM: Mapping[Fault, int] = {Fault.NONE: 1}


class CuttingProxy:
    """`with CuttingProxy(server_url, seed=1) as proxy:` listens at `proxy.url`; `proxy.faults` may change meanwhile."""

    def __init__(self, server_url: str, *, seed: int, faults: Mapping[Fault, int] = ROUGH) -> None:
        self._host, port = server_url.removeprefix("http://").rsplit(":", 1)
        self._port = int(port)
        self._random = random.Random(seed)
        self.faults = faults
        self.done: Counter[Fault] = Counter()
        self._loop = asyncio.new_event_loop()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self.url = ""

    def __enter__(self) -> "CuttingProxy":
        self._thread.start()
        if not self._listening.wait(10):
            raise RuntimeError("the proxy does not listen")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def cuts(self) -> int:
        """Requests or answers that were lost on purpose."""
        return sum(self.done[fault] for fault in CUTS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_HEAD_LIMIT))
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._listening.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await _message(reader)
                fault = self._random.choices(list(self.faults), list(self.faults.values()))[0]
                self.done[fault] += 1
                if not await self._pass(request, writer, fault):
                    return
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            # Either side went away, which is what this proxy is for, or it is closed.
            return
        finally:
            writer.close()

    async def _pass(self, request: bytes, writer: asyncio.StreamWriter, fault: Fault) -> bool:
        """Whether the connection goes on."""
        match fault:
            case Fault.REFUSE:
                return False
            case Fault.BLACK_HOLE:
                await asyncio.sleep(_HOLE_S)
                return False
            case Fault.CUT_REQUEST:
                await self._ask(request[: len(request) * 2 // 3], whole=False)
                return False
            case Fault.BUSY if request.startswith(b"POST /v1/push"):
                writer.write(_BUSY)
                await writer.drain()
                return True
            case Fault.LAG:
                await asyncio.sleep(_LAG_S)
            case Fault.DUPLICATE:
                await self._ask(request)
        answer = await self._ask(request)
        if fault is Fault.CUT_REPLY:
            writer.write(answer[: len(answer) // 3])
            await writer.drain()
            return False
        for piece in _pieces(answer, 8 if fault is Fault.SLOW else 1):
            writer.write(piece)
            await writer.drain()
            if fault is Fault.SLOW:
                await asyncio.sleep(_LAG_S / 8)
        return True

    async def _ask(self, request: bytes, *, whole: bool = True) -> bytes:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=_HEAD_LIMIT)
        try:
            writer.write(request)
            await writer.drain()
            return await _message(reader) if whole else b""
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A request or an answer, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line)
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        return head + await _chunks(reader)
    return head + await reader.readexactly(int(fields.get(b"content-length", b"0")))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        line = await reader.readuntil(b"\r\n")
        size = int(line, 16)
        body += line + await reader.readexactly(size + 2)
        if size == 0:
            return body


def _pieces(body: bytes, count: int) -> list[bytes]:
    size = max(1, -(-len(body) // count))
    return [body[at : at + size] for at in range(0, len(body), size)]
