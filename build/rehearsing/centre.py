"""A centre of its own for the rehearsal: commands as an operator gives them, its server, its planner's questions."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import requests
from launching.children import Children
from launching.embedded_server import start_server

from core.domain import decoding
from rehearsing.agents import PASSWORD, SCENARIO

ROOT = Path(__file__).resolve().parents[2]
PLANNER = "9001"
_PATIENCE_S = 900
_T = TypeVar("_T")


class Refused(Exception):
    """What the product said instead of doing it."""


class Centre:
    """One data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def command(self, *words: str, typed: str = "") -> str:
        """What `stayline-server` says; raises Refused with its words."""
        done = subprocess.run(
            [sys.executable, "-m", "core.server.cli", *words, "--data", str(self.data)], cwd=ROOT, input=typed,
            capture_output=True, text=True, timeout=_PATIENCE_S, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Refused(f"stayline-server {' '.join(words[:2])}: {(done.stderr or done.stdout).strip()}")
        return done.stdout.strip()

    def open(self, agents: Sequence[str]) -> None:
        """Database, calling hours of a rehearsal, a planner and agents with room for all."""
        self.command("init")
        self.command("site", "set", "--call-from", "00:00", "--call-until", "24:00", "--calendar", "training")
        self._user(PLANNER, "planner")
        for one in agents:
            self._user(one, "outbound_representative", "--skill", SCENARIO, "--daily-target", "10000")

    def _user(self, staff: str, role: str, *more: str) -> None:
        self.command(
            "user", "add", staff, "--name", f"演练{staff}", "--role", role, "--team", "rehearsal", *more,
            "--password-stdin", typed=PASSWORD + "\n",
        )  # fmt: skip

    def serve(self, children: Children) -> str:
        """The address of its server, a process of its own."""
        return start_server(children, self.data, log=self.data / "server.log")


class Planner:
    """Asks the server as the planner's desk does."""

    def __init__(self, url: str) -> None:
        self._url, self._session = url, requests.Session()
        signed = self.ask("POST", "/session", body={"staff_number": PLANNER, "password": PASSWORD})
        self._session.headers["Authorization"] = f"Bearer {signed['access_token']}"

    def ask(self, method: str, path: str, *, body: Any = None, **query: str) -> Any:
        """The answer as plain JSON; raises Refused with the server's words."""
        return decoding.plain(self._bytes(method, path, body, query))

    def told(self, method: str, path: str, form: type[_T], *, body: Any = None, **query: str) -> _T:
        """The answer as a message of the API."""
        return decoding.decode(self._bytes(method, path, body, query), form)

    def close(self) -> None:
        self._session.close()

    def _bytes(self, method: str, path: str, body: Any, query: dict[str, str]) -> bytes:
        sent = None if body is None else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"} if sent is not None else {}
        answer = self._session.request(
            method, f"{self._url}/v1{path}", data=sent, params=query, headers=headers, timeout=_PATIENCE_S
        )  # fmt: skip
        if not answer.ok:
            raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:600]}")
        return answer.content
