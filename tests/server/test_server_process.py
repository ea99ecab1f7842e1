"""The server as a process: killed, left by its parent, on another database, on a port that is taken."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_kit import WAIT_S, Desk, served
from server_kit import agent, batch, document, saved, stored, task

from core.server.cli import main
from tests.server_process import ROOT, ServerProcess


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    yield from served(tmp_path_factory.mktemp("server"))


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with ServerProcess(tmp_path) as server:
        server.add_user(agent("1"))
        server.load([(document(), task(to="1"))])
        item = saved(stored(server.database, "T1"), "1")
        desk, url = Desk(server, "1"), server.url
        assert desk.ask("POST", "/v1/push", data=batch(item)).json()["answers"][0]["verdict"] == "accepted"
        server.kill()
        assert server.start() == url
        assert desk.ask("POST", "/v1/push", data=batch(item)).json()["answers"][0]["verdict"] == "duplicate"


@pytest.mark.postgres
def test_the_process_serves_from_postgresql_as_well(postgres_url: str, tmp_path: Path) -> None:
    with ServerProcess(tmp_path, database_url=postgres_url, housekeeping_s=60) as server:
        server.add_user(agent("1"))
        server.load([(document(), task(to="1"))])
        desk = Desk(server, "1")
        assert {change["key"] for change in desk.ask("GET", "/v1/pull").json()["changes"]} >= {"C1", "T1"}
        item = saved(stored(server.database, "T1"), "1")
        assert desk.ask("POST", "/v1/push", data=batch(item)).json()["answers"][0]["verdict"] == "accepted"


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_the_server_ends_with_its_parent(tmp_path: Path) -> None:
    assert main(["init", "--data", str(tmp_path)]) == 0
    script = textwrap.dedent(f"""
        import subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-m", "core.server.cli", "serve", "--port", "0", "--announce",
            "--die-with-parent", "--housekeeping-seconds", "0", "--data", {str(tmp_path)!r}], stdout=subprocess.PIPE)
        print(child.stdout.readline().decode(), flush=True)
        time.sleep(60)
    """)
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    pid = json.loads(parent.stdout.readline())["pid"]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + WAIT_S
    while not gone(pid) and time.monotonic() < deadline:
        os.sched_yield()
    assert gone(pid)


def test_a_port_that_is_taken_is_said_plainly(server: ServerProcess, tmp_path: Path) -> None:
    port = server.url.rsplit(":", 1)[1]
    assert main(["init", "--data", str(tmp_path)]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "core.server.cli", "serve", "--port", port, "--data", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=WAIT_S, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "无法监听" in done.stderr
    assert "Traceback" not in done.stderr
