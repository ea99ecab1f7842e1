"""The launcher's processes: the real server is started and ended, and what goes wrong is told."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from uuid import UUID

import pytest
from launching.children import Children, CouldNotStart
from launching.embedded_server import make_demo, start_crm, start_server

ROOT = Path(__file__).resolve().parents[2]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_demo_data_are_made_and_served_until_the_launcher_ends(tmp_path: Path) -> None:
    data, log = tmp_path / "server", tmp_path / "server.log"
    with Children(cwd=ROOT) as children:
        make_demo(children, data, customers=20)
        crm = start_crm(children, data, log=log)
        url = start_server(children, data, log=log, crm=crm)
        with urllib.request.urlopen(f"{url}/v1/hello", timeout=10) as answer:
            assert b"stayline" in answer.read().lower()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{crm}/orders/{UUID(int=1)}", timeout=10)
    for gone in (f"{url}/v1/hello", f"{crm}/orders/{UUID(int=1)}"):
        with pytest.raises(OSError, match="refused"):
            urllib.request.urlopen(gone, timeout=10)


def test_a_server_that_does_not_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "server").write_text("a file in the way")
    with Children(cwd=ROOT) as children, pytest.raises(CouldNotStart, match="last words"):
        start_server(children, tmp_path / "server", log=tmp_path / "server.log")
    with Children(cwd=ROOT) as children, pytest.raises(CouldNotStart, match="begins again"):
        make_demo(children, tmp_path / "server", customers=1)


def test_a_process_that_will_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launching.children.PATIENCE_S", 0.2)
    stubborn = "import signal,sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); signal.pause()"
    with Children(cwd=tmp_path) as children:
        process = children.start([sys.executable, "-c", stubborn], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        assert alive(process.pid)
    assert not alive(process.pid)


LAUNCHER = """
import os, sys
from pathlib import Path
from launching.children import Children
with Children(cwd=Path.cwd()) as children:
    children.run([sys.executable, "-c", sys.argv[1], "--data", sys.argv[2], "--parent", str(os.getpid())])
"""
DESKTOP = """
from desktop import app
class Told(app.Application):
    def start(self):
        super().start()
        print("stands", flush=True)
    def leave(self):
        super().leave()
        print("left", flush=True)
app.Application = Told
app.main()
"""


def test_a_launcher_that_is_killed_leaves_no_window_behind(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": f"{ROOT / 'build'}:{ROOT}"}
    with subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, DESKTOP, str(tmp_path)], env=environment, stdout=subprocess.PIPE, cwd=ROOT
    ) as launcher:
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == b"stands\n"
        launcher.kill()
        # Ends with the desktop, which holds the other end: closed as by hand, not killed.
        assert launcher.communicate(timeout=60)[0] == b"left\n"


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    usual = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [ROOT / "build" / "run", *arguments],
        env={**usual, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_without_a_display_run_says_so_and_names_the_tour(tmp_path: Path) -> None:
    said = _run(STAYLINE_DATA=str(tmp_path / "data"))
    assert said.returncode == 2
    assert "no display" in said.stderr
    assert "--tour" in said.stderr
    assert not (tmp_path / "data").exists()


def test_a_folder_that_is_not_ours_and_a_wrong_option_are_plain_messages(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("mine")
    said = _run("--fresh", STAYLINE_DATA=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert (said.returncode, "left alone" in said.stderr) == (1, True)
    assert "Traceback" not in said.stderr
    said = _run("--tour", str(tmp_path / "tour"), "--size", "huge")
    assert (said.returncode, "1600x940" in said.stderr) == (2, True)
