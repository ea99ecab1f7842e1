"""Work off the UI thread: a serial lane for the store with a fast one beside it, a small pool for the network, and a
lane for what takes seconds.

What the agent does goes first, on a thread of its own: a long look at the queue that has begun keeps no save waiting.
What takes seconds (a review read, a workbook written) runs beside all of them, one after another: nobody waits for it,
not even at the end, and it stops where it is not wanted any more.

A job is a plain function; its result comes back on the UI thread, and is dropped when the asker is gone. No job fails
silently: an error goes to the asker's `failed`, or else to the runner's `unhandled` signal, which the shell shows.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from msgspec import Struct
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desktop.effort import Effort, Stopped

T = TypeVar("T")
SWITCH_S = 0.0005
NETWORK_THREADS = 3


class Job:
    """A job under way; `cancel()` drops its result, it does not stop a function that runs."""

    __slots__ = ("abandoned", "cancelled")

    def __init__(self) -> None:
        self.cancelled = False
        self.abandoned = False
        """cancelled, and its error is nobody's concern any more"""

    def cancel(self) -> None:
        self.cancelled = True


class _Answer(Struct, eq=False):
    job: Job
    asker: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    value: Any = None
    error: Exception | None = None


class _Ahead:
    """How many jobs that go first were asked, and how many are done: a look asked after one of them sees its work."""

    def __init__(self) -> None:
        self._asked = self._done = 0
        self._changed = threading.Condition()

    def ask(self) -> None:
        with self._changed:
            self._asked += 1

    @property
    def asked(self) -> int:
        return self._asked

    def finish(self) -> None:
        with self._changed:
            self._done += 1
            self._changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._done >= count)


class _Run(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def _own_thread(parent: QObject) -> QThreadPool:
    """One thread, jobs in the order asked; it lives as long as the window and keeps its database connection."""
    pool = QThreadPool(parent)
    pool.setMaxThreadCount(1)
    pool.setExpiryTimeout(-1)
    return pool


def _perform(work: Callable[[], Any], answer: _Answer, runner: "Jobs") -> None:
    if answer.job.cancelled:
        return
    try:
        answer.value = work()
    except Exception as error:  # carried to the UI thread, where it is handled or shown
        answer.error = error
    runner.hand_over(answer)


class _Beside:
    """A few threads that nothing has to wait for, not even the end of the program; none stays when all is done."""

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name, self._running = most, name, 0
        self._waiting: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._still = threading.Condition(self._lock)

    def start(self, work: Callable[[], None]) -> None:
        with self._lock:
            self._waiting.append(work)
            if self._running == self._most:
                return
            self._running += 1
        threading.Thread(target=self._run, name=self._name, daemon=True).start()

    def rest(self, within_s: float) -> bool:
        """Whether nothing runs any more, now or within these seconds."""
        with self._still:
            return self._still.wait_for(lambda: not self._running, within_s)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running -= 1
                    self._still.notify_all()
                    return
                work = self._waiting.popleft()
            work()


class Jobs(QObject):
    """Runs jobs; lives on the UI thread."""

    unhandled = Signal(object)
    """Exception of a job whose asker did not say what to do with it"""
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # By default a thread that works in Python keeps the others from it for 5 ms at a time, at each call into Qt.
        sys.setswitchinterval(SWITCH_S)
        self._store, self._first = _own_thread(self), _own_thread(self)
        self._network, self._heavy = _Beside(NETWORK_THREADS, "network"), _Beside(1, "heavy")
        self._ahead = _Ahead()
        self._handing = threading.Lock()
        """held while an answer is passed on: nobody abandons it, nor lets go of this, in the middle of that"""
        self._asking: dict[Job, Effort | None] = {}
        """of the network and of what takes seconds, not yet answered"""
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def store(
        self,
        asker: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        first: bool = False,
    ) -> Job:
        """Run `work` on the store's lane: jobs run one after another in the order asked.

        Those that go `first` wait for each other alone; the others see what those asked before them have done.
        """
        job = Job()
        answer = _Answer(job, asker, done, failed)
        if first:
            self._ahead.ask()
            self._first.start(_Run(lambda: self._go_first(work, answer)))
        else:
            before = self._ahead.asked
            self._store.start(_Run(lambda: self._follow(before, work, answer)))
        return job

    def _go_first(self, work: Callable[[], Any], answer: _Answer) -> None:
        try:
            _perform(work, answer, self)
        finally:
            self._ahead.finish()

    def _follow(self, before: int, work: Callable[[], Any], answer: _Answer) -> None:
        self._ahead.wait_for(before)
        _perform(work, answer, self)

    def network(
        self,
        asker: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run `work` beside others; for what may take seconds."""
        job = Job()
        answer = _Answer(job, asker, done, failed)
        self._asking[job] = None
        self._network.start(lambda: _perform(work, answer, self))
        return job

    def heavy(
        self,
        asker: QObject,
        work: Callable[[Effort], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        let_pass: Callable[[], None] = lambda: None,
    ) -> Effort:
        """Run what may take seconds, one after another, beside every other lane; `let_pass` is called at each of its
        steps, on its thread. What is stopped comes back as Stopped, or as done where it was past its last step."""
        job, effort = Job(), Effort(let_pass)
        answer = _Answer(job, asker, done, failed)
        self._asking[job] = effort

        def begin() -> T:
            effort.step(0, 0)
            return work(effort)

        self._heavy.start(lambda: _perform(begin, answer, self))
        return effort

    def hand_over(self, answer: _Answer) -> None:
        """Called on a worker thread: pass the answer to the UI thread."""
        with self._handing:
            if not answer.job.abandoned and shiboken6.isValid(self):
                self._finished.emit(answer)

    def drain(self) -> None:
        """Wait until everything asked of the store has run, which takes milliseconds; for leaving a desk."""
        self._first.waitForDone()
        self._store.waitForDone()

    def abandon(self) -> None:
        """Give up what was asked of the network, and what takes seconds: neither a server that hangs nor a workbook
        keeps anybody from leaving."""
        with self._handing:
            for job in self._asking:
                job.cancelled = job.abandoned = True
        for effort in self._asking.values():
            if effort is not None:
                effort.stop()
        self._asking.clear()

    def put_away(self, within_s: float) -> bool:
        """Let what was abandoned reach its next step, at the end of the program, so that no half of a file is left
        behind; whether it did within these seconds."""
        return self._heavy.rest(within_s)

    def _take(self, answer: _Answer) -> None:
        if answer.done is None:
            return
        try:
            answer.done(answer.value)
        except Exception as error:
            # Raised on into Qt alone it would reach a log that nobody sees, and the window would say nothing.
            self.unhandled.emit(error)
            raise

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        self._asking.pop(answer.job, None)
        if answer.job.abandoned:
            return
        if answer.job.cancelled or not shiboken6.isValid(answer.asker):
            if answer.error is not None:
                self.unhandled.emit(answer.error)
            return
        if answer.error is None:
            self._take(answer)
        elif answer.failed is not None:
            answer.failed(answer.error)
        elif not isinstance(answer.error, Stopped):
            self.unhandled.emit(answer.error)
