"""The stages of build/check and build/test: one after the other, each with its time, and a summary at the end.

A failing stage does not stop the later ones: one run tells everything that is wrong. What failed beside others runs
once more alone, as the machine may be shared; it fails for good only where it fails there too, and is named either way.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
WINDOW_TESTS = ("tests/desktop", "tests/tour")
TIMED_OUT = 124
MOST_AGAIN = 5
"""failures of one stage that run again: more of them are no accident"""
INTEGRATION_TESTS = ("tests/server", "tests/store", "tests/sync", "tests/importing", "tests/integration", "tests/build")


@dataclass(frozen=True, kw_only=True)
class Stage:
    name: str
    command: list[str]
    limit_s: int = 300
    """far above what it takes: it ends what hangs, and a machine that others use is no failure"""
    counts_tests: bool = False
    """a pytest run, whose results are counted into the last line"""
    beside: bool = False
    """runs while the next stages do, up to those that are timed; its output comes when it is done"""
    alone: bool = False
    """timed: begins once nothing runs beside it"""
    again: bool = False
    """where it failed, it runs once more with nothing beside it; of a pytest run the tests that failed"""
    folder: Path = ROOT
    """where the command runs"""


@dataclass(kw_only=True)
class Result:
    name: str
    seconds: float
    status: int
    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})
    failures: tuple[str, ...] = ()
    """the tests that failed, as pytest is given them"""
    shaky: tuple[str, ...] = ()
    """what failed beside others and passed alone"""

    @property
    def ok(self) -> bool:
        return self.status == 0 and not self.counts["failed"]


def checks() -> list[Stage]:
    """What every commit passes."""
    return [
        Stage(name="format", command=[_tool("ruff"), "format", "--check", "."]),
        Stage(name="lint", command=[_tool("ruff"), "check", "."]),
        Stage(name="types", command=[_tool("mypy")]),
        Stage(name="contracts", command=[_tool("lint-imports")]),
        Stage(name="content", command=[sys.executable, "build/check_content.py"]),
    ]


def quick() -> list[Stage]:
    return [
        *checks(),
        _pytest("unit", _unit_folders(), "-m", "not slow and not postgres and not thorough", "-n", "2", limit_s=120),
    ]


def everything(*, full: bool) -> list[Stage]:
    chosen = ["-m", "not slow"] if not full else []
    long = 4 if full else 1
    return [
        *checks(),
        # Most of its time is talk that is waited for.
        Stage(name="tour", command=["build/run", "--tour", ".cache/tour"], limit_s=1200, beside=True, again=True),
        _pytest("unit", _unit_folders(), *chosen, "-n", "2", limit_s=600 * long),
        _pytest("window", _there(WINDOW_TESTS), *chosen, "-n", "2", limit_s=1200 * long),
        # Long waits for disks and processes: two goals beside each other.
        Stage(
            name="prove",
            command=["build/prove", "--held", "--jobs", "2", "--scale", "full" if full else "quick"],
            limit_s=900 if not full else 6 * 3600,
            beside=True,
        ),
        _pytest("integration", _there(INTEGRATION_TESTS), *chosen, "-n", "2", limit_s=1800 * long),
        Stage(
            name="bench",
            command=["build/bench", *([] if full else ["--smoke"])],
            limit_s=360 if not full else 3600,
            alone=True,
        ),
    ]


def _unit_folders() -> list[str]:
    apart = {*WINDOW_TESTS, *INTEGRATION_TESTS}
    folders = sorted(path.parent for path in (ROOT / "tests").glob("*/test_*.py"))
    return [name for name in dict.fromkeys(str(folder.relative_to(ROOT)) for folder in folders) if name not in apart]


def _there(folders: tuple[str, ...]) -> list[str]:
    return [folder for folder in folders if any((ROOT / folder).rglob("test_*.py"))]


def _pytest(name: str, folders: list[str], *options: str, limit_s: int) -> Stage:
    command = [sys.executable, "-m", "pytest", "-q", *options, *folders]
    return Stage(name=name, command=command, limit_s=limit_s, counts_tests=True, again=True)


def _tool(name: str) -> str:
    return str(BIN / name)


def run(stage: Stage) -> Result:
    """Run one stage to its end or its limit; its output goes straight to the terminal."""
    program = " ".join([Path(stage.command[0]).name, *stage.command[1:]])
    print(f"\n── {stage.name}: {program}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [*stage.command, f"--junitxml={report}"] if stage.counts_tests else stage.command
        start = time.monotonic()
        status = _run_apart(stage, command) if stage.beside else _run_for(stage, command)
        result = Result(name=stage.name, seconds=time.monotonic() - start, status=status)
        if report.exists():
            result.counts, result.failures = _counted(report), _failures(report, stage.folder)
    return result


def run_again(stage: Stage, first: Result) -> Result:
    """What failed, once more; what passes now is told as shaky. `first` where a second run can mend nothing."""
    if first.ok or not stage.again or first.status == TIMED_OUT:
        return first
    if not stage.counts_tests:
        second = run(replace(stage, name=f"{stage.name} again", beside=False))
        return replace(second, name=stage.name, seconds=first.seconds + second.seconds, shaky=(stage.name,))
    if not 0 < len(first.failures) <= MOST_AGAIN:
        return first
    failed = [sys.executable, "-m", "pytest", "-q", *first.failures]
    second = run(replace(stage, name=f"{stage.name} again", command=failed, beside=False))
    well = second.counts["passed"]
    counts = {**first.counts, "passed": first.counts["passed"] + well, "failed": first.counts["failed"] - well}
    shaky = tuple(name for name in first.failures if name not in second.failures) if well else ()
    return Result(
        name=stage.name, seconds=first.seconds + second.seconds, status=second.status, counts=counts, shaky=shaky
    )


def _run_apart(stage: Stage, command: list[str]) -> int:
    """Its output is kept together and shown at the end."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as kept:
        status = _run_for(stage, command, kept)
        kept.seek(0)
        print(kept.read(), flush=True)
    return status


def _run_for(stage: Stage, command: list[str], output: IO[str] | None = None) -> int:
    process = subprocess.Popen(
        command,
        cwd=stage.folder,
        env=os.environ,
        start_new_session=True,
        stdout=output,
        stderr=output and subprocess.STDOUT,
    )
    try:
        return process.wait(stage.limit_s)
    except subprocess.TimeoutExpired:
        print(f"not done within {stage.limit_s} s", flush=True)
        return TIMED_OUT
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _counted(report: Path) -> dict[str, int]:
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        total, skipped = int(suite.get("tests", "0")), int(suite.get("skipped", "0"))
        failed = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        counts["failed"] += failed
        counts["skipped"] += skipped
        counts["passed"] += max(0, total - failed - skipped)
    return counts


def _failures(report: Path, folder: Path) -> tuple[str, ...]:
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return tuple(
        _node(folder, case.get("classname", ""), case.get("name", ""))
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    )


def _node(folder: Path, classname: str, name: str) -> str:
    """`tests.room.test_file[.Class]` and the test's name as pytest is given them."""
    parts = classname.split(".")
    deep = next((n for n in range(len(parts), 0, -1) if (folder / Path(*parts[:n])).with_suffix(".py").exists()), 0)
    if not deep:
        return name
    return "::".join((str(Path(*parts[:deep]).with_suffix(".py")), *parts[deep:], name))


def summary(results: list[Result]) -> str:
    """Each stage's time and end; the last line counts tests as pytest does, a failed stage without tests as one."""
    lines = ["", "stage          seconds"]
    lines += [f"{r.name:<12} {r.seconds:>9.1f}  {'ok' if r.ok else f'FAILED ({r.status})'}" for r in results]
    lines.append(f"{'all':<12} {sum(r.seconds for r in results):>9.1f}")
    lines += [f"shaky: {name} failed beside others and passed alone" for r in results if r.ok for name in r.shaky]
    total = {key: sum(r.counts[key] for r in results) for key in ("passed", "failed", "skipped")}
    total["failed"] += sum(not r.ok and not r.counts["failed"] for r in results)
    total["passed"] += sum(r.ok and not any(r.counts.values()) for r in results)
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    return "\n".join([*lines, f"{total['passed']} passed, {total['failed']} failed{skipped}"])


def run_all(stages: list[Stage]) -> list[Result]:
    """In the order of `stages`, whatever ran beside what; what failed runs again before anything that is timed."""
    timed = [stage for stage in stages if stage.alone]
    others = [stage for stage in stages if not stage.alone]
    with ThreadPoolExecutor() as apart:
        found: list[Result | Future[Result]] = [
            apart.submit(run, stage) if stage.beside else run(stage) for stage in others
        ]
        results = [one.result() if isinstance(one, Future) else one for one in found]
    results = [run_again(stage, result) for stage, result in zip(others, results, strict=True)]
    return [*results, *(run(stage) for stage in timed)]


def main(argv: list[str]) -> int:
    """0 where every stage is well."""
    parser = argparse.ArgumentParser(prog="build/test")
    parser.add_argument("which", choices=("check", "test"))
    parser.add_argument("--full", action="store_true", help="the long scales as well")
    options = parser.parse_args(argv)
    stages = quick() if options.which == "check" else everything(full=options.full)
    start = time.monotonic()
    results = run_all(stages)
    print(f"\n{time.monotonic() - start:.0f} s by the clock", flush=True)
    print(summary(results), flush=True)
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
