"""The store's lane for the call in hand: the sync lets it pass, until what came of it is painted."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from core.store.courtesy import Courtesy
from desktop.jobs import Jobs


class AgentsLane:
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
        return self._jobs.store(self._asker, work, answer, failed, first=True)
