"""What runs at set hours: never twice, made up for after downtime, tried again after a failure, and it says how far it
is."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from huey.registry import Message
from server_kit import NOON, StillClock

from core.domain.job import JOB, Job, JobRun, RunState
from core.domain.text import Text
from core.server.db import job_runs, published
from core.server.db.engine import Database
from core.server.jobs.claim import HELD, Claim
from core.server.jobs.consumer import JsonSerializer, huey_of
from core.server.jobs.looking import claim_due, claim_now, switch
from core.server.jobs.running import Runner, Where
from core.server.jobs.schedule import due_between, next_due
from core.wire.pull import ContentDocument

NIGHT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
"""half past two of the 24th, in China"""


def job(**changes: Any) -> Job:
    values: dict[str, Any] = {
        "id": "night", "version": 1, "name": Text("夜间", "Night"), "runs": (("dispatch",),), "minute": "30",
        "hour": "2", "tries": 2, "again_after_min": 20,
    }  # fmt: skip
    return Job(**(values | changes))


@pytest.fixture
def centre(database: Database) -> Database:
    """Of both kinds; it has known a job since noon."""
    with database.write() as unit:
        body = msgspec.Raw(msgspec.json.encode(job()))
        published.put(unit, [ContentDocument(kind=JOB, name="night", version=1, body=body)])
    assert claim_due(database) is None, "what was due before the server knew the job is not made up for"
    return database


def runs(database: Database) -> list[JobRun]:
    with database.read() as unit:
        return job_runs.of(unit, "night")


class Shell(Runner):
    """Runs words of the shell instead of commands of the server."""

    def __init__(self, database: Database, *lines: str) -> None:
        super().__init__(database, _Shell(Path("/"), ""))
        self.lines = lines

    def once(self, claim: Claim) -> RunState:
        return self.run(msgspec.structs.replace(claim, runs=tuple((one,) for one in self.lines)))


class _Shell(Where, frozen=True):
    def command(self, words: Sequence[str]) -> list[str]:
        return ["/bin/sh", "-c", *words]


def test_hours_are_those_of_china_and_a_week_has_its_days() -> None:
    assert due_between(job(catch_up_hours=72), NIGHT - timedelta(days=2), NIGHT) == [NIGHT - timedelta(days=1), NIGHT]
    assert due_between(job(catch_up_hours=8), NIGHT - timedelta(days=2), NIGHT + timedelta(hours=9)) == []
    monday = job(weekdays="1")
    assert next_due(monday, NIGHT) == NIGHT + timedelta(days=6), "the 24th is a Tuesday in China"
    assert len(due_between(job(hour="8-10", minute="*/30"), NIGHT, NIGHT + timedelta(hours=20))) == 6


def test_a_job_that_is_due_is_run_once_however_many_look(centre: Database, clock: StillClock) -> None:
    # TASK-02: two servers, or a server that was started twice, look at the same time
    clock.now = NIGHT + timedelta(minutes=1)
    with ThreadPoolExecutor(4) as pool:
        found = [one for one in pool.map(lambda _: claim_due(centre), range(8)) if one is not None]
    assert [(one.job, one.due, one.tries) for one in found] == [("night", NIGHT, 1)]
    assert Shell(centre, "echo 12 tasks").once(found[0]) is RunState.DONE
    assert claim_due(centre) is None
    (run,) = runs(centre)
    assert (run.state, run.step, run.error) == (RunState.DONE, "12 tasks", "")


def test_after_downtime_the_newest_is_made_up_for_and_the_others_are_told(centre: Database, clock: StillClock) -> None:
    clock.now = NIGHT + timedelta(days=3, hours=5)
    claimed = claim_due(centre)
    assert claimed is not None
    assert claimed.due == NIGHT + timedelta(days=3)
    clock.now = NIGHT + timedelta(days=9, hours=25)
    Shell(centre, "true").once(claimed)
    late = claim_due(centre)
    assert late is not None
    assert late.due == NIGHT + timedelta(days=10), "more than the hours stated ago is not made up for"


def test_a_failed_run_is_told_and_tried_again_and_no_more_than_stated(centre: Database, clock: StillClock) -> None:
    clock.now = NIGHT + timedelta(minutes=1)
    for tries in (1, 2):
        claimed = claim_due(centre)
        assert claimed is not None
        assert claimed.tries == tries
        assert Shell(centre, "true", "echo 客户 10000000417; exit 3", "echo never").once(claimed) is RunState.FAILED
        (run,) = runs(centre)
        assert "(3): 客户 *********17" in run.error
        clock.forward(minutes=19)
        assert claim_due(centre) is None, "not before its time"
        clock.forward(minutes=2)
    assert (run.tries, run.again_at) == (2, None)
    assert claim_due(centre) is None


def test_a_run_whose_runner_died_is_taken_up_by_the_next(centre: Database, clock: StillClock) -> None:
    clock.now = NIGHT + timedelta(minutes=1)
    assert claim_due(centre) is not None
    clock.forward(seconds=HELD.total_seconds() - 1)
    assert claim_due(centre) is None, "it may be at work"
    clock.forward(seconds=2)
    again = claim_due(centre)
    assert again is not None
    assert (again.due, again.tries) == (NIGHT, 2)


def test_a_server_that_ends_stops_what_runs_and_the_next_goes_on_with_it(sqlite: Database, clock: StillClock) -> None:
    claimed = claim_now(sqlite, job())
    assert claimed is not None
    assert claim_now(sqlite, job()) is None, "it runs"
    runner = Shell(sqlite, "echo begun; exec sleep 60")
    ended: list[RunState] = []
    thread = threading.Thread(target=lambda: ended.append(runner.once(claimed)))
    thread.start()
    runner.stop()
    thread.join(30)
    assert ended == [RunState.FAILED]
    (run,) = runs(sqlite)
    assert run.again_at == NOON


def test_what_a_command_has_begun_ends_with_it(sqlite: Database, tmp_path: Path) -> None:
    # The night's work runs in a process below its command's.
    claimed = claim_now(sqlite, job())
    assert claimed is not None
    pid = tmp_path / "pid"
    runner = Shell(sqlite, f"sleep 60 & echo $! > {pid}; echo begun; wait")
    thread = threading.Thread(target=lambda: runner.once(claimed))
    thread.start()
    while not (pid.exists() and pid.read_text()):
        thread.join(0.02)
    runner.stop()
    thread.join(30)
    assert not thread.is_alive(), "nobody below holds the line open"


def test_a_job_that_is_off_does_not_run_and_makes_up_for_nothing_once_on(centre: Database, clock: StillClock) -> None:
    switch(centre, job(), on=False)
    clock.now = NIGHT + timedelta(hours=1)
    assert claim_due(centre) is None
    switch(centre, job(), on=True)
    assert claim_due(centre) is None


def test_what_huey_queues_is_plain_json_and_runs_what_was_claimed() -> None:
    # No pickle: a queue must not be able to run anything else.
    made = Claim(
        job="night", due=NOON, state=RunState.RUNNING, tries=1, started_at=NOON, runs=(("night",),), tries_most=3,
        again_after=timedelta(minutes=20),
    )  # fmt: skip
    left, ran = [made], list[Claim]()
    huey = huey_of(lambda: left.pop() if left else None, ran.append)
    for task in huey.read_periodic(None):
        huey.enqueue(task)
    queued = huey.storage.enqueued_items()
    assert all(msgspec.json.decode(one) for one in queued)
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
    assert ran == [made]
    message = Message("1", "run", args=("x",), kwargs={})
    assert JsonSerializer().deserialize(JsonSerializer().serialize(message)) == message
