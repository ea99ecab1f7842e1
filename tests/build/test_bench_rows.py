"""The benchmarks of the bill calculator and of the script, run small as the command runs them: what their rows tell."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import best_blocks
import pytest
from frame import OutputsDiffer

from core.offers.best import Best

ROOT = Path(__file__).resolve().parents[2]
Rows = dict[str, list[dict[str, Any]]]
TOLD = {"id", "what", "measured", "limit", "ratio", "goal", "holds", "unit", "bound", "pairs", "at", "cores"}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """By benchmark, of one smoke run."""
    names, report = ("P11", "P12", "P13"), tmp_path_factory.mktemp("bench") / "rows.json"
    run = subprocess.run(
        [sys.executable, "build/benchmarks/run.py", *names, "--smoke", "--json", str(report)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads(report.read_text())
    return {name: [row for row in found if row["id"] == name] for name in names}


@pytest.mark.slow
def test_each_row_tells_what_was_measured_against_what_and_whether_it_holds(rows: Rows) -> None:
    for row in (row for found in rows.values() for row in found):
        assert set(row) >= TOLD
        assert row["what"]
        assert row["measured"] > 0
        assert row["limit"] > 0
        assert row["ratio"] > 0
        assert row["holds"] is (row["bound"] <= row["goal"])


@pytest.mark.slow
def test_goals_are_those_of_the_page(rows: Rows) -> None:
    goals = {name: [row["goal"] for row in found] for name, found in rows.items()}
    assert goals == {"P11": [2.0], "P12": [1.5], "P13": [1.5, 1.0]}


@pytest.mark.slow
def test_the_script_is_walked_for_every_scenario_with_tasks(rows: Rows) -> None:
    (row,) = rows["P12"]
    assert all(name in row["what"] for name in ("vip-care", "broadband-disconnect", "4g-upgrade"))


@pytest.mark.slow
def test_memory_has_a_row_of_its_own_against_two_gigabytes(rows: Rows) -> None:
    _, memory = rows["P13"]
    assert (memory["unit"], memory["limit"]) == ("bytes", 2_000_000_000)
    assert memory["ratio"] == memory["measured"] / memory["limit"]


def test_a_block_is_the_same_customers_each_time_and_another_block_others() -> None:
    known, use = best_blocks.made_use(50, best_blocks.MONTHS, seed=3)
    again, _ = best_blocks.made_use(50, best_blocks.MONTHS, seed=3)
    _, others = best_blocks.made_use(50, best_blocks.MONTHS, seed=4)
    assert (known == again).all()
    assert (use["data_mb"] != others["data_mb"]).any()


def test_every_block_is_proved_not_the_first_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sides = best_blocks.Sides()
    sides.bill(0, 40)

    def dearer(*asked: Any) -> Best:
        found = honest(*asked)
        found.worst_fen[7, 0] += 1
        return found

    honest = best_blocks.best
    monkeypatch.setattr(best_blocks, "best", dearer)
    with pytest.raises(OutputsDiffer, match="worst months"):
        sides.bill(1, 40)
