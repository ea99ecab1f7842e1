"""The real server process, and somebody who asks it over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests
from authority_kit import asked
from effect_kit import drawn, terms
from server_kit import a_tip, agent, document, task

from core.domain import decoding
from core.domain.people import Role
from core.server.db import authority, tips
from core.wire.session import Problem
from tests.server_process import ServerProcess

WAIT_S = 15
TIP = a_tip("1")
ASKED = asked("1").authority


def served(folder: Path) -> Iterator[ServerProcess]:
    """A small centre of every role."""
    with ServerProcess(folder) as running:
        running.publish_content()
        running.add_user(agent("1", areas=("东岭区",)))
        running.add_user(agent("2", areas=("西河区",), team="B"))
        running.add_user(agent("5", role=Role.CALLBACK_STAFF))
        running.add_user(agent("8", role=Role.TEAM_LEAD))
        running.add_user(agent("9", role=Role.PLANNER))
        with running.database.write() as unit:
            tips.add(unit, TIP, team="A")
            authority.add(unit, ASKED, agent_name="员工1", team="A")
        running.load([(document(n), task(n, to="1") if n < 10 else None) for n in range(20)])
        drawn(running.database, terms(), members=0)
        yield running


class Desk:
    """Asks the server as one person."""

    def __init__(self, server: ServerProcess, staff_number: str = "") -> None:
        self._server = server
        self._headers: dict[str, str] = {}
        if staff_number:
            answer = self.ask("POST", "/v1/session", json={"staff_number": staff_number, "password": "stayline-demo"})
            assert answer.status_code == 200, answer.text
            self._headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {**self._headers, "Accept-Encoding": "identity", **options.pop("headers", {})}
        return requests.request(method, self._server.url + path, headers=headers, timeout=WAIT_S, **options)

    def raw(self, path: str, accept: str) -> tuple[bytes, str]:
        answer = self.ask("GET", path, headers={"Accept-Encoding": accept}, stream=True)
        return answer.raw.read(decode_content=False), answer.headers.get("Content-Encoding", "")


def problem(answer: requests.Response) -> Problem:
    """Every refusal is a Problem with its words in both languages."""
    found = decoding.decode(answer.content, Problem)
    assert found.code
    assert found.title_zh
    assert found.title_en
    assert found.next_zh
    return found
