"""Simulated agents: each signs in at the real server, pulls its tasks and pushes what came of each call.

They speak through the desk's own transport, in the messages of /v1; what a customer answers comes from the fates.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import uuid4

import msgspec

from core.domain import decoding
from core.domain.call import CallRecord, Dial, Direction
from core.domain.outcome import Contact, Outcome, Verification
from core.domain.task import OPEN_STATES, Task
from core.sync.refusals import ServerBusy
from core.sync.transport import Transport
from core.wire.pull import Kind
from core.wire.push import Dialled, Saved, Verdict
from core.wire.session import SignIn

SCENARIO = "high-arpu-risk"
PASSWORD = "rehearsal-only-1"
_PAGE, _BATCH = 2_000, 100
_AGREES_EVERY = 3
_TRIES, _PAUSE_S = 60, 5.0
"""five minutes of a server that is too busy"""
Got = TypeVar("Got")
_task = decoding.decoder(Task).decode


class NotTaken(Exception):
    """The server did not take what an agent sent."""


class Agents:
    """All of them at once, until nobody has a task that was not called."""

    def __init__(self, url: str, staff: Sequence[str], answers: Callable[[str], bool]) -> None:
        self._url, self._staff, self._answers = url, staff, answers
        self.called: set[str] = set()
        self.spoken: set[str] = set()
        self.agreed = 0
        self._lock = threading.Lock()
        self._failed: list[BaseException] = []

    def work(self) -> None:
        """Raises what the first of them ran into."""
        threads = [threading.Thread(target=self._guarded, args=(one,)) for one in self._staff]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        if self._failed:
            raise self._failed[0]

    def _guarded(self, staff: str) -> None:
        try:
            self._shift(staff)
        except Exception as error:
            self._failed.append(error)

    def _shift(self, staff: str) -> None:
        transport = Transport(self._url, read_s=120)
        try:
            signed_in = _patiently(lambda: transport.sign_in(SignIn(staff_number=staff, password=PASSWORD)))
            transport.access_token = signed_in.access_token
            tasks = list(_mine(transport, staff))
            for start in range(0, len(tasks), _BATCH):
                self._call(transport, staff, tasks[start : start + _BATCH])
            transport.sign_out()
        finally:
            transport.close()

    def _call(self, transport: Transport, staff: str, tasks: Sequence[Task]) -> None:
        items = []
        for task in tasks:
            with self._lock:
                spoke = self._answers(task.customer_id)
                self.called.add(task.customer_id)
                self.spoken |= {task.customer_id} if spoke else set()
                agreed = spoke and len(self.spoken) % _AGREES_EVERY == 0
                self.agreed += agreed
            items += [msgspec.json.encode(one) for one in _records(task, staff, spoke=spoke, agreed=agreed)]
        answers = _patiently(lambda: transport.push(items)).answers
        # What is sent again after an answer that was not heard is there already.
        strange = [one for one in answers if one.verdict not in (Verdict.ACCEPTED, Verdict.DUPLICATE)]
        if strange:
            raise NotTaken(f"{staff}: {len(strange)} of {len(answers)}, the first: {strange[0]}")


def _patiently(ask: Callable[[], Got]) -> Got:
    """As a desk does: whoever is asked to come back later comes back later."""
    for _ in range(_TRIES):
        try:
            return ask()
        except ServerBusy as busy:
            time.sleep(_PAUSE_S if busy.retry_after_s is None else busy.retry_after_s)
    return ask()


def _mine(transport: Transport, staff: str) -> Iterator[Task]:
    cursor, more = "", True
    while more:
        page = _patiently(partial(transport.pull, cursor, _PAGE))
        for change in page.changes:
            if change.kind is Kind.TASK and not change.deleted:
                task = _task(bytes(change.body))
                if task.assigned_to == staff and task.state in OPEN_STATES:
                    yield task
        cursor, more = page.cursor, page.more


def _records(task: Task, staff: str, *, spoke: bool, agreed: bool) -> tuple[Dialled, Saved]:
    now, number = datetime.now(UTC), task.customer.numbers[0]
    talk_s = 95 if spoke else 0
    dialled_at = now - timedelta(seconds=talk_s + 20)
    call = CallRecord(
        direction=Direction.OUTBOUND, number=number, dialled_at=dialled_at, ended_at=now, talk_time_s=talk_s,
        answered_at=dialled_at + timedelta(seconds=20) if spoke else None, dialler="tel",
    )  # fmt: skip
    outcome = Outcome(
        id=uuid4(), task_id=task.id, lease_epoch=task.lease_epoch, customer_id=task.customer_id, agent=staff,
        scenario=task.scenario, script_version=1, call=call, recorded_at=now,
        result="content" if agreed else "not_needed" if spoke else "unanswered",
        reason="price" if spoke and not agreed else "", success=agreed,
        contact=Contact.OWNER if spoke else Contact.UNANSWERED,
        verification=Verification.OWNER if spoke else Verification.NOT_ASKED,
    )  # fmt: skip
    dial = Dial(
        id=uuid4(), customer_id=task.customer_id, task_id=task.id, number=number, at=dialled_at, agent=staff
    )  # fmt: skip
    return Dialled(dial=dial), Saved(outcome=outcome)
