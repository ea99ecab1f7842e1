"""A server whose database cannot be written says so; one that never could does not start; two on a file cannot be."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import event

from core.domain.errors import InputError
from core.server import condition
from core.server.cli import main
from core.server.condition import FRESH_S, Condition, refuse_unwritable, trouble_now
from core.server.db.engine import Database
from core.server.db.trouble import NEXT, Trouble, trouble_of
from tests.server_process import ROOT, ServerProcess


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path / "server") as running:
        yield running


def make_read_only(database: Database) -> None:
    """As a file is that the server's user may not write."""

    @event.listens_for(database.engine, "checkout")
    def _refuse(raw: Any, _record: Any, _proxy: Any) -> None:
        raw.execute("PRAGMA query_only=ON").close()


def test_a_database_that_is_written_is_in_order(database: Database) -> None:
    assert trouble_now(database) is None


def test_a_read_only_database_is_known_by_writing(sqlite: Database) -> None:
    make_read_only(sqlite)
    assert trouble_now(sqlite) is Trouble.READ_ONLY
    with pytest.raises(InputError, match="read-only: /the/place; nothing is served") as error:
        refuse_unwritable(sqlite, where="/the/place")
    assert "只读" in error.value.title.zh


def test_a_nearly_full_disk_counts_as_full(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=condition.LEAST_FREE_BYTES - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert trouble_now(sqlite) is Trouble.DISK_FULL


@pytest.mark.parametrize(
    ("code", "means"),
    [
        (sqlite3.SQLITE_FULL, Trouble.DISK_FULL),
        (sqlite3.SQLITE_IOERR_FSYNC, Trouble.DISK_ERROR),
        (sqlite3.SQLITE_IOERR_READ, Trouble.DISK_ERROR),
    ],
)
def test_a_disk_that_fails_is_not_called_full(code: int, means: Trouble) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    assert trouble_of(error) is means
    assert ("safe" in NEXT[means].en) is (means is Trouble.DISK_FULL), "nobody knows that of a failing disk"


def test_somebody_elses_long_transaction_is_no_trouble(sqlite: Database) -> None:
    with sqlite.write():
        assert trouble_now(sqlite) is None


def test_the_disk_does_not_work_for_every_question(sqlite: Database) -> None:
    now = [100.0]
    asked = Condition(sqlite, monotonic=lambda: now[0])
    assert asked.trouble() is None
    make_read_only(sqlite)
    assert asked.trouble() is None
    now[0] += FRESH_S
    assert asked.trouble() is Trouble.READ_ONLY


def test_health_tells_that_the_disk_fails_and_that_it_is_well_again(server: ServerProcess) -> None:
    # A limit on the files that the process may write is answered like a quota, and like a disk that fails.
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    answer = requests.get(f"{server.url}/health", timeout=10)
    assert answer.status_code == 503
    said = answer.json()
    assert said["code"] == "disk_error"
    assert "磁盘读写出错" in said["title_zh"]
    assert "quotas" in said["next_en"]
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)
    server.restart()
    assert requests.get(f"{server.url}/health", timeout=10).json() == {"status": "ok"}


def test_whoever_works_while_the_disk_fails_hears_that_and_not_that_it_is_busy(server: ServerProcess) -> None:
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    # A password that is wrong is put on record.
    answer = requests.post(f"{server.url}/v1/session", json={"staff_number": "1", "password": "no"}, timeout=10)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)
    assert (answer.status_code, answer.json()["code"]) == (503, "disk_error")
    assert "磁盘读写出错" in answer.json()["title_zh"]


def test_serving_is_refused_where_nothing_can_be_written(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert main(["init", "--data", str(data)]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "core.server.cli", "serve", "--port", "0", "--data", str(data), "--die-with-parent"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "磁盘读写出错" in done.stderr
    assert str(data) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_server_on_the_same_data_is_refused(server: ServerProcess, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--data", str(server.folder)]) == 1
    zh, en = capsys.readouterr().err.splitlines()
    assert "已有服务在使用这个数据库" in zh
    assert f"is in use by another stayline-server (process {server.pid})" in en
    assert "Stop that one first" in en
    assert requests.get(f"{server.url}/health", timeout=10).status_code == 200


def test_a_killed_server_leaves_the_data_to_the_next(server: ServerProcess) -> None:
    server.kill()
    server.start()
    assert requests.get(f"{server.url}/health", timeout=10).status_code == 200


def test_other_commands_work_beside_a_server(server: ServerProcess, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--data", str(server.folder)]) == 0
    assert json.dumps(server.pid) not in capsys.readouterr().err


def test_a_damaged_database_says_to_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # R15
    (tmp_path / "stayline.db").write_bytes(b"not a database at all" * 100)
    assert main(["audit", "--data", str(tmp_path)]) == 1
    zh, en = capsys.readouterr().err.splitlines()
    assert "已损坏" in zh
    assert "stayline-server restore FILE" in en
