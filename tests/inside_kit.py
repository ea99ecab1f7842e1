"""The server's application asked in this process: no socket and no second process between a test and what it asks."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx
from litestar.exceptions.base_exceptions import LitestarDeprecationWarning
from litestar.testing import TestClient

from core.server.db import people
from core.server.db.engine import Database
from core.server.http.app import build_app
from core.server.http.services import Services

_Backend = Literal["asyncio"]


class Inside:
    """Asks as one person."""

    def __init__(self, client: Any, services: Services, staff_number: str) -> None:
        self._client = client
        with services.database.read() as unit:
            account = people.get(unit, staff_number)
        assert account is not None
        token = services.sessions.begin(account.agent, "here").access_token
        self._headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Accept-Encoding": "identity", **options.pop("headers", {}), **self._headers}
        if isinstance(options.get("data"), bytes):
            # As requests calls it, so that who asks a process may ask here.
            options["content"] = options.pop("data")
        answer: httpx.Response = self._client.request(method, path, headers=headers, **options)
        return answer


@contextmanager
def inside(database: Database, folder: Path, staff_number: str) -> Iterator[Inside]:
    """`folder` keeps what a server keeps beside its database."""
    services = Services.of(database, folder)
    with warnings.catch_warnings():
        # As in the server's own process, where warnings are no errors: how handlers name their body is old to Litestar.
        warnings.simplefilter("ignore", LitestarDeprecationWarning)
        app: Any = build_app(services)
    backend: _Backend = "asyncio"
    with TestClient(app, raise_server_exceptions=False, backend=backend) as client:
        yield Inside(client, services, staff_number)
    services.watch.close()
    services.planner.close()
