"""build/test's own book-keeping: a failing stage fails the run, and the last line counts as pytest does."""

import sys
from pathlib import Path

from stages import Result, Stage, everything, run, summary

TESTS = """
import pytest
def test_well(): pass
@pytest.mark.skip(reason="not here")
def test_skipped(): pass
def test_ill(): assert {ill} == 1
"""


def _pytest_stage(tmp_path: Path, ill: int) -> Stage:
    (tmp_path / "test_three.py").write_text(TESTS.format(ill=ill))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    return Stage(name="unit", command=command, counts_tests=True)


def test_tests_are_counted_from_the_run_itself(tmp_path: Path) -> None:
    good, bad = run(_pytest_stage(tmp_path, 1)), run(_pytest_stage(tmp_path, 2))
    assert good.ok
    assert good.counts == {"passed": 2, "failed": 0, "skipped": 1}
    assert not bad.ok
    assert summary([good]).splitlines()[-1] == "2 passed, 0 failed, 1 skipped"
    assert summary([good, bad]).splitlines()[-1] == "3 passed, 1 failed, 2 skipped"


def test_a_stage_without_tests_counts_as_one_and_fails_the_run() -> None:
    well, ill = Result(name="lint", seconds=1, status=0), Result(name="types", seconds=1, status=1)
    lines = summary([well, ill]).splitlines()
    assert lines[-1] == "1 passed, 1 failed"
    assert any("types" in line and "FAILED" in line for line in lines)


def test_a_pytest_run_that_died_is_a_failure_though_it_counted_none() -> None:
    died = Result(name="window", seconds=1, status=-11)
    assert not died.ok
    assert summary([died]).splitlines()[-1] == "0 passed, 1 failed"


def test_a_stage_that_hangs_is_ended_at_its_limit() -> None:
    hangs = Stage(name="tour", command=[sys.executable, "-c", "import signal; signal.pause()"], limit_s=1)
    assert run(hangs).status == 124


def test_every_folder_of_tests_is_in_one_stage() -> None:
    root = Path(__file__).resolve().parents[1]
    folders = {f"tests/{path.parent.relative_to(root)}" for path in root.rglob("test_*.py")}
    staged = [part for stage in everything(full=False) for part in stage.command if part.startswith("tests/")]
    assert sorted(staged) == sorted(folders)


def test_timed_stages_run_alone() -> None:
    by_name = {stage.name: stage.command for stage in everything(full=False)}
    assert list(by_name)[-2:] == ["tour", "bench"]
    assert all("-n" not in by_name[name] for name in ("tour", "bench"))
