"""Whoever writes content is told everything that is wrong with it at once; a server goes on with what it has."""

import json
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from core.content import folder
from core.server.cli import main
from core.server.db import publications
from core.server.db.engine import Database, open_engine, sqlite_url
from tests.server_process import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(), tmp_path / "content"))


def spoil(file: Path, before: str, after: str) -> int:
    """Change the first place where `before` stands; gives its line."""
    text = file.read_text("utf-8")
    at = text.index(before)
    file.write_text(text.replace(before, after, 1), "utf-8")
    return text.count("\n", 0, at) + 1


def spoil_four(root: Path) -> list[str]:
    """A mistake in each of four files; where they stand."""
    spoilt = [
        ("scripts/win-back.yaml", "\nversion:", "\nverzion:"),
        ("templates/sms.yaml", "\nversion:", "\nunknown_key:"),
        ("rules/recommendation.yaml", "sure_percent:", "sure_per_cent:"),
    ]
    places = [
        f"{root / name}:{spoil(root / name, before, after) + before.count(chr(10))}:" for name, before, after in spoilt
    ]
    (root / "knowledge" / "sim-swap.md").write_text("---\nid: sim-swap\nversion: x\n---\n", "utf-8")
    return [*places, f"{root / 'knowledge' / 'sim-swap.md'}:"]


def test_a_check_tells_every_mistake_with_file_line_and_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # SCRIPT-01
    places = spoil_four(root)
    assert main(["content", "check", str(root)]) == 1
    error = capsys.readouterr().err
    for place in places:
        assert any(line.startswith(place) and len(line) > len(place) + 5 for line in error.splitlines()), place
    assert "mistakes in all:" in error


def test_two_mistakes_in_one_file_are_both_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "scripts" / "win-back.yaml"
    first = spoil(path, "\nversion:", "\nversion: 1\nodd: 1\nqueer: 2\nwas:")
    assert main(["content", "check", str(root)]) == 1
    error = capsys.readouterr().err
    assert f"{path}:{first + 2}: unknown key `odd`" in error
    assert f"{path}:{first + 3}: 不认识的键 `queer`" in error
    assert "/ unknown key `queer`" in error


def test_publishing_tells_them_too_and_publishes_nothing(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path / "data"))
    assert main(["init", *data]) == 0
    places = spoil_four(root)
    assert main(["content", "publish", str(root), *data]) == 1
    error = capsys.readouterr().err
    assert all(place in error for place in places)
    assert len(publications_of(tmp_path / "data")) == 1


def publications_of(data: Path) -> list[object]:
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        found: list[object] = list(publications.all_of_them(unit))
    database.close()
    return found


def test_a_server_with_broken_content_says_so_and_serves_what_was_published(tmp_path: Path) -> None:
    program = tmp_path / "program"
    shutil.copytree(ROOT / "core", program / "core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(folder(), program / "resources")
    command = [sys.executable, "-m", "core.server.cli"]
    data = ["--data", str(tmp_path / "data")]
    env = {**os.environ, "PYTHONPATH": str(program)}
    subprocess.run([*command, "init", *data], cwd=program, env=env, check=True, capture_output=True, timeout=120)
    spoil(program / "resources" / "scripts" / "win-back.yaml", "\nversion:", "\nverzion:")
    spoil(program / "resources" / "templates" / "sms.yaml", "\nversion:", "\nunknown_key:")
    served = subprocess.Popen(
        [*command, "serve", "--port", "0", "--announce", "--die-with-parent", *data],
        cwd=program, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert served.stdout is not None
        assert served.stderr is not None
        url = json.loads(served.stdout.readline())["url"]
        said = ""
        while "was not published" not in said or "sms.yaml:" not in said:
            assert select.select([served.stderr], [], [], 60)[0], said
            said += served.stderr.readline()
        assert "坐席继续使用上次发布的内容" in said
        assert requests.get(f"{url}/health", timeout=10).status_code == 200
    finally:
        served.terminate()
        served.communicate(timeout=30)
