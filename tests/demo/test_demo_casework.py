"""The invented repair cases: each stands as it was meant, of customers that there are, the same on the same day."""

from datetime import UTC, datetime, timedelta

from core.content.repairs import load_repairs
from core.content.resources import folder
from core.demo.casework import casework
from core.demo.people import AGENTS
from core.demo.today import today_of
from core.demo.world import World
from core.domain.case import Checked, Satisfaction
from core.domain.case_fold import fold
from core.domain.duty import gaps
from core.domain.promise import PromiseState, fold_promise, tally
from core.domain.task import Tier

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WORLD = World(seed=7, customers=60, as_of=NOW, tasks=1)


def test_a_roaming_repair_is_under_way_for_a_diamond_customer() -> None:
    # VIP-10, TASK-12
    cases = [fold(story) for story in WORLD.casework().cases]
    case = next(one for one in cases if one is not None and one.is_open and one.began.template == "roaming-no-service")
    assert (case.began.tier, [one.staff_number for one in case.team]) == (Tier.DIAMOND, ["1101"])
    ended = {one.satisfaction for one in cases if one is not None and not one.is_open}
    assert ended == {Satisfaction.SATISFIED, Satisfaction.GRUDGING}
    assert any(one is not None and one.awaits_contact for one in cases)
    assert any(one is not None and one.contact_missed for one in cases)


def test_every_case_is_of_a_customer_of_that_tier_and_of_somebody_who_works_here() -> None:
    staff = {agent.staff_number for agent in AGENTS}
    tiers = {
        document.id: document.identity.tier
        for document in (WORLD.document(index) for index in range(16))
        if document.identity is not None
    }
    steps = {(one.id, step.code) for one in load_repairs(folder()) for step in one.steps}
    for story in WORLD.casework().cases:
        case = fold(story)
        assert case is not None
        assert tiers[case.began.customer_id] is case.began.tier
        assert {event.by for event in case.log} <= staff
        assert max(event.at for event in case.log) <= NOW
        assert {(case.began.template, what.step) for e in case.log if isinstance(what := e.what, Checked)} <= steps


def test_promises_were_kept_and_broken_and_none_falls_due_at_once() -> None:
    promises = [fold_promise(story) for story in WORLD.casework().promises]
    known = [one for one in promises if one is not None]
    counts = tally(known)
    assert (counts.kept, counts.broken, counts.open) == (3, 1, 3)
    assert all(one.due_at > NOW + timedelta(hours=3) for one in known if one.state is PromiseState.OPEN)


def test_somebody_is_on_duty_at_any_hour() -> None:
    # VIP-11
    assert gaps(WORLD.casework().shifts) == []


def test_a_small_city_has_the_cases_of_its_customers_alone() -> None:
    assert casework(today_of(NOW), 1).cases
    assert len(casework(today_of(NOW), 1).cases) == 1
    assert casework(today_of(NOW), 60) == WORLD.casework()
