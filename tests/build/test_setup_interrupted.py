"""Ctrl+C during the first set-up: one line, nothing left running, and no traceback of a step."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

BUILD = Path(__file__).resolve().parents[2] / "build"
SLOW_PYTHON = """#!/usr/bin/env bash
[ "$1" = -m ] || exec {python} "$@"
exec {python} -c "
import os, time
print(os.getpid(), flush=True)
time.sleep(60)"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that needs nothing of the system, with a Python whose virtual environments take a minute."""
    build = tmp_path / "build"
    (build / "requirements").mkdir(parents=True)
    shutil.copy(BUILD / "setup", build / "setup")
    (build / "requirements" / "app.txt").write_text("")
    (build / "system-packages").write_text("")
    (build / "system-libraries").write_text("install_system_libraries() { return 0; }\n")
    python = tmp_path / "slow-python"
    python.write_text(SLOW_PYTHON.format(python=sys.executable))
    python.chmod(0o755)
    return tmp_path


def test_ctrl_c_during_set_up_says_one_line_and_leaves_nothing_running(checkout: Path) -> None:
    process = subprocess.Popen(
        [checkout / "build" / "setup"],
        env={**os.environ, "STAYLINE_PYTHON": str(checkout / "slow-python")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    step = int(process.stdout.readline())
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "setup: interrupted; the next start takes it up again"
    assert "Traceback" not in said
    assert len(said.splitlines()) == 2, said
    with pytest.raises(ProcessLookupError):
        os.kill(step, 0)
