"""The next task for an agent who asks: whose turn it is, what is kept for others, and never one task for two."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from server_kit import (
    NOON,
    SCENARIO,
    StillClock,
    add_agent,
    agent,
    count,
    document,
    plans_of,
    saved,
    send,
    stored,
    task,
    verdicts,
)

from core.domain.people import Role, SkillLevel
from core.domain.task import Block, TaskCustomer, TaskState, TaskType, Tier
from core.server.claiming import claim_next
from core.server.db import audit, people, recalls, schema
from core.server.db.engine import Database
from core.server.desks import Desk
from core.server.dispatch import Waiting
from core.server.dispatching import dispatch_these, dispatch_waiting
from core.server.grouping import Grouped
from core.server.leases import reap
from core.server.loading import load
from core.server.next_task import Sharing
from core.wire.claiming import Claimed

GOLD = TaskCustomer(name="吴文静", numbers=("10000000009",), tier=Tier.GOLD)


class Away(Exception):
    """The database is."""


def ids(claims: list[Claimed]) -> list[str]:
    return [claimed.task.id if claimed.task else str(claimed.why) for claimed in claims]


def shared(entries: list[Waiting], *desks: Desk, asking: str) -> dict[int, str]:
    sharing = Sharing(list(asking))
    sharing.share(entries, desks)
    return {place: value.id for place, value in sharing.given.items()}


def test_those_who_ask_are_served_in_turn_and_each_gets_what_they_are_certified_for() -> None:
    # ROLE-03, TASK-03
    one, two = Desk(agent("1", skills=("vip-care",))), Desk(agent("2", areas=("东岭区",)))
    waiting = [Waiting(task(1, area="西河区")), Waiting(task(2)), Waiting(task(3, scenario="vip-care"))]
    assert shared(waiting, one, two, asking="122") == {0: "T3", 1: "T2"}


def test_what_dispatch_gives_to_one_person_is_kept_for_them() -> None:
    # VIP-06, TASK-05
    mine, other = Desk(agent("1", level=SkillLevel.VIP)), Desk(agent("2", level=SkillLevel.VIP))
    followed = Waiting(task(1, customer=GOLD), last_holder="2")
    assert shared([followed], mine, other, asking="1") == {}
    assert shared([followed], mine, other, asking="12") == {1: "T1"}
    assert shared([followed], mine, asking="1") == {0: "T1"}, "who had them before is not there any more"
    named = Waiting(task(2), manager="2")
    assert shared([named], mine, other, asking="1") == {}
    assert shared([named], mine, Desk(other.agent, 80), asking="1") == {0: "T2"}, "the manager has no room left"


def test_what_a_lead_took_from_a_desk_does_not_come_back_to_it() -> None:
    # TASK-18
    taken = Waiting(task(1), not_to=frozenset("1"), last_holder="1")
    assert shared([taken, Waiting(task(2))], Desk(agent("1")), asking="1") == {0: "T2"}


def test_a_group_is_settled_together_and_each_hears_their_own_answer() -> None:
    began, go, groups = threading.Event(), threading.Event(), list[list[int]]()

    def settle(asked: list[int]) -> list[int]:
        groups.append(asked)
        began.set()
        assert go.wait(10)
        return [number * 10 for number in asked]

    line = Grouped[int, int](settle, most=3)
    first = line.ask(0)
    assert began.wait(10)
    later = [line.ask(number) for number in range(1, 6)]
    assert later[1].cancel(), "who does not wait any more is not settled"
    go.set()
    assert [one.result(10) for one in (first, later[0], *later[2:])] == [0, 10, 30, 40, 50]
    assert groups == [[0], [1, 3], [4, 5]]


@pytest.mark.parametrize(("what", "answered"), [(KeyError, [1, None, 2]), (Away, [None, None, None])])
def test_one_that_cannot_be_settled_keeps_nobody_else_from_their_answer(
    what: type[Exception], answered: list[int | None]
) -> None:
    """Only where the database is away it is not asked again for each."""
    began, go, groups = threading.Event(), threading.Event(), list[list[int]]()

    def settle(asked: list[int]) -> list[int]:
        groups.append(asked)
        began.set()
        assert go.wait(10)
        if 13 in asked:
            raise what
        return list(asked)

    line = Grouped[int, int](settle, most=10, shared=(Away,))
    line.ask(0)
    assert began.wait(10)
    answers = [line.ask(number) for number in (1, 13, 2)]
    go.set()
    errors = [one.exception(10) for one in answers]
    assert [None if error else one.result() for one, error in zip(answers, errors, strict=True)] == answered
    assert groups == [[0], [1, 13, 2], *([[1], [13], [2]] if what is KeyError else [])]


def test_the_next_task_is_a_lease_on_record_and_comes_by_the_pull_as_well(database: Database) -> None:
    # TASK-06, VIP-05
    me = add_agent(database, agent("1", level=SkillLevel.VIP, daily_target=2))
    add_agent(database, agent("8", role=Role.TEAM_LEAD))
    load(database, [(document(n), task(n, priority=n)) for n in (1, 2)])
    load(database, [(document(9, tier=Tier.GOLD), task(9, priority=9, customer=GOLD))])
    load(database, [(document(5), task(5, priority=0, block=Block.BAD_NUMBER))])
    load(database, [(document(6), task(6, priority=0, callback_at=NOON + timedelta(minutes=5)))])
    # The lead is no desk that tasks are given to; nobody gets more than they are to do in a day.
    assert ids(claim_next(database, ["1", "8", "1", "1"])) == ["T9", "nothing_fits", "T1", "desk_full"]
    held = stored(database, "T9")
    assert (held.state, held.assigned_to, held.lease_epoch) == (TaskState.ASSIGNED, "1", 1)
    with database.read() as unit:
        written = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "task_claimed")).all()
        assert [(row.writer, row.seq, row.object) for row in written] == [("1", 1, "T9"), ("1", 2, "T1")]
        assert audit.verify(unit) == []
    assert verdicts(send(database, me, saved(held, "1"))) == ["accepted"]


def test_agents_who_are_unlike_share_a_group_and_no_task_goes_out_twice(sqlite: Database) -> None:
    # TASK-03: who may go everywhere looks further down the line, where those of one area have been before
    add_agent(sqlite, agent("1", areas=("西河区",)))
    add_agent(sqlite, agent("2"))
    load(sqlite, [(document(n), task(n, priority=1)) for n in range(100, 160)])
    load(sqlite, [(document(n, area="西河区"), task(n, area="西河区", priority=2)) for n in range(200, 290)])
    with sqlite.write() as unit:
        for n in range(100, 160):
            recalls.add(unit, f"T{n}", "2", by="8", until=NOON + timedelta(hours=5))
    assert ids(claim_next(sqlite, ["1", "2"] * 40)) == [f"T{n}" for n in range(200, 280)]


def test_a_claim_reads_the_tasks_that_it_may_give_and_not_all_that_wait(sqlite: Database) -> None:
    # TASK-06: beside a hundred thousand others each claim would else take longer than a call
    add_agent(sqlite, agent("1"))
    load(sqlite, [(document(n), task(n)) for n in range(5)])
    plans = plans_of(sqlite, "SELECT task.body")
    assert ids(claim_next(sqlite, ["1"])) == ["T0"]
    assert len(plans) == 1
    assert "SEARCH task USING INDEX sqlite_autoindex_task_1 (tenant_id=? AND id=?)" in plans[0]


def test_promised_callbacks_are_read_by_themselves_and_not_past_all_that_waits(sqlite: Database) -> None:
    # TASK-06: they go out within seconds, beside a hundred thousand others too
    add_agent(sqlite, agent("1", daily_target=80))
    load(sqlite, [(document(n), task(n)) for n in range(60)])
    plans = plans_of(sqlite, "SELECT task.body")
    wanted = [f"T{n}" for n in range(5, 45)]
    given_out = dispatch_these(sqlite, wanted, actor="server").assignments
    assert sorted(one.task.id for one in given_out) == sorted(wanted)
    assert len(plans) == 1
    assert "SEARCH task USING INDEX sqlite_autoindex_task_1 (tenant_id=? AND id=?)" in plans[0]


def test_revisits_are_what_callback_staff_find_however_much_else_waits(sqlite: Database) -> None:
    # TASK-14
    add_agent(sqlite, agent("5", role=Role.CALLBACK_STAFF))
    load(sqlite, [(document(n), task(n, priority=0)) for n in range(40)])
    load(sqlite, [(document(50), task(50, priority=9, type=TaskType.MARKET_SURVEY))])
    assert ids(claim_next(sqlite, ["5", "5"])) == ["T50", "nothing_fits"]


def test_many_hands_at_once_never_get_one_task_twice_and_the_audit_holds(database: Database, clock: StillClock) -> None:
    # TASK-18: three servers with a line each, then a dispatch of what is left; then all leases lapse
    desks = [str(number) for number in range(12)]
    with database.write() as unit:
        for number in desks:
            people.put(unit, agent(number, daily_target=5, skills=(SCENARIO,)), password_hash="-")
    load(database, [(document(n), task(n)) for n in range(50)])
    servers = [Grouped[str, Claimed](lambda asking: claim_next(database, asking), most=20) for _ in range(3)]
    with ThreadPoolExecutor(4) as hands:
        asked = [hands.submit(server.ask, who) for who in desks for server in servers]
        claimed = [answer.task for one in asked if (answer := one.result().result(30)).task]
    given = [one.task for one in dispatch_waiting(database, actor="t").assignments]
    with database.read() as unit:
        assert audit.verify(unit) == []
        assert {row.epoch for row in unit.conn.execute(schema.lease.select())} == {1}
        assert count(unit, schema.lease) == 50
    assert len(claimed) >= len(desks)
    assert len({one.id for one in (*claimed, *given)}) == len(claimed) + len(given) == 50
    assert all(stored(database, one.id) == one for one in claimed)
    late = claimed[0]
    clock.forward(hours=73)
    reap(database)
    again = claim_next(database, [who for who in desks if who != late.assigned_to] * 5)
    assert sorted(ids(again)) == sorted(f"T{n}" for n in range(50)) + ["nothing_fits"] * 5
    assert stored(database, late.id).lease_epoch == 2
    caller = add_agent(database, agent(late.assigned_to))
    assert verdicts(send(database, caller, saved(late, late.assigned_to))) == ["superseded"]
