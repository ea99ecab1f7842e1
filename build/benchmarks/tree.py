"""What a program and all that it starts cost: wall time, CPU time, peak memory of the whole tree."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

SAMPLE_S = 0.01


@dataclass(frozen=True, kw_only=True)
class Cost:
    seconds: float
    cpu_s: float
    """user and system, of the tree"""
    peak_bytes: int
    """resident memory of the tree, sampled every 10 ms"""
    status: int
    output: bytes


def run_tree(command: list[str], *, cwd: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a program to its end and say what it cost."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE
    )  # fmt: skip
    peak = _Peak(process.pid)
    assert process.stdout is not None
    output = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        seconds=seconds,
        cpu_s=usage.ru_utime + usage.ru_stime,
        peak_bytes=max(peak.stop(), usage.ru_maxrss * 1024),
        status=process.returncode,
        output=output,
    )


class _Peak:
    """Samples beside the program: the sum over the tree is known to nobody else."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._peak, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_S):
            self._peak = max(self._peak, self._now())

    def _now(self) -> int:
        total = 0
        try:
            for process in (self._root, *self._root.children(recursive=True)):
                total += process.memory_info().rss
        except psutil.Error:
            # One of them ended while we looked: this sample is one too few, the next is whole.
            return total
        return total
