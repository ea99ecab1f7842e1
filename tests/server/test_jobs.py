"""What runs at set hours: never twice, made up for after downtime, tried again after a failure, and it says how far it
is."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from huey.registry import Message
from server_kit import NOON, StillClock
from sqlalchemy.exc import OperationalError

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


def _content(of: Job) -> ContentDocument:
    return ContentDocument(kind=JOB, name="night", version=1, body=msgspec.Raw(msgspec.json.encode(of)))


@pytest.fixture
def centre(database: Database) -> Database:
    """Of both kinds; it has known a job since noon."""
    with database.write() as unit:
        published.put(unit, [_content(job())])
    assert claim_due(database) is None, "what was due before the server knew the job is not made up for"
    return database


def runs(database: Database) -> list[JobRun]:
    with database.read() as unit:
        return job_runs.of(unit, "night")


class Shell(Runner):
    """Runs words of the shell instead of commands of the server."""

    def __init__(self, database: Database, *lines: str, **pace: float) -> None:
        super().__init__(database, _Shell(Path("/"), ""), **pace)
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


def test_a_run_that_waited_until_another_took_it_is_not_run(centre: Database, clock: StillClock) -> None:
    # Never twice: huey's queue holds what was claimed, and a run before it takes long.
    clock.now = NIGHT + timedelta(minutes=1)
    first = claim_due(centre)
    clock.forward(minutes=5)
    second = claim_due(centre)
    assert first is not None
    assert second is not None
    assert Shell(centre, "echo first").once(first) is RunState.SKIPPED
    assert Shell(centre, "echo second").once(second) is RunState.DONE
    (run,) = runs(centre)
    assert (run.state, run.tries, run.step) == (RunState.DONE, 2, "second")


def test_a_run_that_another_took_up_is_ended_and_says_nothing(centre: Database, clock: StillClock) -> None:
    # A machine that slept: its runner was taken for gone.
    clock.now = NIGHT + timedelta(minutes=1)
    slept = claim_due(centre)
    assert slept is not None
    runner = Shell(centre, "echo begun; exec sleep 60", "echo more", beat_s=0.01)
    ended: list[RunState] = []
    thread = threading.Thread(target=lambda: ended.append(runner.once(slept)))
    thread.start()
    with centre.write() as unit:
        assert job_runs.claim_again(unit, slept, held_until=NIGHT + timedelta(hours=1))
    thread.join(30)
    assert ended == [RunState.SKIPPED]
    (run,) = runs(centre)
    assert (run.state, run.tries) == (RunState.RUNNING, 2), "the other one's"


def test_a_database_that_is_away_for_a_moment_makes_nothing_run_twice(
    centre: Database, clock: StillClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = NIGHT + timedelta(minutes=1)
    claimed = claim_due(centre)
    assert claimed is not None
    beat, end, left = job_runs.beat, job_runs.end, {"beat": 2, "end": 2}
    beaten = threading.Event()

    def away(name: str, kept: Callable[..., bool]) -> Callable[..., bool]:
        def called(*args: Any, **named: Any) -> bool:
            if left[name]:
                left[name] -= 1
                raise OperationalError("", None, Exception())
            beaten.set()
            return kept(*args, **named)

        return called

    fifo = tmp_path / "go"
    os.mkfifo(fifo)
    runner, ended = Shell(centre, f"read line < {fifo}", beat_s=0.01, keep_s=0.01), list[RunState]()
    thread = threading.Thread(target=lambda: ended.append(runner.once(claimed)))
    thread.start()
    with fifo.open("w") as go:
        monkeypatch.setattr(job_runs, "beat", away("beat", beat))
        monkeypatch.setattr(job_runs, "end", away("end", end))
        assert beaten.wait(30), "it goes on saying that it runs"
        go.write("\n")
    thread.join(30)
    assert ended == [RunState.DONE]
    (run,) = runs(centre)
    assert (run.state, run.tries) == (RunState.DONE, 1)


def test_a_command_that_hangs_keeps_no_job_waiting_for_good(centre: Database, clock: StillClock) -> None:
    clock.now = NIGHT + timedelta(minutes=1)
    claimed = claim_due(centre)
    assert claimed is not None
    hangs = msgspec.structs.replace(claimed, longest=timedelta(seconds=0.05))
    assert Shell(centre, "echo 2 of 9; exec sleep 60", "echo never", beat_s=0.01).once(hangs) is RunState.FAILED
    (run,) = runs(centre)
    assert run.error.endswith("it took too long and was ended; 2 of 9")
    assert run.again_at is not None


def test_what_failed_is_not_tried_again_at_any_hour(centre: Database, clock: StillClock) -> None:
    # The server was stopped in mid-run, and is started five days later at noon: the night's work is not begun.
    clock.now = NIGHT + timedelta(minutes=1)
    claimed = claim_due(centre)
    assert claimed is not None
    runner = Shell(centre, "true")
    runner.stop()
    assert runner.once(claimed) is RunState.FAILED
    clock.now = NIGHT + timedelta(days=5, hours=9)
    with centre.write() as unit:
        published.put(unit, [_content(job(catch_up_hours=8))])
    assert claim_due(centre) is None
    assert [one.again_at for one in runs(centre)] == [None], "nor does it wait any longer"


def test_a_runner_that_died_long_ago_leaves_its_work_to_the_newest(centre: Database, clock: StillClock) -> None:
    clock.now = NIGHT + timedelta(minutes=1)
    assert claim_due(centre) is not None
    clock.now = NIGHT + timedelta(days=1, hours=1)
    newest = claim_due(centre)
    assert newest is not None
    assert (newest.due, newest.tries) == (NIGHT + timedelta(days=1), 1)
    assert [one.state for one in runs(centre)] == [RunState.RUNNING, RunState.FAILED]


def test_switched_on_again_nothing_of_before_is_tried(centre: Database, clock: StillClock) -> None:
    clock.now = NIGHT + timedelta(minutes=1)
    claimed = claim_due(centre)
    assert claimed is not None
    assert Shell(centre, "false").once(claimed) is RunState.FAILED
    switch(centre, job(), on=False)
    clock.forward(hours=2)
    switch(centre, job(), on=True)
    assert claim_due(centre) is None


def test_a_clock_that_is_set_back_stops_no_job(centre: Database, clock: StillClock) -> None:
    # R13: three days ahead, and put right while a run was at work whose server was killed
    clock.now = NIGHT + timedelta(days=3, minutes=1)
    switch(centre, job(), on=True)
    clock.now = NIGHT + timedelta(days=4, minutes=1)
    assert claim_due(centre) is not None
    clock.now = NIGHT - timedelta(minutes=5)
    claim_due(centre)
    clock.now = NIGHT + timedelta(minutes=1)
    claimed = claim_due(centre)
    assert claimed is not None
    assert claimed.due == NIGHT


def test_a_run_by_hand_takes_the_place_of_one_whose_runner_died(centre: Database, clock: StillClock) -> None:
    clock.now = NIGHT + timedelta(minutes=1)
    assert claim_due(centre) is not None
    clock.forward(minutes=5)
    by_hand = claim_now(centre, job())
    assert by_hand is not None
    assert Shell(centre, "true").once(by_hand) is RunState.DONE
    assert claim_due(centre) is None
    assert [one.state for one in runs(centre)] == [RunState.DONE, RunState.FAILED]


def test_two_who_run_one_by_hand_at_once_run_it_once(centre: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: claim_now(centre, job()), range(8)))
    assert len([one for one in found if one is not None]) == 1


def test_what_huey_queues_is_plain_json_and_runs_what_was_claimed() -> None:
    # No pickle: a queue must not be able to run anything else.
    made = Claim(
        job="night", due=NOON, state=RunState.RUNNING, tries=1, started_at=NOON, runs=(("night",),), tries_most=3,
        again_after=timedelta(minutes=20), longest=timedelta(hours=12),
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
