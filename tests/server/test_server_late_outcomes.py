"""Outcomes that come late, when the customer or the task has moved on: the record is kept, the promise too."""

from datetime import datetime, timedelta

import msgspec
from server_kit import (
    NOON,
    StillClock,
    add_agent,
    agent,
    callback,
    document,
    given,
    opens,
    saved,
    send,
    stored,
    task,
    verdicts,
)

from core.domain.outcome import Contact
from core.domain.task import TaskState
from core.server.db import schema, settings, tasks
from core.server.db.engine import Database
from core.server.leases import Reaped, reap
from core.server.loading import load
from core.wire.push import Saved

UNREACHED = {"contact": Contact.UNANSWERED, "result": "none"}


def expired_with_a_new_task(database: Database, clock: StillClock) -> None:
    """T1 ran out on the desk of an agent who is offline; the customer has T2 since, on another's desk."""
    given(database, to="1", expires_at=NOON + timedelta(hours=1))
    clock.forward(hours=2)
    reap(database)
    assert stored(database, "T1").state is TaskState.EXPIRED
    load(database, [(document(), task(2, customer_id="C1", to="2"))])


def test_a_retry_of_an_expired_task_is_kept_though_the_customer_has_a_new_one(
    database: Database, clock: StillClock
) -> None:
    me = add_agent(database, agent("1"))
    add_agent(database, agent("2"))
    expired_with_a_new_task(database, clock)
    before = stored(database, "T1")
    late = saved(before, "1", **UNREACHED)
    assert verdicts(send(database, me, late)) == ["accepted"]
    with database.read() as unit:
        assert [row.id for row in unit.conn.execute(schema.outcome.select())] == [str(late.id)]
    after = stored(database, "T1")
    assert (after.state, after.attempts) == (TaskState.EXPIRED, before.attempts + 1)
    assert stored(database, "T2").state is TaskState.ASSIGNED


def test_a_callback_promised_late_goes_to_who_has_the_customer_now(database: Database, clock: StillClock) -> None:
    # FOLLOW-01
    me = add_agent(database, agent("1"))
    add_agent(database, agent("2"))
    expired_with_a_new_task(database, clock)
    before = stored(database, "T1")
    due = clock.now + timedelta(hours=3)
    assert verdicts(send(database, me, saved(before, "1", callback(before, "1", due)))) == ["accepted"]
    held = stored(database, "T2")
    assert (held.state, held.assigned_to, held.callback_at) == (TaskState.FOLLOW_UP, "2", due)


def test_who_calls_under_a_lapsed_lease_gets_a_new_one(database: Database, clock: StillClock) -> None:
    # TASK-18: a desk that is never heard of again must not keep it for good
    me = add_agent(database, agent("1"))
    mine = given(database, to="1", lease_expires_at=NOON + timedelta(hours=1))
    clock.forward(hours=2)
    assert reap(database) == Reaped(leases=1)
    assert verdicts(send(database, me, saved(mine, "1", **UNREACHED))) == ["accepted"]
    held = stored(database, "T1")
    assert (held.state, held.assigned_to) == (TaskState.ASSIGNED, "1")
    assert held.lease_expires_at == clock.now + timedelta(hours=settings.DEFAULT_LEASE_HOURS)


def test_a_promise_outlasts_the_term_of_its_list(database: Database, clock: StillClock) -> None:
    # FOLLOW-01
    me = add_agent(database, agent("1"))
    mine = given(database, to="1", expires_at=NOON + timedelta(hours=1))
    due = NOON + timedelta(days=400)
    send(database, me, saved(mine, "1", callback(mine, "1", due)))
    clock.forward(hours=2)
    assert reap(database).expired == 0
    assert stored(database, "T1").callback_at == due


def promised_without_a_task(who: str, due: datetime) -> Saved:
    made = saved(None, who, customer_id="C1")
    promise = callback(task(1), who, due, task_id=None, outcome_id=made.id)
    return msgspec.structs.replace(made, follow_ups=(promise,))


def test_a_callback_promised_in_a_call_without_a_task_becomes_one(database: Database) -> None:
    # FOLLOW-01, TASK-10
    me = add_agent(database, agent("1"))
    load(database, [(document(), None)])
    opens(database, me)
    due = NOON + timedelta(hours=3)
    made = promised_without_a_task("1", due)
    assert verdicts(send(database, me, made)) == ["accepted"]
    held = stored(database, f"callback-{made.follow_ups[0].id}")
    assert (held.state, held.assigned_to, held.callback_at) == (TaskState.FOLLOW_UP, "1", due)
    assert held.lease_epoch == 1
    assert verdicts(send(database, me, saved(held, "1"))) == ["accepted"]
    with database.read() as unit:
        assert [row.state for row in unit.conn.execute(schema.follow_up.select())] == ["done"]
    assert stored(database, held.id).state is TaskState.DONE


def test_a_correction_takes_such_a_callback_back(database: Database) -> None:
    me = add_agent(database, agent("1"))
    load(database, [(document(), None)])
    opens(database, me)
    made = promised_without_a_task("1", NOON + timedelta(hours=3))
    again = saved(None, "1", customer_id="C1", corrects=made.id)
    assert verdicts(send(database, me, made, again)) == ["accepted", "accepted"]
    assert stored(database, f"callback-{made.follow_ups[0].id}").state is TaskState.CANCELLED


def test_a_callback_on_a_task_that_went_to_another_is_kept_by_them(database: Database) -> None:
    me = add_agent(database, agent("1"))
    add_agent(database, agent("2"))
    late = given(database, to="1")
    with database.write() as unit:
        moved = msgspec.structs.replace(late, assigned_to="2", lease_epoch=late.lease_epoch + 1)
        tasks.change(unit, late, moved)
    due = NOON + timedelta(hours=3)
    assert verdicts(send(database, me, saved(late, "1", callback(late, "1", due)))) == ["superseded"]
    held = stored(database, "T1")
    assert (held.assigned_to, held.callback_at, held.callback_mine) == ("2", due, False)
