"""TASK-18: a lead moves and recalls tasks; the server checks who may have them, desks learn of it by pull."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from server_kit import (
    NOON,
    StillClock,
    add_agent,
    agent,
    callback,
    document,
    given,
    number_of,
    read_page,
    saved,
    send,
    stored,
    task,
    verdicts,
)
from team_kit import a_team, some_tasks

from core.domain.calendar import Window
from core.domain.customer import Care
from core.domain.errors import Refused
from core.domain.moving import Stays
from core.domain.people import RIGHTS, Role
from core.domain.presence import AgentState, StateChange
from core.domain.task import Block, TaskState, Tier
from core.server.access.caller import Caller
from core.server.cli import main
from core.server.db import audit, refusals, schema
from core.server.db.engine import Database
from core.server.dispatching import dispatch_waiting
from core.server.loading import load
from core.server.sync.pull import pull
from core.server.team.moving import desk_tasks, move
from core.wire.pull import PullPage
from core.wire.push import StateChanged
from core.wire.team import Left, Moved, MoveTasks


def moved(database: Database, lead: Caller, *ids: str, from_: str = "1", to: str = "", away: bool = False) -> Moved:
    asked = MoveTasks(holder=from_, task_ids=ids, to=to, away=away)
    return move(database, asked, by=lead.staff_number, caller=lead)


def pulled(database: Database, who: str, cursor: str = "") -> PullPage:
    rights = RIGHTS[Role.OUTBOUND_REPRESENTATIVE]
    return read_page(pull(database, staff_number=who, rights=rights, cursor=cursor, limit=2000).body)


def test_a_moved_task_leaves_one_desk_and_comes_to_the_other_with_its_customer(database: Database) -> None:
    lead = a_team(database)
    some_tasks(database, "1", 1, 2)
    before = pulled(database, "1").cursor
    assert moved(database, lead, "T1", to="2").moved == ("T1",)
    gone = {(change.kind.value, change.key) for change in pulled(database, "1", before).changes if change.deleted}
    assert gone == {("task", "T1"), ("customer", "C1")}
    assert [change.key for change in pulled(database, "2").changes] == ["C1", "T1"]
    with database.read() as unit:
        rows = unit.conn.execute(schema.audit.select().where(schema.audit.c.writer == "8")).all()
        assert [(row.action, row.object) for row in rows] == [("task_moved", "T1")]
        assert audit.verify(unit) == []


def test_what_the_former_desk_did_meanwhile_is_kept_as_a_record(database: Database) -> None:
    lead, me = a_team(database), Caller(agent("1"), "s")
    some_tasks(database, "1", 1)
    held = stored(database, "T1")
    moved(database, lead, "T1", to="2")
    assert verdicts(send(database, me, saved(held, "1"))) == ["superseded"]
    assert stored(database, "T1").assigned_to == "2"


def test_everything_of_an_absent_agent_goes_at_once_callbacks_included(database: Database) -> None:
    lead, me = a_team(database), Caller(agent("1"), "s")
    some_tasks(database, "1", 1, 2)
    first = stored(database, "T1")
    send(database, me, saved(first, "1", callback(first, "1", NOON + timedelta(hours=2))))
    with database.read() as unit:
        assert [one.task_id for one in desk_tasks(unit, lead, "1").tasks] == ["T1", "T2"]
    assert moved(database, lead, to="2", away=True) == Moved(moved=("T1", "T2"))
    promised = stored(database, "T1")
    assert (promised.assigned_to, promised.state) == ("2", TaskState.FOLLOW_UP)
    assert promised.callback_at == NOON + timedelta(hours=2)


def test_a_recalled_task_goes_to_somebody_else_and_an_absentee_gets_nothing_more(
    database: Database, clock: StillClock
) -> None:
    # TASK-18, TASK-06
    lead = a_team(database)
    some_tasks(database, "1", 1)
    assert moved(database, lead, away=True).moved == ("T1",)
    given(database, 2, to="")
    dispatch_waiting(database, actor="server")
    assert {stored(database, one).assigned_to for one in ("T1", "T2")} <= {"2", "5"}
    back = StateChange(id=uuid4(), agent="1", state=AgentState.READY, at=NOON + timedelta(minutes=5))
    clock.forward(minutes=5)
    send(database, Caller(agent("1"), "s"), StateChanged(state=back))
    given(database, 3, to="", area="", priority=0)
    for who in ("2", "5"):
        add_agent(database, agent(who, daily_target=0))
    dispatch_waiting(database, actor="server")
    assert stored(database, "T3").assigned_to == "1"


def test_dispatch_does_not_hand_back_what_a_lead_took_away(database: Database) -> None:
    lead = add_agent(database, agent("8", role=Role.TEAM_LEAD))
    add_agent(database, agent("1"))
    some_tasks(database, "1", 1)
    moved(database, lead, "T1")
    dispatch_waiting(database, actor="server")
    assert stored(database, "T1").state is TaskState.WAITING


@pytest.mark.parametrize(
    ("changes", "to", "why"),
    [
        ({}, "3", Stays.SKILL),
        ({}, "4", Stays.AREA),
        ({"customer": {"tier": Tier.DIAMOND}}, "2", Stays.VIP_SPECIALIST),
        ({"block": Block.OPTED_OUT}, "2", Stays.OPTED_OUT),
        ({}, "1", Stays.SAME_DESK),
        ({"state": TaskState.DONE}, "2", Stays.GONE),
    ],
)
def test_a_task_goes_to_nobody_who_may_not_have_it(
    sqlite: Database, changes: dict[str, object], to: str, why: Stays
) -> None:
    # ROLE-03, TASK-03, VIP-05, TASK-16
    lead = a_team(sqlite)
    add_agent(sqlite, agent("4", areas=("西河区",)))
    value = given(sqlite, 1, to="1", lease_epoch=1)
    who = msgspec.structs.replace(value.customer, **changes.pop("customer", {}))  # type: ignore[arg-type]
    with sqlite.write() as unit:
        from core.server.db import tasks

        tasks.change(unit, value, msgspec.structs.replace(value, customer=who, **changes))
    assert moved(sqlite, lead, "T1", to=to) == Moved(left=(Left(task_id="T1", why=why),))


def test_a_lead_reaches_their_own_team_alone(sqlite: Database) -> None:
    # ROLE-02
    lead = a_team(sqlite)
    given(sqlite, 1, to="5", lease_epoch=1)
    some_tasks(sqlite, "1", 2)
    with pytest.raises(Refused):
        moved(sqlite, lead, "T1", from_="5", to="1")
    with pytest.raises(Refused):
        moved(sqlite, lead, "T2", to="5")
    with sqlite.read() as unit, pytest.raises(Refused):
        desk_tasks(unit, lead, "5")
    # Named under an agent of the own team, another's task still stays where it is.
    assert moved(sqlite, lead, "T1", to="2") == Moved(left=(Left(task_id="T1", why=Stays.CHANGED),))


# Reliability S2
def test_who_sees_no_persons_moves_tasks_under_masked_names(sqlite: Database) -> None:
    lead = a_team(sqlite)
    given(sqlite, 1, to="1")
    planner = add_agent(sqlite, agent("91", role=Role.PLANNER))
    with sqlite.read() as unit:
        names = [desk_tasks(unit, who, "1").tasks[0].name for who in (lead, planner)]
    assert names == ["吴文静", "吴**"]


def test_the_same_by_command(sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_team(sqlite)
    some_tasks(sqlite, "1", 1, 2)
    place = ["--data", str(tmp_path)]
    assert main(["task", "list", "1", *place]) == 0
    assert "T1" in capsys.readouterr().out
    assert main(["task", "move", "T1", "--from", "1", "--to", "3", *place]) == 0
    assert "certified" in capsys.readouterr().out
    assert main(["task", "recall", "--all", "--from", "1", "--away", *place]) == 0
    assert "2 tasks moved" in capsys.readouterr().out
    assert main(["task", "recall", "--from", "1", *place]) == 1
    assert stored(sqlite, "T2").state is TaskState.WAITING


# TASK-16, TASK-18
def test_a_lead_is_told_what_will_hold_the_calls_of_what_they_move(database: Database) -> None:
    lead = a_team(database)
    some_tasks(database, "1", 1, 4)
    evening = document(2)
    assert evening.contact is not None
    evening.contact.quiet = [Window(0, 18 * 60)]
    thrice = Care(dials=[NOON - timedelta(hours=n) for n in (1, 2, 3)])
    load(
        database,
        [(evening, task(2, to="1", lease_epoch=1)), (document(3, care=thrice), task(3, to="1", lease_epoch=1))],
    )
    with database.write() as unit:
        refusals.keep(unit, [], [number_of(4)])
    done = moved(database, lead, to="2")
    assert sorted(done.moved) == ["T1", "T2", "T3"]
    assert done.left == (Left(task_id="T4", why=Stays.OPTED_OUT),), "refused before, by that number"
    assert {one.task_id: one.why.en for one in done.held} == {
        "T2": "The customer asked for no calls at this hour. Earliest today 18:00.",
        "T3": "This customer has been dialled as often as allowed within 24 hours (3, all numbers together)."
        " Earliest tomorrow 09:00.",
    }


# TASK-16
def test_a_promised_hour_is_asked_of_and_not_the_present_one(database: Database, clock: StillClock) -> None:
    lead = a_team(database)
    clock.forward(hours=9)
    evening = document(1)
    assert evening.contact is not None
    evening.contact.quiet = [Window(0, 18 * 60)]
    at = NOON + timedelta(days=1, hours=6, minutes=30)
    load(database, [(evening, task(1, to="1", lease_epoch=1, state=TaskState.FOLLOW_UP, callback_at=at))])
    load(database, [(document(2), task(2, to="1", lease_epoch=1))])
    done = moved(database, lead, to="2")
    assert len(done.moved) == 2
    assert done.held == (), "at 21:00 nobody is called, but at half past six they may be, and tomorrow"
