"""Dispatch against the database, leases with epochs, and what the server takes back."""

import threading
from datetime import timedelta

import pytest
from server_kit import (
    NOON,
    StillClock,
    add_agent,
    agent,
    callback,
    count,
    document,
    given,
    saved,
    send,
    stored,
    task,
    verdicts,
)
from sqlalchemy.event import listens_for
from sqlalchemy.exc import IntegrityError

from core.domain.people import Role
from core.domain.task import Ended, TaskCustomer, TaskState, Tier
from core.server.db import people, schema, settings, tasks
from core.server.db.engine import Database
from core.server.dispatching import dispatch_waiting
from core.server.leases import Reaped, reap, renew_leases
from core.server.loading import load


def waiting(database: Database, how_many: int, **changes: object) -> None:
    load(database, [(document(n), task(n, **changes)) for n in range(how_many)])


def test_an_assignment_is_a_lease_with_an_epoch(database: Database, clock: StillClock) -> None:
    add_agent(database, agent("1"))
    waiting(database, 1)
    assert len(dispatch_waiting(database, actor="t").assignments) == 1
    held = stored(database, "T0")
    assert (held.state, held.assigned_to, held.lease_epoch) == (TaskState.ASSIGNED, "1", 1)
    assert held.lease_expires_at == clock.now + timedelta(hours=settings.DEFAULT_LEASE_HOURS)
    assert dispatch_waiting(database, actor="t").assignments == ()


def test_a_lease_that_ran_out_goes_to_another_with_a_new_epoch(database: Database, clock: StillClock) -> None:
    # TASK-18
    one = add_agent(database, agent("1"))
    waiting(database, 1)
    dispatch_waiting(database, actor="t")
    late = stored(database, "T0")
    clock.forward(hours=73)
    assert reap(database) == Reaped(leases=1)
    with database.write() as unit:
        people.set_disabled(unit, "1", True)
    add_agent(database, agent("2"))
    dispatch_waiting(database, actor="t")
    held = stored(database, "T0")
    assert (held.assigned_to, held.lease_epoch) == ("2", 2)
    assert verdicts(send(database, one, saved(late, "1"))) == ["superseded"]


def test_who_is_heard_of_keeps_their_tasks(database: Database, clock: StillClock) -> None:
    add_agent(database, agent("1"))
    waiting(database, 2)
    dispatch_waiting(database, actor="t")
    assert renew_leases(database, "1") == 0
    clock.forward(hours=48)
    assert renew_leases(database, "1") == 2
    clock.forward(hours=48)
    assert reap(database) == Reaped()
    assert stored(database, "T0").lease_epoch == 1


def test_who_left_gives_up_their_tasks_at_once(database: Database) -> None:
    # TASK-18
    add_agent(database, agent("1"))
    waiting(database, 2)
    dispatch_waiting(database, actor="t")
    with database.write() as unit:
        people.set_disabled(unit, "1", True)
    assert reap(database).leases == 2
    assert stored(database, "T1").state is TaskState.WAITING


def test_a_callback_that_nobody_kept_becomes_anyones_of_the_team(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1", team="A"))
    add_agent(database, agent("2", team="B", daily_target=999))
    add_agent(database, agent("3", team="A"))
    mine = given(database, to="1")
    promise = callback(mine, "1", NOON + timedelta(hours=1), fall_back_after_min=60)
    send(database, me, saved(mine, "1", promise))
    clock.forward(hours=1, minutes=59)
    assert reap(database).callbacks == 0
    clock.forward(minutes=2)
    assert reap(database).callbacks == 1
    fallen = stored(database, "T1")
    assert (fallen.state, fallen.callback_at, fallen.callback_mine) == (TaskState.WAITING, promise.due_at, False)
    with database.write() as unit:
        people.set_disabled(unit, "1", True)
    dispatch_waiting(database, actor="t")
    held = stored(database, "T1")
    assert (held.assigned_to, held.state) == ("3", TaskState.FOLLOW_UP)
    assert reap(database).callbacks == 0


def test_a_list_that_ends_on_one_day_ends_in_a_few_transactions(database: Database, clock: StillClock) -> None:
    # TASK-18: one commit each would keep callbacks waiting for minutes
    waiting(database, 40, expires_at=NOON + timedelta(hours=1))
    clock.forward(hours=2)
    commits = []
    listens_for(database.engine, "commit")(commits.append)
    assert reap(database).expired == 40
    assert len(commits) < 10
    assert stored(database, "T7").ended is Ended.TERM


def test_a_task_past_its_time_expires_and_its_late_outcome_still_counts(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1"))
    mine = given(database, to="1", expires_at=NOON + timedelta(hours=1))
    clock.forward(hours=2)
    assert reap(database).expired == 1
    assert stored(database, "T1").state is TaskState.EXPIRED
    assert verdicts(send(database, me, saved(mine, "1"))) == ["accepted"]
    assert stored(database, "T1").state is TaskState.DONE


def test_the_same_specialist_gets_the_same_vip(database: Database) -> None:
    # VIP-06
    for number in ("1", "2"):
        add_agent(database, agent(number, role=Role.VIP_SPECIALIST))
    who = TaskCustomer(name="吴文静", numbers=("10000000001",), tier=Tier.GOLD)
    load(database, [(document(tier=Tier.GOLD), task(to="2", customer=who))])
    me = add_agent(database, agent("2", role=Role.VIP_SPECIALIST))
    send(database, me, saved(stored(database, "T1"), "2"))
    load(database, [(document(tier=Tier.GOLD), task(2, customer_id="C1", customer=who))])
    dispatch_waiting(database, actor="t")
    assert stored(database, "T2").assigned_to == "2"


def test_a_customer_is_never_on_two_desks(database: Database) -> None:
    given(database, to="1")
    with pytest.raises(IntegrityError), database.write() as unit:
        tasks.insert(unit, [task(2, customer_id="C1")])
    assert load(database, [(document(), task(3, customer_id="C1"))]).tasks == 0


def test_two_dispatchers_at_once_give_no_task_twice(database: Database) -> None:
    for number in range(4):
        add_agent(database, agent(str(number)))
    waiting(database, 40)
    begin = threading.Barrier(3)

    def run() -> None:
        begin.wait()
        dispatch_waiting(database, actor="t")

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as unit:
        assert count(unit, schema.lease) == 40
        assert {row.lease_epoch for row in unit.conn.execute(schema.task.select())} == {1}
