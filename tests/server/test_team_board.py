"""The lead's board of today: states, what is left, figures against targets, of the own teams alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from server_kit import NOON, SCENARIO, StillClock, add_agent, agent, given, saved, send, stored
from team_kit import DISCONNECT, a_team, some_tasks

from core.domain.errors import InputError, Refused
from core.domain.outcome import Contact
from core.domain.people import Role
from core.domain.presence import AgentState, Seen, StateChange
from core.server.access.caller import Caller
from core.server.db import authority, schema
from core.server.db.engine import Database
from core.server.team.board import team_board
from core.server.team.targets import set_target
from core.wire.push import StateChanged
from core.wire.team import AgentToday, SetTarget, TeamBoard


def board(database: Database, lead: Caller, heard: tuple[str, ...] = ()) -> TeamBoard:
    with database.read() as unit:
        return team_board(unit, lead, dict.fromkeys(heard, unit.now))


def of(found: TeamBoard, who: str) -> AgentToday:
    return next(one for one in found.agents if one.staff_number == who)


def signed_in(database: Database, who: str) -> None:
    with database.write() as unit:
        unit.conn.execute(
            schema.session.insert().values(
                tenant_id=unit.tenant, id=uuid4().hex, staff_number=who, device="", started_at=unit.now
            )
        )


def test_it_shows_who_does_what_and_whose_desk_is_silent(database: Database, clock: StillClock) -> None:
    # ROLE-02
    lead = a_team(database)
    signed_in(database, "1")
    change = StateChange(id=uuid4(), agent="1", state=AgentState.BREAK, at=NOON - timedelta(minutes=7))
    send(database, Caller(agent("1"), "s"), StateChanged(state=change))
    found = board(database, lead, heard=("1",))
    assert [one.staff_number for one in found.agents] == ["1", "2", "3"]
    one = of(found, "1")
    assert (one.state, one.since, one.seen) == (AgentState.BREAK, NOON - timedelta(minutes=7), Seen.HERE)
    assert of(found, "2").seen is Seen.NEVER
    with database.read() as unit:
        heard = {"1": unit.now}
    clock.forward(minutes=10)
    with database.read() as unit:
        silent = of(team_board(unit, lead, heard), "1")
    assert (silent.seen, silent.heard_at) == (Seen.UNHEARD, NOON)


def test_the_days_figures_are_those_of_the_records(database: Database) -> None:
    # KPI-02: calls, successes, success rate
    lead, me = a_team(database), Caller(agent("1", skills=(SCENARIO, DISCONNECT)), "s")
    some_tasks(database, "1", 1, 2, 3)
    one, two, three = (stored(database, f"T{index}") for index in (1, 2, 3))
    first = saved(one, "1", success=True)
    send(database, me, first)
    send(database, me, saved(two, "1", contact=Contact.UNANSWERED))
    send(database, me, saved(three, "1", recorded_at=NOON - timedelta(days=1)))
    found = of(board(database, lead), "1")
    assert (found.calls, found.connects, found.owners, found.successes) == (2, 1, 1, 1)
    assert found.talk_s == 180
    # What a lead corrects counts for the agent who made the call, once.
    send(database, lead, saved(one, "8", corrects=first.outcome.id, success=False))
    found = of(board(database, lead), "1")
    assert (found.calls, found.successes) == (2, 0)


def test_what_is_left_and_what_is_overdue(database: Database) -> None:
    lead = a_team(database)
    given(database, 1, to="1", due_at=NOON - timedelta(minutes=1))
    given(database, 2, to="1", due_at=NOON + timedelta(hours=1))
    given(database, 3, to="1", callback_at=NOON - timedelta(minutes=1), due_at=NOON + timedelta(days=1))
    one = of(board(database, lead), "1")
    assert (one.remaining, one.overdue, one.callbacks) == (3, 2, 1)


def test_targets_per_agent_and_scenario_are_the_leads_and_on_record(database: Database) -> None:
    lead = a_team(database)
    assert of(board(database, lead), "1").calls_target == 80
    set_target(database, lead, SetTarget(staff_number="1", scenario=SCENARIO, calls=40, successes=6))
    set_target(database, lead, SetTarget(staff_number="1", scenario=DISCONNECT, calls=20, successes=5))
    one = of(board(database, lead), "1")
    assert (one.calls_target, one.successes_target) == (60, 11)
    set_target(database, lead, SetTarget(staff_number="1", scenario=DISCONNECT))
    assert of(board(database, lead), "1").successes_target == 6
    with database.read() as unit:
        rows = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "target_set")).all()
    assert [row.object for row in rows] == ["1", "1", "1"]


def test_a_target_that_cannot_be_is_refused(sqlite: Database) -> None:
    lead = a_team(sqlite)
    with pytest.raises(Refused):
        set_target(sqlite, lead, SetTarget(staff_number="5", scenario=SCENARIO, calls=1))
    with pytest.raises(InputError):
        set_target(sqlite, lead, SetTarget(staff_number="3", scenario=SCENARIO, calls=1))
    with pytest.raises(InputError):
        set_target(sqlite, lead, SetTarget(staff_number="1", scenario=SCENARIO, calls=-1))


def test_a_deputy_sees_the_team_they_stand_in_for_and_a_planner_all(sqlite: Database) -> None:
    # ROLE-02
    a_team(sqlite)
    other = add_agent(sqlite, agent("9", role=Role.TEAM_LEAD, team="B", team_name="二班"))
    planner = add_agent(sqlite, agent("90", role=Role.PLANNER, team="C", team_name="运营室"))
    assert [one.staff_number for one in board(sqlite, other).agents] == ["5"]
    with sqlite.write() as unit:
        authority.put_deputy(unit, "A", "9", unit.now + timedelta(days=1))
    assert [one.staff_number for one in board(sqlite, other).agents] == ["1", "2", "3", "5"]
    assert [one.staff_number for one in board(sqlite, planner).agents] == ["1", "2", "3", "5"]
