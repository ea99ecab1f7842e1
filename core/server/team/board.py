"""The board of today: what each agent does, what is left on the desk, the day's figures against targets (KPI-02)."""

from collections.abc import Mapping
from datetime import datetime

from core.domain.clock import day_around
from core.domain.people import Agent
from core.domain.presence import seen
from core.server.access.caller import Caller
from core.server.db import presence, targets
from core.server.db.engine import Unit
from core.server.db.presence import Presence
from core.server.db.targets import Target
from core.server.team.refused import refused_records
from core.server.team.teams import led_agents
from core.server.team.today import Load, Tally, loads, tallies
from core.wire.team import AgentToday, ScenarioToday, TeamBoard

_NOBODY = Presence()
_NOTHING = Load()


def team_board(unit: Unit, caller: Caller, heard: Mapping[str, datetime]) -> TeamBoard:
    """Of the caller's teams; `heard` is what this server process heard of desks and has not kept yet."""
    agents = led_agents(unit, caller)
    staff = [one.staff_number for one in agents]
    start, end = day_around(unit.now)
    there, signed_in = presence.of(unit, staff), presence.signed_in(unit, staff)
    load, tally, set_ = loads(unit, staff), tallies(unit, staff, start, end), targets.of(unit, staff)
    return TeamBoard(
        at=unit.now,
        agents=tuple(
            _agent(
                one,
                _heard(there.get(one.staff_number, _NOBODY), heard.get(one.staff_number)),
                load.get(one.staff_number, _NOTHING),
                _scenarios(one, tally.get(one.staff_number, {}), set_.get(one.staff_number, {})),
                talk_s=sum(t.talk_s for t in tally.get(one.staff_number, {}).values()),
                signed_in=one.staff_number in signed_in,
                now=unit.now,
            )
            for one in agents
        ),
        refused=refused_records(unit, {one.staff_number: one.name for one in agents}),
    )


def _heard(known: Presence, heard: datetime | None) -> Presence:
    if heard is None or (known.heard_at is not None and known.heard_at >= heard):
        return known
    return Presence(state=known.state, since=known.since, heard_at=heard, away_until=known.away_until)


def _agent(
    one: Agent,
    there: Presence,
    load: Load,
    scenarios: tuple[ScenarioToday, ...],
    *,
    talk_s: int,
    signed_in: bool,
    now: datetime,
) -> AgentToday:
    return AgentToday(
        staff_number=one.staff_number,
        name=one.name,
        role=one.role,
        team=one.team,
        state=there.state,
        since=there.since,
        seen=seen(heard_at=there.heard_at, signed_in=signed_in, now=now),
        heard_at=there.heard_at,
        away_until=there.away_until,
        remaining=load.remaining,
        overdue=load.overdue,
        callbacks=load.callbacks,
        talk_s=talk_s,
        calls_target=sum(s.target_calls for s in scenarios) or one.daily_target,
        skills=one.skills,
        scenarios=scenarios,
    )


def _scenarios(one: Agent, done: Mapping[str, Tally], set_: Mapping[str, Target]) -> tuple[ScenarioToday, ...]:
    """Those called today and those with a target, in the order of the certifications."""
    names = [*(s for s in one.skills if s in done or s in set_), *sorted({*done, *set_} - {*one.skills})]
    nothing, none = Tally(), Target(0, 0)
    return tuple(
        ScenarioToday(
            scenario=name,
            calls=(tally := done.get(name, nothing)).calls,
            connects=tally.connects,
            owners=tally.owners,
            successes=tally.successes,
            awaited=tally.awaited,
            target_calls=(target := set_.get(name, none)).calls,
            target_successes=target.successes,
        )
        for name in names
    )
