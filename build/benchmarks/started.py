"""From exec to the first line that a program writes: what a start costs, with what it says afterwards."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
LIMIT_S = 60


class Started(NamedTuple):
    seconds: float
    said: bytes
    """what followed the first line: the proof of what was shown"""


class DidNotStart(Exception):
    """The program ended without its first line; the text is what it wrote."""


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Offscreen, the product importable, nothing of the user's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("STAYLINE_", "QT_"))}
    return {**inherited, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **(extra or {})}


def start(script: str, *arguments: str, env: Mapping[str, str]) -> Started:
    """Run a script of this folder to its end; the clock stops at its first line. Raises DidNotStart."""
    command = [sys.executable, str(HERE / script), *arguments]
    with tempfile.TemporaryFile() as wrote:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=dict(env), stdout=subprocess.PIPE, stderr=wrote)
        late = threading.Timer(LIMIT_S, process.kill)
        late.start()
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            seconds = time.perf_counter() - begin
            said, _ = process.communicate()
        finally:
            late.cancel()
        if line.strip() != b"painted" or process.returncode:
            wrote.seek(0)
            raise DidNotStart(
                f"{script} ended with {process.returncode}: {wrote.read()[-2000:].decode('utf-8', 'replace')}"
            )
    return Started(seconds, said)
