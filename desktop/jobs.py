"""Work off the UI thread: one serial lane for the store, a small pool for the network.

A job is a plain function; its result comes back on the UI thread, and is dropped when the asker is gone. No job fails
silently: an error goes to the asker's `failed`, or else to the runner's `unhandled` signal, which the shell shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

T = TypeVar("T")


@dataclass(eq=False)
class Job:
    """A job under way; `cancel()` drops its result, it does not stop a function that runs."""

    cancelled: bool = field(default=False)

    def cancel(self) -> None:
        self.cancelled = True


@dataclass(eq=False)
class _Answer:
    job: Job
    asker: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    value: Any = None
    error: Exception | None = None


class _Task(QRunnable):
    def __init__(self, work: Callable[[], Any], answer: _Answer, runner: "Jobs") -> None:
        super().__init__()
        self._work, self._answer, self._runner = work, answer, runner

    def run(self) -> None:
        if not self._answer.job.cancelled:
            try:
                self._answer.value = self._work()
            except Exception as error:  # carried to the UI thread, where it is handled or shown
                self._answer.error = error
            self._runner.hand_over(self._answer)


class Jobs(QObject):
    """Runs jobs; lives on the UI thread."""

    unhandled = Signal(object)
    """Exception of a job whose asker did not say what to do with it"""
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._network = QThreadPool(self), QThreadPool(self)
        self._store.setMaxThreadCount(1)
        # The lane's thread owns its database connection: let it live as long as the window.
        self._store.setExpiryTimeout(-1)
        self._network.setMaxThreadCount(3)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def store(
        self,
        asker: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run `work` on the store's lane: jobs run one after another in the order asked."""
        return self._start(self._store, asker, work, done, failed)

    def network(
        self,
        asker: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run `work` beside others; for what may take seconds."""
        return self._start(self._network, asker, work, done, failed)

    def hand_over(self, answer: _Answer) -> None:
        """Called on a worker thread: pass the answer to the UI thread."""
        if shiboken6.isValid(self):
            self._finished.emit(answer)

    def drain(self) -> None:
        """Wait until everything asked has run; for closing the program."""
        self._store.waitForDone()
        self._network.waitForDone()

    def _start(
        self,
        pool: QThreadPool,
        asker: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> Job:
        job = Job()
        pool.start(_Task(work, _Answer(job, asker, done, failed), self))
        return job

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        if answer.job.cancelled or not shiboken6.isValid(answer.asker):
            if answer.error is not None:
                self.unhandled.emit(answer.error)
            return
        if answer.error is None:
            if answer.done is not None:
                answer.done(answer.value)
        elif answer.failed is not None:
            answer.failed(answer.error)
        else:
            self.unhandled.emit(answer.error)
