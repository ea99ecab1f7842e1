"""The lanes as the call in hand asks them, and as those do who let the call pass."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from core.store.courtesy import Courtesy
from desktop.effort import Effort
from desktop.jobs import Jobs

PATIENCE_S = 0.6
"""an agent who never rests sees the queue no older than this"""


class AgentsLane:
    """For the call in hand: sync and queue let it pass, until what came of it is painted."""

    def __init__(self, jobs: Jobs, asker: QObject, courtesy: Courtesy) -> None:
        self._jobs, self._asker, self._courtesy = jobs, asker, courtesy

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> object:
        def answer(found: Any) -> None:
            self._courtesy.touch()
            if done is not None:
                done(found)
                self._courtesy.touch()

        self._courtesy.touch()
        return self._jobs.store(self._asker, work, answer, failed, first=True)


class PatientLane:
    """For what follows a step of the agent, such as the queue read anew.

    A thread that works in Python beside the painting makes it take a multiple of its time: each call into Qt gives
    the interpreter away, and has to win it back.
    """

    def __init__(self, jobs: Jobs, asker: QObject, courtesy: Courtesy) -> None:
        self._jobs, self._asker, self._courtesy = jobs, asker, courtesy

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> object:
        def patiently() -> Any:
            self._courtesy.let_pass(PATIENCE_S)
            with self._courtesy.patiently():
                return work()

        return self._jobs.store(self._asker, patiently, done, failed)


class BesideTheCall:
    """For what takes seconds: at each of its steps the call in hand goes first."""

    def __init__(self, jobs: Jobs, asker: QObject, courtesy: Courtesy) -> None:
        self._jobs, self._asker, self._courtesy = jobs, asker, courtesy

    def __call__(
        self,
        work: Callable[[Effort], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Effort:
        return self._jobs.heavy(self._asker, work, done, failed, let_pass=self._courtesy.let_pass)
