"""The server's application asked in this process: no socket and no second process between a test and what it asks."""

import asyncio
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from litestar.exceptions.base_exceptions import LitestarDeprecationWarning

from core.server.db import people
from core.server.db.engine import Database
from core.server.http.app import build_app
from core.server.http.compression import App, Message, Scope
from core.server.http.services import Services

T = TypeVar("T")
_BASE = "http://inside"


class Inside:
    """Asks as one person."""

    def __init__(self, app: App, loop: asyncio.AbstractEventLoop, services: Services, staff_number: str) -> None:
        self._app, self._loop, self._services, self._staff_number = app, loop, services, staff_number
        self.renew()

    def renew(self) -> None:
        """Go on with a new token, of a session of its own."""
        with self._services.database.read() as unit:
            account = people.get(unit, self._staff_number)
        assert account is not None
        token = self._services.sessions.begin(account.agent, "here").access_token
        self._headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Accept-Encoding": "identity", **options.pop("headers", {}), **self._headers}
        if isinstance(options.get("data"), bytes):
            # As requests calls it, so that who asks a process may ask here.
            options["content"] = options.pop("data")
        asked = httpx.Request(method, _BASE + path, headers=headers, **options)
        return self._loop.run_until_complete(_answer(self._app, asked))


async def _answer(app: App, asked: httpx.Request) -> httpx.Response:
    """What a server makes of it: an error that the application lets through is answered with 500."""
    body: list[bytes] = [asked.read()]
    said: list[Message] = []
    answered = asyncio.Event()

    async def receive() -> Message:
        if body:
            return {"type": "http.request", "body": body.pop(), "more_body": False}
        # Whoever asks stays until the answer has come to its end.
        await answered.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            answered.set()

    try:
        await app(_scope(asked), receive, send)
    except Exception:
        return httpx.Response(500)
    start, *parts = said
    content = b"".join(part.get("body", b"") for part in parts)
    return httpx.Response(start["status"], headers=start["headers"], content=content)


def _scope(asked: httpx.Request) -> Scope:
    raw_path, _, query = asked.url.raw_path.partition(b"?")
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": asked.method,
        "path": asked.url.path, "raw_path": raw_path, "query_string": query, "root_path": "",
        "headers": [(name.lower(), value) for name, value in asked.headers.raw],
        "client": ("127.0.0.1", 1), "server": ("inside", 80), "state": {},
    }  # fmt: skip


class _Here(ThreadPoolExecutor):
    """One request is asked at a time: a thread to run it on would be switched to and waited for, and nothing else."""

    def submit(self, do: Callable[..., T], /, *args: Any, **options: Any) -> "Future[T]":
        done: Future[T] = Future()
        try:
            done.set_result(do(*args, **options))
        except Exception as error:
            done.set_exception(error)
        return done


@contextmanager
def inside(database: Database, folder: Path, staff_number: str) -> Iterator[Inside]:
    """`folder` keeps what a server keeps beside its database."""
    services = Services.of(database, folder)
    with warnings.catch_warnings():
        # As in the server's own process, where warnings are no errors: how handlers name their body is old to Litestar.
        warnings.simplefilter("ignore", LitestarDeprecationWarning)
        app = build_app(services)
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        loop.set_default_executor(_Here(1))
        yield Inside(app, loop, services, staff_number)
    services.watch.close()
    services.planner.close()
