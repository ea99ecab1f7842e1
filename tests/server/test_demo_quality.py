"""The demonstration shows quality from the first start: risks that the rules found, scores, a dispute, coaching."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from server_kit import StillClock

from core.content.shipped import shipped
from core.demo.inspected import inspected
from core.demo.today import today_of
from core.demo.world import World
from core.domain.quality.inspection import ScoreState
from core.domain.quality.sampling import Risk
from core.domain.quality.save_check import CheckState
from core.server.commands.demo import load_quality
from core.server.db import people, quality, save_checks
from core.server.db.engine import Database
from core.server.db.publications import Source, publish
from core.server.loading import load_history
from core.wire.pull import ContentDocument

A_MORNING = datetime(2026, 11, 24, 1, tzinfo=UTC)
WORLD = World(seed=7, customers=300, tasks=0, as_of=A_MORNING)


@pytest.fixture
def city(sqlite: Database, clock: StillClock) -> Database:
    """Its agents and their past calls; of its customers nothing is asked here."""
    clock.now = WORLD.as_of
    content = [
        ContentDocument(kind=p.kind, name=p.name, version=p.version, body=msgspec.Raw(p.body)) for p in shipped()
    ]
    with sqlite.write() as unit:
        publish(unit, content, source=Source.SHIPPED, by="demo")
        for one in WORLD.agents():
            people.put(unit, one.agent, password_hash="-")
    load_history(sqlite, WORLD.outcomes(), {one.agent.staff_number: one.agent.team for one in WORLD.agents()})
    load_quality(sqlite, WORLD)
    return sqlite


# QA-01
@pytest.mark.parametrize("days", range(35))
def test_on_any_day_the_calls_that_stand_out_are_about_different_people(days: int) -> None:
    found = inspected(7, today_of(A_MORNING + timedelta(days=days)), 300)
    called = Counter(saved.outcome.customer_id for saved in found.calls)
    assert sorted(called.values()) == [1, 1, 1, 1, 1, 1, 1, 2], "one save is called about twice: its customer left"
    assert found.reveals[0].customer_id not in called


# QA-01, QA-02, FOLLOW-02
def test_every_risk_is_found_in_the_citys_past_calls_by_the_rules_themselves(city: Database) -> None:
    with city.read() as unit:
        calls, scores = quality.calls(unit), quality.scores(unit)
        denied = save_checks.in_state(unit, CheckState.DENIED)
        notes = quality.notes(unit)
    assert {why.risk for call in calls for why in call.why} == set(Risk)
    states = Counter(case.state for case in scores)
    assert states[ScoreState.DISPUTED] == 1
    assert states[ScoreState.SIGNED] > 3
    assert len(denied) == 1
    assert sum(note.open for note in notes) == 2
    assert {call.team for call in calls if not call.score_id} >= {"spring", "river"}
    load_quality(city, WORLD)
    with city.read() as unit:
        assert (quality.calls(unit), quality.scores(unit)) == (calls, scores), "the same again changes nothing"
