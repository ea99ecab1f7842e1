"""One run: its commands in processes of their own, one after the other; how far they are is kept as they say it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import structlog
from msgspec import Struct
from sqlalchemy.exc import SQLAlchemyError

from core.domain.job import RunState
from core.domain.masking import mask_text
from core.server.db import job_runs
from core.server.db.engine import Database
from core.server.jobs.claim import HELD, Claim

_BEAT_S = 20.0
_END_S = 10.0
_KEEP_TRIES, _KEEP_S = 10, 6.0
"""how often, and how far apart, the end of a run is written while the database is away; others take it for theirs after
`HELD`"""
_LINES_KEPT = 3
_log = structlog.get_logger("stayline.jobs")


class Where(Struct, frozen=True):
    """Which data the commands work on."""

    folder: Path
    url: str
    """of the database; it goes by the environment, since a process list shows options"""
    tenant: str = "main"

    def command(self, words: Sequence[str]) -> list[str]:
        """`words` with the place, as a process of this program."""
        place = ["--data", str(self.folder), "--tenant", self.tenant]
        return [sys.executable, "-m", "core.server.jobs.child", *words, *place]


class Stopped(Exception):
    """The server ends: the run is taken up again at its next start."""


class Lost(Exception):
    """Another has taken the run up."""


class Runner:
    """Of one server process. `stop` ends what runs, from any thread."""

    def __init__(self, database: Database, where: Where, *, beat_s: float = _BEAT_S, keep_s: float = _KEEP_S) -> None:
        self._database, self._where = database, where
        self._beat_s, self._keep_s = beat_s, keep_s
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._stopped, self._over = False, threading.Event()

    def stop(self) -> None:
        self._over.set()
        with self._lock:
            self._stopped = True
            if self._child is not None:
                _end(self._child)

    def run(self, claim: Claim) -> RunState:
        """How it ended; that is kept, and told in the log. SKIPPED: it became another's while it waited, and nothing
        was run, or while it ran, and it was ended."""
        if not self._is_ours(claim, ""):
            return self._is_anothers(claim)
        with self._held(claim) as told:
            try:
                failed = next((error for words in claim.runs if (error := self._command(words, told))), "")
            except Stopped:
                return self._put_off(claim)
            except Lost:
                return self._is_anothers(claim)
            except OSError as error:
                failed = f"{type(error).__name__}: {error.strerror or ''}"
        return self._ended(claim, told, failed)

    def _is_ours(self, claim: Claim, step: str) -> bool:
        """It is held for a while from now on, or another has it."""
        with self._database.write() as unit:
            return job_runs.beat(unit, claim, step=step, held_until=unit.now + HELD)

    def _is_anothers(self, claim: Claim) -> RunState:
        _log.warning("a job was taken up by another", job=claim.job, tries=claim.tries)
        return RunState.SKIPPED

    def _command(self, words: Sequence[str], told: "_Told") -> str:
        """What it said last where it failed; empty where it did its work. Raises Stopped, Lost, OSError."""
        with self._lock:
            if self._stopped:
                raise Stopped
            if told.lost:
                raise Lost
            told.began = monotonic()
            environment = os.environ | {"STAYLINE_DATABASE_URL": self._where.url, "PYTHONIOENCODING": "utf-8"}
            self._child = child = subprocess.Popen(
                self._where.command(words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", env=environment,
                start_new_session=True,
            )  # fmt: skip
        assert child.stdout is not None
        with child.stdout:
            for line in child.stdout:
                told.say(line)
        status = child.wait()
        with self._lock:
            self._child = None
            if self._stopped:
                raise Stopped
            if told.lost:
                raise Lost
        if told.endless:
            return f"{' '.join(words)}: it took too long and was ended; {told.last()}"
        return "" if status == 0 else f"{' '.join(words)} ({status}): {told.last()}"

    def _put_off(self, claim: Claim) -> RunState:
        with self._database.write() as unit:
            job_runs.end(unit, claim, RunState.FAILED, error="the server was stopped", again_at=unit.now)
        return RunState.FAILED

    def _ended(self, claim: Claim, told: "_Told", failed: str) -> RunState:
        state = RunState.FAILED if failed else RunState.DONE
        again = failed != "" and claim.tries < claim.tries_most

        def keep() -> bool:
            with self._database.write() as unit:
                again_at = unit.now + claim.again_after if again else None
                return job_runs.end(unit, claim, state, step=told.step, error=failed, again_at=again_at)

        if not self._kept(keep):
            return self._is_anothers(claim)
        if failed:
            _log.error("a job failed", job=claim.job, tries=claim.tries, again=again, why=failed[:200])
        else:
            _log.info("a job is done", job=claim.job, tries=claim.tries)
        return state

    def _kept(self, keep: Callable[[], bool]) -> bool:
        """A database that is away for a moment must not make what is done look as if its runner were gone: it would be
        done twice. Raises SQLAlchemyError where it stays away."""
        for _ in range(_KEEP_TRIES - 1):
            try:
                return keep()
            except SQLAlchemyError as error:
                _log.error("the end of a job waits for the database", error=type(error).__name__)
                if self._over.wait(self._keep_s):
                    break
        return keep()

    @contextmanager
    def _held(self, claim: Claim) -> Iterator["_Told"]:
        """Others see that it runs, and what it is at, until the block ends."""
        told, over = _Told(), threading.Event()

        def beat() -> None:
            while not over.wait(self._beat_s):
                try:
                    ours = self._is_ours(claim, told.step)
                except SQLAlchemyError as error:
                    # One that fails must not be the last: the run would look as if its runner were gone.
                    _log.error("a job waits for the database", error=type(error).__name__)
                    continue
                if not ours:
                    self._lose(told)
                    return
                if monotonic() - told.began > claim.longest.total_seconds():
                    self._give_up(told)

        thread = threading.Thread(target=beat, name="job-beat", daemon=True)
        thread.start()
        try:
            yield told
        finally:
            over.set()
            thread.join(_END_S)

    def _give_up(self, told: "_Told") -> None:
        """A command that hangs would keep all jobs waiting for good."""
        with self._lock:
            told.endless = True
            if self._child is not None:
                _end(self._child)

    def _lose(self, told: "_Told") -> None:
        """Another has taken it up: both at once would do its work twice."""
        with self._lock:
            told.lost = True
            if self._child is not None:
                _end(self._child)


def _end(child: subprocess.Popen[str]) -> None:
    """The process and what it has begun; one that is gone already is no trouble."""
    if os.name != "posix":
        child.terminate()
        return
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)


class _Told:
    """What a command said last. One thread writes, others read."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.began = monotonic()
        """the command that runs"""
        self.endless = False
        """it took longer than it may"""
        self.lost = False
        """another runs it by now"""

    @property
    def step(self) -> str:
        return self._lines[-1] if self._lines else ""

    def say(self, line: str) -> None:
        if words := mask_text(line.replace("\0", "").strip()):
            self._lines = [*self._lines[1 - _LINES_KEPT :], words]

    def last(self) -> str:
        return " ".join(self._lines)
