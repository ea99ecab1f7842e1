"""What agents are doing: told by their desks, kept with its times, and honest about a desk that is silent."""

from datetime import datetime, timedelta
from uuid import uuid4

from server_kit import NOON, StillClock, add_agent, agent, send, verdicts

from core.domain.people import Role
from core.domain.presence import AgentState, Seen, StateChange, seen
from core.server.db import presence
from core.server.db.engine import Database
from core.server.team.hearing import Hearing
from core.wire.push import StateChanged

MINUTE = timedelta(minutes=1)


def changed(who: str, state: AgentState, at: datetime = NOON) -> StateChanged:
    return StateChanged(state=StateChange(id=uuid4(), agent=who, state=state, at=at))


def now_of(database: Database, who: str) -> presence.Presence:
    with database.read() as unit:
        return presence.of(unit, [who])[who]


def test_each_change_is_kept_with_its_time_and_the_newest_is_what_they_do(database: Database) -> None:
    # KPI-02: what an agent's day went into
    me = add_agent(database, agent("1"))
    morning = [
        changed("1", AgentState.READY, NOON - 9 * MINUTE),
        changed("1", AgentState.IN_CALL, NOON - 8 * MINUTE),
        changed("1", AgentState.WRAP_UP, NOON - 5 * MINUTE),
        changed("1", AgentState.BREAK, NOON - 4 * MINUTE),
    ]
    assert verdicts(send(database, me, *morning, morning[0])) == ["accepted"] * 4 + ["duplicate"]
    assert (now_of(database, "1").state, now_of(database, "1").since) == (AgentState.BREAK, NOON - 4 * MINUTE)
    with database.read() as unit:
        kept = presence.history(unit, "1", NOON - 60 * MINUTE, NOON)
    assert kept == [one.state for one in morning]


def test_what_was_done_offline_comes_late_and_takes_nothing_newer_away(database: Database) -> None:
    me = add_agent(database, agent("1"))
    send(database, me, changed("1", AgentState.TRAINING, NOON))
    send(database, me, changed("1", AgentState.IN_CALL, NOON - 30 * MINUTE))
    assert now_of(database, "1").state is AgentState.TRAINING
    with database.read() as unit:
        assert len(presence.history(unit, "1", NOON - 60 * MINUTE, NOON + MINUTE)) == 2


def test_nobody_tells_what_somebody_else_does(database: Database) -> None:
    # ROLE-01
    me, planner = add_agent(database, agent("1")), add_agent(database, agent("9", role=Role.PLANNER))
    assert verdicts(send(database, me, changed("2", AgentState.BREAK))) == ["rejected"]
    assert verdicts(send(database, planner, changed("9", AgentState.BREAK))) == ["rejected"]


def test_a_clock_that_runs_ahead_dates_nobody_into_the_future(database: Database, clock: StillClock) -> None:
    me = add_agent(database, agent("1"))
    send(database, me, changed("1", AgentState.BREAK, NOON + timedelta(hours=3)))
    assert now_of(database, "1").since == NOON
    clock.forward(minutes=1)
    send(database, me, changed("1", AgentState.READY, NOON + MINUTE))
    assert now_of(database, "1").state is AgentState.READY
    assert verdicts(send(database, me, changed("1", AgentState.BREAK, NOON + timedelta(days=400)))) == ["rejected"]


def test_a_desk_that_fell_silent_is_told_from_one_that_was_left(database: Database) -> None:
    assert seen(heard_at=None, signed_in=True, now=NOON) is Seen.NEVER
    assert seen(heard_at=NOON - MINUTE, signed_in=True, now=NOON) is Seen.HERE
    assert seen(heard_at=NOON - 9 * MINUTE, signed_in=True, now=NOON) is Seen.UNHEARD
    assert seen(heard_at=NOON - MINUTE, signed_in=False, now=NOON) is Seen.SIGNED_OUT


def test_when_a_desk_was_last_heard_outlives_the_server(database: Database) -> None:
    hearing = Hearing()
    hearing.note("1", NOON)
    hearing.keep(database)
    hearing.note("1", NOON - MINUTE)
    hearing.keep(database)
    assert now_of(database, "1").heard_at == NOON
