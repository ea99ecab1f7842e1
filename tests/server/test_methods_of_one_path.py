"""Two methods of one path: each is answered as if it were alone there."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Response, get, post

from core.server.db.engine import Database
from core.server.http.app import build_app
from core.server.http.services import Services


class Word(msgspec.Struct):
    word: str


@get("/v1/words", sync_to_thread=True)
def words() -> Response[bytes]:
    return Response(b'["a"]', media_type="application/json")


@post("/v1/words", sync_to_thread=True, status_code=200)
def add(data: Word) -> Word:
    return data


@pytest.mark.parametrize("handlers", [(words, add), (add, words)])
# How the routes name their parameters is not asked here.
@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
def test_a_handler_that_gives_a_response_may_share_its_path(
    sqlite: Database, tmp_path: Path, handlers: tuple[Any, ...]
) -> None:
    # Once GET and POST of /v1/screening/rules: the first was answered with 500.
    app = build_app(Services.of(sqlite, tmp_path), *handlers)
    assert _asked(app, "GET") == (200, b'["a"]')
    assert _asked(app, "POST", b'{"word":"b"}') == (200, b'{"word":"b"}')


def _asked(app: Any, method: str, body: bytes = b"") -> tuple[int, bytes]:
    """As a web server asks."""
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": "/v1/words", "raw_path": b"/v1/words", "query_string": b"", "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "state": {},
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return said[0]["status"], b"".join(one.get("body", b"") for one in said[1:])
