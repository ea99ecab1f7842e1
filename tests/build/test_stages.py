"""build/test's own book-keeping: a failing stage fails the run, and the last line counts as pytest does."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from stages import MOST_AGAIN, Result, Stage, everything, run, run_again, run_all, summary

TESTS = """
import pytest
def test_well(): pass
@pytest.mark.skip(reason="not here")
def test_skipped(): pass
def test_ill(): assert {ill} == 1
"""


@pytest.fixture(autouse=True)
def _pytest_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is run here needs no plugin; importing them all takes longer than the rest."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


SHAKY = """
import pathlib, pytest
@pytest.mark.parametrize("which", range({tests}))
def test_ill_once(which):
    been = pathlib.Path(__file__).with_name(f"been{{which}}")
    first = not been.exists()
    been.touch()
    assert not first
def test_ill():
    assert {ill} == 1
"""


def _pytest_stage(tmp_path: Path, ill: int, tests: str = TESTS) -> Stage:
    (tmp_path / "test_three.py").write_text(tests.format(ill=ill, tests=2))
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
    return Stage(name="unit", command=command, counts_tests=True, again=True, folder=tmp_path)


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


def test_what_is_timed_runs_alone() -> None:
    stages = everything(full=False)
    assert [stage.name for stage in stages if stage.alone] == ["bench"]
    assert stages[-1].name == "bench"
    assert "-n" not in stages[-1].command


def test_a_stage_beside_others_is_done_before_one_that_is_timed(tmp_path: Path) -> None:
    done, meeting = tmp_path / "done", tmp_path / "meeting"
    os.mkfifo(meeting)
    # Each end of the pipe waits for the other: both stages must be under way at once.
    met_then_done = f"open({str(meeting)!r}).read(); open({str(done)!r}, 'x')"
    tour = Stage(name="tour", command=[sys.executable, "-c", met_then_done], beside=True)
    unit = Stage(name="unit", command=[sys.executable, "-c", f"open({str(meeting)!r}, 'w').close()"], limit_s=30)
    bench = Stage(name="bench", command=[sys.executable, "-c", f"open({str(done)!r})"], alone=True)
    results = run_all([tour, unit, bench])
    assert [(result.name, result.ok) for result in results] == [("tour", True), ("unit", True), ("bench", True)]


@pytest.mark.slow
def test_what_failed_beside_others_and_passes_alone_is_named_and_no_failure(tmp_path: Path) -> None:
    stage = _pytest_stage(tmp_path, 1, SHAKY)
    first = run(stage)
    assert first.counts["failed"] == 2
    second = run_again(stage, first)
    assert second.ok
    lines = summary([second]).splitlines()
    assert lines[-1] == "3 passed, 0 failed"
    assert sum(line.startswith("shaky: test_three.py::test_ill_once[") for line in lines) == 2


@pytest.mark.slow
def test_what_fails_alone_as_well_fails_the_run(tmp_path: Path) -> None:
    stage = _pytest_stage(tmp_path, 2, SHAKY)
    second = run_again(stage, run(stage))
    assert not second.ok
    assert summary([second]).splitlines()[-1] == "2 passed, 1 failed"


@pytest.mark.slow
def test_many_failures_are_no_accident(tmp_path: Path) -> None:
    stage = _pytest_stage(tmp_path, 1, SHAKY.replace("{tests}", str(MOST_AGAIN + 1)))
    first = run(stage)
    assert run_again(stage, first) is first


def test_a_tour_that_failed_beside_the_tests_is_run_once_more(tmp_path: Path) -> None:
    ill_once = "import pathlib, sys; p = pathlib.Path('been'); sys.exit(not p.exists() and (p.touch() or 1))"
    tour = Stage(name="tour", command=[sys.executable, "-c", ill_once], beside=True, again=True, folder=tmp_path)
    results = run_all([tour])
    assert [(result.ok, result.shaky) for result in results] == [(True, ("tour",))]
    tour = replace(tour, command=[sys.executable, "-c", "raise SystemExit(1)"])
    assert not run_all([tour])[0].ok
