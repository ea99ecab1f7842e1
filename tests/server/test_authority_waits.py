"""Waiting for an answer over HTTP: told at once, holding nobody up, over a restart too."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests
from authority_kit import asked
from server_kit import agent, batch, document, task

from core.domain.people import Role
from core.wire.authority import ANSWERED_BEFORE
from tests.server_process import ServerProcess

WAIT_S = 30
PROMISED_S = 2.0
WAITERS = 100


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path / "server") as running:
        running.add_user(agent("1", role=Role.VIP_SPECIALIST))
        running.add_user(agent("8", role=Role.TEAM_LEAD))
        running.add_user(agent("9", role=Role.TEAM_LEAD, team="B", team_name="二班"))
        running.load([(document(1), task(1, to="1"))])
        yield running


class Person:
    """Asks the server as somebody who is signed in."""

    def __init__(self, server: ServerProcess, number: str) -> None:
        self._server, self.number = server, number
        body = {"staff_number": number, "password": "stayline-demo"}
        answer = requests.post(f"{server.url}/v1/session", json=body, timeout=WAIT_S)
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        return requests.request(method, self._server.url + path, headers=self._headers, timeout=WAIT_S, **options)

    def news(self, after: int = 0, wait_s: int = 20) -> dict[str, Any]:
        answer = self.ask("GET", "/v1/authority", params={"after": after, "wait_s": wait_s})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def request(self) -> UUID:
        item = asked(self.number)
        assert self.ask("POST", "/v1/push", data=batch(item)).json()["answers"][0]["verdict"] == "accepted"
        return item.id

    def grant(self, request: UUID) -> requests.Response:
        return self.ask("POST", f"/v1/authority/{request}/answer", json={"state": "granted", "words": "同意"})


@pytest.fixture
def beside() -> Iterator[Callable[..., Any]]:
    """Runs a function on a thread of its own; gives its future."""
    with ThreadPoolExecutor(max_workers=WAITERS) as pool:
        yield pool.submit


def test_an_answer_is_there_well_within_two_seconds(server: ServerProcess, beside: Callable[..., Any]) -> None:
    # VIP-07
    me, lead = Person(server, "1"), Person(server, "8")
    began, to_lead = lead.news(wait_s=0)["cursor"], None
    to_lead = beside(lead.news, began)
    started = time.monotonic()
    request = me.request()
    mine = beside(me.news, me.news(wait_s=0)["cursor"])
    assert [case["request"]["id"] for case in to_lead.result()["cases"]] == [str(request)]
    assert lead.grant(request).status_code == 200
    (case,) = mine.result()["cases"]
    assert time.monotonic() - started < PROMISED_S
    assert (case["state"], case["words"], case["answered_by_name"]) == ("granted", "同意", "员工8")


def test_a_hundred_who_wait_keep_nobody_else_waiting(server: ServerProcess, beside: Callable[..., Any]) -> None:
    # RELIABILITY: a request that waits holds no thread of the server
    me, lead, stranger = Person(server, "1"), Person(server, "8"), Person(server, "9")
    cursor = me.news(wait_s=0)["cursor"]
    waiting = [beside(me.news, cursor) for _ in range(WAITERS - 5)]
    unmoved = beside(stranger.news, cursor, 3)
    _until_all_wait(server, WAITERS - 5)
    started = time.monotonic()
    assert me.ask("GET", "/v1/pull").status_code == 200
    request = me.request()
    assert lead.grant(request).status_code == 200
    assert time.monotonic() - started < PROMISED_S
    assert all(future.result()["cases"] for future in waiting)
    assert unmoved.result()["cases"] == []


def _until_all_wait(server: ServerProcess, count: int) -> None:
    """The server has taken the requests in and answers none of them yet."""
    deadline = time.monotonic() + WAIT_S
    port = server.url.rsplit(":", 1)[1]
    while _connections(int(port)) < count:
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def _connections(port: int) -> int:
    """Established connections to a loopback port, as the kernel counts them."""
    rows = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
    return sum(row.split()[1].endswith(f":{port:04X}") and row.split()[3] == "01" for row in rows)


def test_a_request_outlives_a_restart_of_the_server(server: ServerProcess, beside: Callable[..., Any]) -> None:
    me, lead = Person(server, "1"), Person(server, "8")
    request = me.request()
    waits = beside(lead.news, lead.news(wait_s=0)["cursor"])
    stopped = time.monotonic()
    server.restart()
    assert time.monotonic() - stopped < 10
    assert waits.result()["cases"] == []
    assert [case["request"]["id"] for case in lead.news()["cases"]] == [str(request)]
    assert lead.grant(request).status_code == 200
    assert me.news()["cases"][0]["state"] == "granted"


def test_a_foreign_lead_gets_no_answer_through_and_a_second_lead_is_told_who_did(server: ServerProcess) -> None:
    server.add_user(agent("7", role=Role.TEAM_LEAD, name="周敏"))
    me, lead, other, stranger = (Person(server, number) for number in ("1", "8", "7", "9"))
    request = me.request()
    assert stranger.news(wait_s=0)["cases"] == []
    assert stranger.grant(request).status_code == 404
    assert me.grant(request).status_code == 403
    assert lead.grant(request).status_code == 200
    again = other.grant(request)
    assert again.status_code == 403
    assert again.json()["code"] == ANSWERED_BEFORE
    assert "员工8" in again.json()["detail_zh"]
