"""The stages of build/check and build/test: one after the other, each with its time, and a summary at the end.

A failing stage does not stop the later ones: one run tells everything that is wrong.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
WINDOW_TESTS = ("tests/desktop", "tests/tour")
INTEGRATION_TESTS = ("tests/server", "tests/store", "tests/sync", "tests/importing", "tests/integration", "tests/build")


@dataclass(frozen=True, kw_only=True)
class Stage:
    name: str
    command: list[str]
    limit_s: int = 300
    counts_tests: bool = False
    """a pytest run, whose results are counted into the last line"""
    beside: bool = False
    """runs while the next stages do, up to those that are timed; its output comes when it is done"""
    alone: bool = False
    """timed: begins once nothing runs beside it"""


@dataclass(kw_only=True)
class Result:
    name: str
    seconds: float
    status: int
    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})

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
        Stage(name="tour", command=["build/run", "--tour", ".cache/tour"], limit_s=720, beside=True),
        _pytest("unit", _unit_folders(), *chosen, "-n", "2", limit_s=420 * long),
        _pytest("window", _there(WINDOW_TESTS), *chosen, "-n", "2", limit_s=480 * long),
        _pytest("integration", _there(INTEGRATION_TESTS), *chosen, "-n", "2", limit_s=840 * long),
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
    return Stage(name=name, command=command, limit_s=limit_s, counts_tests=True)


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
        status = _run_apart(command, stage.limit_s) if stage.beside else _run_for(command, stage.limit_s)
        result = Result(name=stage.name, seconds=time.monotonic() - start, status=status)
        if report.exists():
            result.counts = _counted(report)
    return result


def _run_apart(command: list[str], limit_s: int) -> int:
    """Its output is kept together and shown at the end."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as kept:
        status = _run_for(command, limit_s, kept)
        kept.seek(0)
        print(kept.read(), flush=True)
    return status


def _run_for(command: list[str], limit_s: int, output: IO[str] | None = None) -> int:
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ, start_new_session=True, stdout=output, stderr=output and subprocess.STDOUT
    )
    try:
        return process.wait(limit_s)
    except subprocess.TimeoutExpired:
        print(f"not done within {limit_s} s", flush=True)
        return 124
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


def summary(results: list[Result]) -> str:
    """Each stage's time and end; the last line counts tests as pytest does, a failed stage without tests as one."""
    lines = ["", "stage          seconds"]
    lines += [f"{r.name:<12} {r.seconds:>9.1f}  {'ok' if r.ok else f'FAILED ({r.status})'}" for r in results]
    lines.append(f"{'all':<12} {sum(r.seconds for r in results):>9.1f}")
    total = {key: sum(r.counts[key] for r in results) for key in ("passed", "failed", "skipped")}
    total["failed"] += sum(not r.ok and not r.counts["failed"] for r in results)
    total["passed"] += sum(r.ok and not any(r.counts.values()) for r in results)
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    return "\n".join([*lines, f"{total['passed']} passed, {total['failed']} failed{skipped}"])


def run_all(stages: list[Stage]) -> list[Result]:
    """In the order of `stages`, whatever ran beside what."""
    with ThreadPoolExecutor() as apart:
        found: list[Result | Future[Result]] = []
        for stage in stages:
            if stage.alone:
                wait([one for one in found if isinstance(one, Future)])
            found.append(apart.submit(run, stage) if stage.beside else run(stage))
        return [one.result() if isinstance(one, Future) else one for one in found]


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
