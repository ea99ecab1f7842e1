"""Whoever asks for the server's health hears when orders are no longer worked off, or tasks given out."""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from order_kit import sell
from server_kit import NOON, add_agent, agent, given

from core.domain.order_state import order_id
from core.server import housekeeping as housekeeping_room
from core.server.db.engine import Database
from core.server.db.schema import task
from core.server.dispatch import Dispatched
from core.server.dispatching import dispatch_waiting
from core.server.housekeeping import housekeeping
from core.server.http.app import build_app
from core.server.http.services import Services
from core.server.orders.confirming import take_reply
from core.server.orders.service import Ways, ordering
from core.wire.crm import Reply


class Deadly:
    """A CRM's adapter with a mistake that ends the thread."""

    def place(self, _order: Any) -> Any:
        raise SystemExit

    look = place


def health(services: Services) -> tuple[int, dict[str, Any]]:
    """What is answered, asked as a web server asks."""
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/health", "raw_path": b"/health", "query_string": b"", "root_path": "", "headers": [],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "state": {},
    }  # fmt: skip
    asyncio.run(build_app(services)(scope, receive, send))  # type: ignore[arg-type]
    body = b"".join(one.get("body", b"") for one in said[1:])
    return said[0]["status"], json.loads(body)


def order_thread() -> threading.Thread | None:
    return next((one for one in threading.enumerate() if one.name == "orders"), None)


# How the routes name their parameters is not asked here.
@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
# The thread's end is what this is about.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_health_tells_that_orders_are_no_longer_worked_off(sqlite: Database, tmp_path: Path) -> None:
    # INTEG-07
    he = add_agent(sqlite, agent())
    sale = sell(sqlite, he, given(sqlite, to=he.staff_number))
    services = Services.of(sqlite, tmp_path)
    with ordering(sqlite, Ways(crm=Deadly()), services.orders):
        assert health(services) == (200, {"status": "ok"})
        with sqlite.write() as unit:
            take_reply(unit, str(order_id(sale.outcome.id)), Reply.YES, by="cli:test")
        thread = order_thread()
        if thread is not None:
            thread.join(20)
        status, said = health(services)
    assert (status, said["code"]) == (503, "orders_stopped")
    assert "重新启动服务" in said["next_zh"]
    assert health(services) == (200, {"status": "ok"})


def damage(database: Database) -> None:
    """A task's row that no program can read."""
    with database.write() as unit:
        unit.conn.execute(task.update().values(body=b"{", expires_at=NOON, state="waiting"))


@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
def test_a_row_that_cannot_be_read_does_not_end_what_the_server_does_unasked(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(sqlite, to=add_agent(sqlite, agent()).staff_number)
    damage(sqlite)
    rounds = threading.Semaphore(0)

    def counted(database: Database, *, actor: str) -> Dispatched:
        rounds.release()
        return dispatch_waiting(database, actor=actor)

    monkeypatch.setattr(housekeeping_room, "dispatch_waiting", counted)
    # What came with the program takes a while to read, and is not what this is about.
    monkeypatch.setattr(housekeeping_room, "publish_shipped", lambda _database, *, checked: [])
    services = Services.of(sqlite, tmp_path)
    with housekeeping(services, 0.01):
        assert rounds.acquire(timeout=20)
        assert rounds.acquire(timeout=20), "another round follows the one that failed"
        assert health(services) == (200, {"status": "ok"})


@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_health_tells_that_tasks_are_no_longer_given_out(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(_database: Database) -> int:
        raise SystemExit

    monkeypatch.setattr(housekeeping_room, "reap", end)
    monkeypatch.setattr(housekeeping_room, "publish_shipped", lambda _database, *, checked: [])
    services = Services.of(sqlite, tmp_path)
    with housekeeping(services, 0.01):
        keeper = next((one for one in threading.enumerate() if one.name == "housekeeping"), None)
        if keeper is not None:
            keeper.join(20)
        status, said = health(services)
    assert (status, said["code"]) == (503, "housekeeping_stopped")
