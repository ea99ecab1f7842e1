"""A desk without a window, as a process that can be killed: the real store and sync, which save outcomes and upload.

Processes are forked from a clean one that has imported everything, so that a kill costs milliseconds, not a start.
What is acknowledged to the agent is told on a pipe the moment after.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from store_kit import a_document, a_task, saved

from core.domain.people import Agent, Role
from core.domain.task import Task
from core.store.key import StoreKey

KEY = StoreKey("5a" * 32)
PASSWORD = "stayline-demo"
PRELOADED = ["desk_process", "core.sync.syncer", "core.sync.sign_in", "core.store.opening", "requests", "store_kit"]
Work = Callable[..., None]
READ_S = 3.0
"""A desk's own deadline. Ten desks on two cores wait for each other's batches: one of half a second gave up on most of
them, asked again, and so kept the server from ever being done."""


def agent(number: int) -> Agent:
    """An agent who takes calls; `number` from 0."""
    return Agent(
        staff_number=str(3100 + number), name=f"员工{number}", role=Role.OUTBOUND_REPRESENTATIVE, team="T1",
        team_name="一班", skills=("4g-upgrade",),
    )  # fmt: skip


def task_of(number: int, to: str) -> Task:
    """Somebody's task, as it is loaded; tasks and customers are numbered through."""
    now = datetime.now(UTC)
    return a_task(number, assigned_to=to, created_at=now, due_at=None)


def pairs(first: int, count: int, to: str) -> list[Any]:
    """Customers with tasks on that desk."""
    return [(a_document(n, numbers=(f"100{n:08d}",)), task_of(n, to)) for n in range(first, first + count)]


class Killable:
    """A process of its own that runs `work(pipe, *args)` and can be killed at any moment."""

    def __init__(self, work: Work, *args: object, preload: Sequence[str] = PRELOADED) -> None:
        """What the first one says to preload is preloaded for all."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, *args), daemon=True)
        self._process.start()
        theirs.close()

    def told(self, *, within_s: float) -> Any:
        """The next thing it tells; None where it ended or says nothing for so long."""
        try:
            return self._pipe.recv() if self._pipe.poll(within_s) else None
        except (EOFError, ConnectionResetError):
            return None

    def all_told(self) -> list[Any]:
        """What it had told and nobody has heard yet."""
        heard = []
        while (one := self.told(within_s=0)) is not None:
            heard.append(one)
        return heard

    def kill(self) -> bool:
        """kill -9, and wait until it is gone; whether it ran until then, and died of that."""
        ran = self._process.exitcode is None
        self._process.kill()
        self._process.join(30)
        return ran and self._process.exitcode == -signal.SIGKILL

    def close(self) -> list[Any]:
        """Kill it where it still runs; gives what it had told and nobody has heard."""
        self.kill()
        rest = self.all_told()
        self._pipe.close()
        return rest

    @property
    def exit_code(self) -> int | None:
        """Minus the signal that ended it; None while it runs, and not to be asked once it is closed."""
        return self._process.exitcode

    def wait(self, within_s: float) -> bool:
        """Whether it ended by itself in time."""
        self._process.join(within_s)
        return self._process.exitcode is not None


def first_sign_in(folder: Path, url: str, staff_number: str) -> None:
    """Makes the desk's store and keeps a session in it, as the first morning does."""
    from core.store.opening import open_store
    from core.sync.sign_in import sign_in_online
    from core.sync.transport import Transport

    store = open_store(folder, KEY)
    transport = Transport(url, read_s=10)
    sign_in_online(store, transport, staff_number, PASSWORD)
    transport.close()
    store.close()


def product_desk(
    pipe: Connection, folder: Path, url: str, staff_number: str, numbers: Sequence[int], mark: str
) -> None:
    """Saves an outcome for each task that has none yet, then waits until all are uploaded; tells ("saved", mark)."""
    from core.store.opening import open_store
    from core.sync.syncer import Syncer
    from core.sync.transport import Transport

    _quiet()
    store = open_store(folder, KEY)
    syncer = Syncer(
        store, Transport(url, connect_s=1, read_s=READ_S), lambda _news: None, poll_s=0.1, longest_pause_s=0.1
    )
    syncer.start()
    start, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    done = {row.task_id for row in store.saved_between(start, end, limit=1_000_000)}
    for number in numbers:
        task = task_of(number, staff_number)
        if task.id in done:
            continue
        note = f"{mark}{number}"
        store.save(saved(task, agent=staff_number, recorded_at=datetime.now(UTC), note=note, result="not_needed"))
        pipe.send(("saved", note))
        syncer.wake()
        time.sleep(0.002)
    while store.outbox_state().waiting:
        time.sleep(0.02)
    pipe.send(("uploaded", ""))
    while True:
        time.sleep(1)


def naive_desk(pipe: Connection, folder: Path, url: str, staff_number: str, numbers: Sequence[int], mark: str) -> None:
    """The same desk without an outbox: it says "saved" before anything is kept, and asks again under a new id."""
    import msgspec

    from core.domain.errors import StaylineError
    from core.store.opening import open_store
    from core.sync.session import remembered
    from core.sync.transport import Transport

    _quiet()
    store = open_store(folder, KEY)
    kept = remembered(store)
    transport = Transport(url, connect_s=1, read_s=READ_S)
    transport.access_token = kept.access_token if kept else ""
    waiting: list[int] = []

    def upload() -> None:
        while True:
            if not waiting:
                time.sleep(0.002)
                continue
            task, note = task_of(waiting[0], staff_number), f"{mark}{waiting[0]}"
            item = saved(task, agent=staff_number, recorded_at=datetime.now(UTC), note=note, result="not_needed")
            try:
                transport.push([msgspec.json.encode(item)])
            except StaylineError:
                continue
            waiting.pop(0)

    threading.Thread(target=upload, daemon=True).start()
    for number in numbers:
        waiting.append(number)
        pipe.send(("saved", f"{mark}{number}"))
        time.sleep(0.005)
    while waiting:
        time.sleep(0.02)
    pipe.send(("uploaded", ""))
    while True:
        time.sleep(1)


def _quiet() -> None:
    """Many desks beside each other give way to the server and to whatever else the machine does."""
    os.nice(5)
