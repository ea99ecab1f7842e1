"""Three months of calls have the patterns that a review is to find."""

from collections import Counter, defaultdict

import pytest
from demo_day import AS_OF

from core.content import dispositions
from core.content.shipped import scripts
from core.demo.dealers import acquired_by
from core.demo.errands import demo_errands
from core.demo.today import today_of
from core.demo.world import World
from core.domain.clock import CHINA
from core.domain.customer import Document
from core.domain.later_event import MONEY
from core.domain.offered import Reply
from core.domain.outcome import CONNECTED, Contact, Outcome, Verification
from core.wire.push import Saved

SEED = 7


@pytest.fixture(scope="module")
def saved() -> list[Saved]:
    return list(World(SEED, customers=6_000, as_of=AS_OF).outcomes())


@pytest.fixture(scope="module")
def outcomes(saved: list[Saved]) -> list[Outcome]:
    return [one.outcome for one in saved]


def share(outcomes: list[Outcome]) -> float:
    return sum(outcome.contact in CONNECTED for outcome in outcomes) / len(outcomes)


def test_save_rates_lie_between_a_quarter_and_two_fifths(outcomes: list[Outcome]) -> None:
    # KPI-02
    for scenario in ("4g-upgrade", "broadband-disconnect", "vip-care"):
        owners = [o for o in outcomes if o.scenario == scenario and o.contact is Contact.OWNER]
        assert len(owners) > 100
        assert 0.25 <= sum(o.success for o in owners) / len(owners) <= 0.40, scenario


def test_more_answer_after_work_than_at_midday(outcomes: list[Outcome]) -> None:
    by_hour: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        assert outcome.call.dialled_at is not None
        by_hour[outcome.call.dialled_at.astimezone(CHINA).hour].append(outcome)
    assert set(by_hour) == set(range(9, 20))
    assert share(by_hour[18] + by_hour[19]) > share(by_hour[10] + by_hour[11]) > share(by_hour[12] + by_hour[13])
    assert 0.3 < share(outcomes) < 0.5


def test_fewer_are_dialled_at_weekends(outcomes: list[Outcome]) -> None:
    days = Counter(o.call.dialled_at.astimezone(CHINA).weekday() for o in outcomes if o.call.dialled_at)
    assert days[6] < days[5] < min(days[day] for day in range(5))


def test_dealers_differ_in_how_many_of_their_customers_are_who_they_are_said_to_be(outcomes: list[Outcome]) -> None:
    # EVAL-05, OUTCOME-09
    of: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        of[outcome.customer_id].append(outcome)
    calls, verified, false = Counter[str](), Counter[str](), Counter[str]()
    for customer_id, own in of.items():
        dealer = acquired_by(SEED, int(customer_id.removeprefix("JC")) - 1, {one.contact for one in own})
        calls[dealer] += len(own)
        verified[dealer] += sum(one.verification is Verification.OWNER for one in own)
        false[dealer] += sum(one.false_data is not None for one in own)
        assert {one.false_data.dealer for one in own if one.false_data} <= {dealer}
    rates = sorted((verified[one] / calls[one], one) for one in calls if one)
    (worst, doubtful), (best, _) = rates[0], rates[-1]
    assert best - worst > 0.1
    assert doubtful == max((one for one in calls if one), key=lambda one: false[one] / calls[one])
    assert 0.3 < sum(calls[one] for one in calls if one) / sum(calls.values()) < 0.5


def test_agents_differ(outcomes: list[Outcome]) -> None:
    rates = {}
    for agent in ("2046", "2045"):
        owners = [o for o in outcomes if o.agent == agent and o.contact is Contact.OWNER]
        rates[agent] = sum(o.success for o in owners) / len(owners)
    assert rates["2046"] > rates["2045"] + 0.04


def test_codes_are_those_of_the_shipped_dispositions(outcomes: list[Outcome]) -> None:
    # OUTCOME-02, OUTCOME-03
    shipped = dispositions()
    for outcome in outcomes:
        offered = shipped[outcome.scenario]
        result = offered.result(outcome.result)
        assert result is not None, (outcome.scenario, outcome.result)
        assert result.success == outcome.success
        assert result.contact in (None, outcome.contact)
        assert result.case_result is outcome.case_result
        assert result.talk_min_s is None or outcome.call.talk_time_s >= result.talk_min_s
        assert result.talk_max_s is None or outcome.call.talk_time_s <= result.talk_max_s
        assert not outcome.reason or outcome.reason in {reason.code for reason in offered.reasons}


def test_an_accepted_order_is_the_plan_from_the_next_month() -> None:
    # OUTCOME-06, OUTCOME-12
    world = World(customers=260, as_of=AS_OF)
    known = {document.id: document for document in world.documents()}
    orders = [(o.outcome.customer_id, o.outcome.order) for o in world.outcomes() if o.outcome.order]
    assert orders
    for customer_id, order in orders:
        assert order.read_back
        assert order.consent
        identity = known[customer_id].identity
        assert identity is not None
        assert (identity.plan_code == order.code) == (order.starts_on <= AS_OF.date())


def test_the_history_in_the_document_is_the_same_calls(world: World, documents: list[Document]) -> None:
    # VIEW-08
    recorded: dict[str, list[str]] = defaultdict(list)
    for one in world.outcomes():
        recorded[one.outcome.customer_id].append(str(one.outcome.id))
    for document in documents:
        assert document.care is not None
        assert [call.outcome_id for call in reversed(document.care.calls)] == recorded[document.id]


def test_who_refused_is_not_called_again(outcomes: list[Outcome]) -> None:
    # OUTCOME-11
    refused: set[str] = set()
    for outcome in outcomes:
        assert outcome.customer_id not in refused
        if outcome.opt_out:
            refused.add(outcome.customer_id)
    assert refused


def test_ids_are_unique_and_follow_ups_point_at_their_outcome(saved: list[Saved]) -> None:
    ids = [one.outcome.id for one in saved] + [follow.id for one in saved for follow in one.follow_ups]
    assert len(ids) == len(set(ids))
    assert all(follow.outcome_id == one.outcome.id for one in saved for follow in one.follow_ups)


def test_some_deposits_and_fees_have_come_in_and_some_have_not_yet(outcomes: list[Outcome]) -> None:
    # OFFER-06
    sold = {
        (str(one.id), made.offer): made.price_fen
        for one in outcomes
        for made in one.offers
        if made.reply is Reply.ACCEPTED and made.price_fen
    }
    later = [one for one in demo_errands(SEED, (), today_of(AS_OF)).later if one.kind in MONEY]
    assert {one.kind for one in later} == MONEY
    assert 0 < len(later) < len(sold)
    assert all(sold[one.id.removeprefix("demo-paid-"), one.what] == one.fen for one in later)
    assert all(one.at < AS_OF for one in later)


def test_a_way_through_the_script_suits_whom_the_call_reached_and_how_it_ended(outcomes: list[Outcome]) -> None:
    # EVAL-07: a lead who opens a save does not read that somebody else answered
    steps = {(one.id, step.id): step for one in scripts().values() for step in one.steps}
    heard = 0
    for one in outcomes:
        for walked in one.path:
            if walked.answer:
                answer = steps[one.scenario, walked.step].answers[int(walked.answer) - 1]
                heard += bool(answer.verification or answer.suggests)
                if one.contact is Contact.OWNER:
                    assert answer.verification in (None, Verification.OWNER)
                    assert answer.suggests in ("", one.result)
    assert heard > 100
