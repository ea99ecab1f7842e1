"""The engine of screening is not imported before somebody screens: the server's start does not pay for it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("ibis", "duckdb", "sklearn", "lightgbm", "core.screening")


def test_the_server_starts_without_the_engine() -> None:
    look = f"import sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    modules = "core.server.cli, core.server.serving, core.server.commands.screen"
    done = subprocess.run(
        [sys.executable, "-c", f"import {modules}, core.server.commands.snapshot, core.server.commands.model; {look}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
