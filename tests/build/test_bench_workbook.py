"""The benchmark of the workbook, run small as the command runs it: what its rows tell."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_time_and_memory_stand_beside_a_workbook_written_by_hand(tmp_path: Path) -> None:
    report = tmp_path / "rows.json"
    run = subprocess.run(
        [sys.executable, "build/benchmarks/run.py", "P10", "--smoke", "--json", str(report)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    time, memory = json.loads(report.read_text())
    assert (time["goal"], time["unit"]) == (1.2, "s")
    assert (memory["limit"], memory["unit"]) == (10_000_000, "bytes")
    assert memory["holds"]
