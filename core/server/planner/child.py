"""The process that answers planners: one question at a time, given up when it is told to, ended after idle minutes."""

import queue
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from core.domain.errors import StaylineError
from core.server import logs
from core.server.planner.messages import Answered, Asked, Place, Trouble

if TYPE_CHECKING:
    from core.server.planner.answers import Answers

_log = structlog.get_logger("stayline.planner")


def main(pipe: Connection, place: Place, idle_s: float) -> None:
    """Runs until nothing was asked for `idle_s` seconds, or the server is gone."""
    # Ctrl+C is the server's, which ends this by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from core.server.db.engine import Database, open_engine
    from core.server.planner.answers import Answers

    logs.configure(debug=False)
    database = Database(open_engine(place.url), tenant=place.tenant)
    worker = _Worker(pipe, Answers(database, Path(place.data)))
    worker.start()
    try:
        # A server that has died ends this as one that closes the pipe.
        with suppress(EOFError, OSError):
            while pipe.poll(idle_s) or worker.busy:
                if pipe.poll(0):
                    worker.take(pipe.recv())
    finally:
        worker.end()
        database.close()


class _Worker:
    def __init__(self, pipe: Connection, answers: "Answers") -> None:
        self._pipe, self._answers = pipe, answers
        self._waiting: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: int | None = None
        self._given_up: set[int] = set()
        self._thread = threading.Thread(target=self._run, name="planner", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """What is being worked on is given up."""
        self._answers.stop()
        self._waiting.put(None)
        self._thread.join(timeout=2)

    @property
    def busy(self) -> bool:
        return self._running is not None or not self._waiting.empty()

    def take(self, asked: Asked) -> None:
        if asked.question is not None:
            self._waiting.put(asked)
            return
        with self._lock:
            self._given_up.add(asked.number)
            if self._running == asked.number:
                self._answers.stop()

    def _run(self) -> None:
        while (asked := self._waiting.get()) is not None:
            with self._lock:
                self._running = asked.number
                given_up = asked.number in self._given_up
            answer = Answered(asked.number, stopped=True) if given_up else self._answered(asked)
            with self._lock:
                self._running = None
                if asked.number in self._given_up:
                    self._given_up.discard(asked.number)
                    answer = Answered(asked.number, stopped=True)
            with suppress(OSError):
                self._pipe.send(answer)

    def _answered(self, asked: Asked) -> Answered:
        assert asked.question is not None
        try:
            return Answered(asked.number, self._answers.of(asked.question, asked.body))
        except StaylineError as error:
            return Answered(asked.number, trouble=Trouble(error.title, error.message, error.next_step))
        except Exception as error:
            with self._lock:
                given_up = asked.number in self._given_up
            if not given_up:
                _log.error("planner's question failed", question=asked.question.value, **logs.where(error))
            return Answered(asked.number, failed=type(error).__name__)
