"""Who was not reached is tried again as content says, and the task ends as unreached (TASK-18)."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from running_kit import publish
from server_kit import NOON, StillClock, add_agent, agent, callback, given, number_of, saved, send, stored, verdicts

from core.domain.calendar import Window
from core.domain.call import CallRecord, Direction
from core.domain.outcome import Contact
from core.domain.retrying import RETRY_POLICY
from core.domain.task import Ended, Task, TaskState
from core.server.access.caller import Caller
from core.server.db import customers, settings
from core.server.db.engine import Database
from core.server.leases import reap
from core.wire.push import Saved


@pytest.fixture
def me(sqlite: Database) -> Caller:
    return add_agent(sqlite, agent("2043"))


def unanswered(of: Task, clock: StillClock, *follow_ups: Any, **changes: Any) -> Saved:
    call = CallRecord(direction=Direction.OUTBOUND, number=number_of(1), dialled_at=clock.now, talk_time_s=0)
    values: dict[str, Any] = {"call": call, "contact": Contact.UNANSWERED, "result": "?", "recorded_at": clock.now}
    return saved(of, "2043", *follow_ups, **(values | changes))


def test_three_attempts_at_three_hours_and_it_ends_as_unreached(
    sqlite: Database, me: Caller, clock: StillClock
) -> None:
    # TASK-18: noon, then tomorrow at nine … the usual policy of the shipped content
    publish(sqlite, RETRY_POLICY)
    given(sqlite, to="2043")
    assert clock.now == NOON
    dues = []
    for _ in range(2):
        assert verdicts(send(sqlite, me, unanswered(stored(sqlite, "T1"), clock))) == ["accepted"]
        after = stored(sqlite, "T1")
        assert after.state is TaskState.ASSIGNED
        assert after.due_at is not None
        dues.append(after.due_at - NOON)
        clock.now = after.due_at
    assert dues == [timedelta(hours=2), timedelta(hours=21)], "two in the afternoon, then nine the next morning"
    send(sqlite, me, unanswered(stored(sqlite, "T1"), clock))
    over = stored(sqlite, "T1")
    assert (over.state, over.ended, over.attempts) == (TaskState.EXPIRED, Ended.UNREACHED, 3)


def test_nobody_is_to_be_tried_again_when_nobody_may_be_called(sqlite: Database, me: Caller, clock: StillClock) -> None:
    # TASK-16, TASK-18: a Saturday's calls end at six, and on Sunday they begin at ten
    publish(sqlite, RETRY_POLICY)
    given(sqlite, to="2043")
    clock.now = NOON + timedelta(days=5, hours=4, minutes=10)
    send(sqlite, me, unanswered(stored(sqlite, "T1"), clock))
    due = stored(sqlite, "T1").due_at
    assert due == NOON + timedelta(days=5, hours=22), "ten on Sunday, not ten past six"


@pytest.mark.parametrize(
    ("quiet", "after"),
    [([Window(0, 18 * 60)], timedelta(hours=6)), ([Window(0, 18 * 60), Window(19 * 60, 1440)], timedelta(hours=6)),
     ([Window(0, 20 * 60)], timedelta(hours=2))],
    ids=["evenings", "an hour", "an hour of none of the policy's"],
)  # fmt: skip
def test_who_wants_no_calls_at_some_hours_is_tried_again_at_others(
    sqlite: Database, me: Caller, clock: StillClock, quiet: list[Window], after: timedelta
) -> None:
    # TASK-16, TASK-18
    publish(sqlite, RETRY_POLICY)
    given(sqlite, to="2043")
    with sqlite.write() as unit:
        customers.edit_contact(unit, "C1", lambda contact: setattr(contact, "quiet", quiet))
    send(sqlite, me, unanswered(stored(sqlite, "T1"), clock))
    assert stored(sqlite, "T1").due_at == NOON + after


def test_a_calendar_that_cannot_be_read_costs_nobody_their_record(
    sqlite: Database, me: Caller, clock: StillClock
) -> None:
    publish(sqlite, RETRY_POLICY)
    given(sqlite, to="2043")
    with sqlite.write() as unit:
        settings.put_site(unit, msgspec.structs.replace(settings.site(unit), calendar="gone"))
    assert verdicts(send(sqlite, me, unanswered(stored(sqlite, "T1"), clock))) == ["accepted"]
    assert stored(sqlite, "T1").due_at == NOON + timedelta(hours=2)


def test_a_promised_callback_is_no_retry(sqlite: Database, me: Caller, clock: StillClock) -> None:
    publish(sqlite, RETRY_POLICY)
    task = given(sqlite, to="2043")
    promise = callback(task, "2043", NOON + timedelta(days=9))
    assert verdicts(send(sqlite, me, unanswered(task, clock, promise))) == ["accepted"]
    after = stored(sqlite, "T1")
    assert (after.state, after.callback_at) == (TaskState.FOLLOW_UP, NOON + timedelta(days=9))


def test_a_centre_without_policies_goes_on_as_before(sqlite: Database, me: Caller, clock: StillClock) -> None:
    task = given(sqlite, to="2043")
    send(sqlite, me, unanswered(task, clock))
    assert stored(sqlite, "T1").due_at == NOON + timedelta(hours=2)


@pytest.mark.parametrize(("attempts", "ended"), [(0, Ended.TERM), (1, Ended.UNREACHED)])
def test_a_term_that_runs_out_says_whether_anybody_tried(
    sqlite: Database, me: Caller, attempts: int, ended: Ended
) -> None:
    # TASK-18
    given(sqlite, to="2043", attempts=attempts, expires_at=NOON - timedelta(minutes=1))
    assert reap(sqlite).expired == 1
    assert stored(sqlite, "T1").ended is ended
