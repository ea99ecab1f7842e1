"""The processes of one start: whatever ends it, none is left behind."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

PATIENCE_S = 10.0


class CouldNotStart(Exception):
    """A process did not come up; the text says what it said."""


class Children:
    """Starts processes in groups of their own, and ends them last to first on leaving."""

    def __init__(self, *, cwd: Path) -> None:
        self._cwd = cwd
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A second Ctrl+C must not leave a server behind.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        for process in reversed(self._running):
            _end(process)
        signal.signal(signal.SIGINT, before)

    def start(
        self, command: list[str], *, environment: Mapping[str, str] | None = None, stdout: int | None = None,
        stderr: IO[bytes] | None = None,
    ) -> subprocess.Popen[bytes]:  # fmt: skip
        """A process that is ended with the others; a Ctrl+C at the terminal does not reach it by itself."""
        process = subprocess.Popen(
            command,
            cwd=self._cwd,
            env={**os.environ, **(environment or {})},
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        self._running.append(process)
        return process

    def run(self, command: list[str], *, environment: Mapping[str, str] | None = None) -> int:
        """Start, wait, give the exit status."""
        return self.start(command, environment=environment).wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout is not None:
        process.stdout.close()
