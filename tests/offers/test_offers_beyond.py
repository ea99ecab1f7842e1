"""Offers beyond plans: who may have which today, every no with its reason and its day, the budget and who may grant."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from core.content.budget_rule import budget_rule
from core.content.grant_rules import grant_rules
from core.content.offer_rules import eligibility_rules
from core.content.offers import offering_rules, offers_beyond
from core.domain.customer import (
    Bill,
    Billing,
    Broadband,
    Care,
    Contract,
    Document,
    Handset,
    Holdings,
    Identity,
    Services,
    Subscription,
    Ticket,
    Usage,
    Value,
    Warning_,
)
from core.domain.follow_up import FollowUpKind
from core.domain.offer import Offer
from core.domain.offer_kind import OfferKind
from core.domain.offered import OfferMade, PastOffer, Reply, past_offer
from core.domain.people import Role
from core.domain.plan import Channel, Suitability
from core.domain.retention_budget import Gauge
from core.domain.text import Text
from core.offers.authority import Limit
from core.offers.book import Choice, OfferBook, OfferCase, OfferContent, Standing, offer_book

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
CONTENT = OfferContent(
    offers=offers_beyond(),
    eligibility=eligibility_rules(),
    offering=offering_rules(),
    granting=grant_rules(),
    budget=budget_rule(),
)


def customer(**more: object) -> Document:
    """On net for five years, at 60 yuan a month, with broadband, of middling value, with nothing to complain about."""
    document = Document(
        id="JC1",
        identity=Identity(
            birthday=date(1990, 11, 25),
            on_net_since=date(2021, 11, 1),
            prepaid=True,
            value=Value.MID,
            plan_fee_fen=6_000,
            points=6_000,
        ),
        billing=Billing(bills=[Bill(month=f"2026-{month:02d}", total_fen=5_500) for month in range(5, 11)]),
        usage=Usage(months_over_data=3),
        holdings=Holdings(whole=True, handset=Handset(supports_5g=True, since=date(2024, 1, 1))),
        services=Services(whole=True, broadband=Broadband(speed_mbps=100, ends_on=date(2027, 2, 1))),
        care=Care(whole=True),
    )
    for name, value in more.items():
        setattr(document, name, value)
    return document


def book(document: Document | None = None, **more: object) -> OfferBook:
    case = OfferCase(
        document=document or customer(),
        role=Role.OUTBOUND_REPRESENTATIVE,
        scenario="satisfaction-survey",
        today=TODAY,
    )
    return offer_book(structs.replace(case, **more), CONTENT)


def of(found: OfferBook, offer_id: str) -> Choice:
    choice = found.choice(offer_id)
    assert choice is not None
    return choice


def said(offer_id: str, reply: Reply, **more: object) -> OfferMade:
    offer = next(one for one in CONTENT.offers if one.id == offer_id)
    made = OfferMade(
        offer=offer.id, version=offer.version, kind=offer.kind, name=offer.name, reply=reply, benefit=offer.benefit
    )
    return structs.replace(made, **more)


def before(offer_id: str, reply: Reply, *, days_ago: int = 10, **more: object) -> PastOffer:
    made = said(offer_id, reply, **more)
    return past_offer(made, at=NOON - timedelta(days=days_ago), outcome_id=f"o{days_ago}")


def test_every_kind_of_offer_is_shipped_with_words_in_both_languages_and_a_condition_of_its_own_or_none() -> None:
    # OFFER-10
    assert {offer.kind for offer in CONTENT.offers} == set(OfferKind)
    assert sum(offer.kind is OfferKind.PREPAY for offer in CONTENT.offers) >= 5
    for language in ("zh", "en"):
        assert len({getattr(offer.name, language) for offer in CONTENT.offers}) == len(CONTENT.offers)


def test_money_paid_ahead_comes_back_in_each_of_the_ways_and_small_spenders_have_one_of_their_own() -> None:
    # OFFER-01, OFFER-03
    found = book()
    paid_ahead = [one for one in found.choices if one.offer.kind is OfferKind.PREPAY]
    assert {one.offer.benefit for one in paid_ahead} == {
        "bonus_credit", "prepay_points", "free_minutes", "lucky_draw", "small_services",
    }  # fmt: skip
    assert all(one.offer.confirm for one in paid_ahead if one.offer.price_fen)
    assert of(found, "prepay-small-services").standing is not Standing.REFUSED, "five years on net"
    assert of(found, "recharge-bonus").standing is Standing.OPEN
    spends = customer(
        billing=Billing(bills=[Bill(month=f"2026-{month:02d}", total_fen=6_100) for month in range(5, 11)])
    )
    (why,) = of(book(spends), "recharge-bonus").refusals
    assert why.text.zh == "客户月均消费超过 60 元，这项给低消费客户。"


def test_every_no_says_why_and_since_or_until_when() -> None:
    # OFFER-05
    found = book(customer(identity=None, billing=None, usage=None))
    refused = [one for one in found.choices if one.standing is Standing.REFUSED]
    assert refused
    rules = {rule.id: rule for rule in (*CONTENT.eligibility.rules, *CONTENT.offering.rules)}
    for choice in refused:
        own = {rule.id: rule for rule in choice.offer.rules}
        for refusal in choice.refusals:
            rule = own.get(refusal.rule) or rules[refusal.rule]
            assert refusal.text.zh
            assert refusal.text.en
            assert rule.lasting or refusal.since or refusal.until


def test_an_offer_rests_after_a_refusal_until_its_day_and_no_longer() -> None:
    until = TODAY + timedelta(days=20)
    history = (before("prepay-credit", Reply.REFUSED, rests_until=until),)
    resting = of(book(history=history), "prepay-credit")
    assert resting.standing is Standing.REFUSED
    (why,) = resting.refusals
    assert (why.rule, why.since, why.until) == ("offer_rests", TODAY - timedelta(days=10), until)
    after = until + timedelta(days=1)
    assert of(book(history=history, today=until), "prepay-credit").standing is Standing.REFUSED
    assert of(book(history=history, today=after), "prepay-credit").standing is Standing.OPEN


def test_nothing_of_one_benefit_is_granted_twice_whoever_granted_it_first() -> None:
    # OFFER-05
    until = TODAY + timedelta(days=100)
    history = (before("recharge-bonus", Reply.ACCEPTED, until=until, cost_fen=1_000),)
    (why,) = of(book(history=history), "prepay-credit").refusals
    assert (why.rule, why.until) == ("benefit_twice", until)
    contract = Contract(kind=Text("赠款", "Bonus"), ends_on=until, monthly_bonus_fen=1_000)
    under_contract = book(customer(services=Services(whole=True, contracts=[contract])))
    assert of(under_contract, "prepay-credit").refusals[0].until == until
    tones = Holdings(whole=True, subscriptions=[Subscription(code="ring-back", label=Text("彩铃", "Tone"))])
    assert "benefit_twice" in {one.rule for one in of(book(customer(holdings=tones)), "ring-back").refusals}
    assert of(book(history=history, today=until + timedelta(days=1)), "prepay-credit").standing is Standing.OPEN


def test_two_of_one_benefit_do_not_add_up_within_a_call_and_taking_one_back_opens_the_other() -> None:
    # OFFER-05
    here = (said("recharge-bonus", Reply.ACCEPTED, cost_fen=1_000),)
    assert "benefit_in_this_call" in {one.rule for one in of(book(here=here), "prepay-credit").refusals}
    assert of(book(here=here), "recharge-bonus").standing is Standing.OPEN
    taken_back = (said("recharge-bonus", Reply.MADE),)
    assert of(book(here=taken_back), "prepay-credit").standing is Standing.OPEN


def test_a_withdrawn_benefit_is_not_offered_and_says_since_when() -> None:
    # OFFER-13
    choice = of(book(), "double-points")
    assert choice.standing is Standing.REFUSED
    assert choice.refusals[0].since == date(2026, 6, 30)
    assert choice.offer.retired is not None


def test_what_is_on_sale_for_a_time_opens_and_ends_with_its_days() -> None:
    # OFFER-06, OFFER-13
    assert of(book(today=date(2026, 10, 31)), "winter-speed").refusals[0].until == date(2026, 11, 1)
    assert of(book(today=date(2026, 11, 1)), "winter-speed").standing is Standing.OPEN
    assert of(book(today=date(2027, 2, 28)), "winter-speed").standing is Standing.OPEN
    assert of(book(today=date(2027, 3, 1)), "winter-speed").standing is Standing.REFUSED


def test_value_groups_find_what_is_meant_for_them() -> None:
    # OFFER-09, VIP-09
    at_risk = Care(whole=True, warnings=[Warning_(code="w", label=Text("预警", "Warning"), at=NOON)])
    vip = book(customer(identity=Identity(value=Value.HIGH, plan_fee_fen=20_000)), role=Role.VIP_SPECIALIST)
    leaving = book(customer(care=at_risk), role=Role.VIP_SPECIALIST)
    steady = book(role=Role.VIP_SPECIALIST)
    assert of(vip, "priority-channel").standing is Standing.OPEN
    assert of(leaving, "stay-discount").standing is Standing.OPEN
    assert of(leaving, "signal-check").suits
    assert of(steady, "priority-channel").standing is Standing.REFUSED
    assert of(steady, "stay-discount").standing is Standing.REFUSED
    assert steady.choices[0].suits


def test_a_warning_makes_a_customer_one_at_risk_for_as_long_as_the_content_says() -> None:
    # OFFER-09
    warned = Care(warnings=[Warning_(code="w", label=Text("预警", "Warning"), at=NOON - timedelta(days=60))])
    case = OfferCase(
        document=customer(care=warned), role=Role.VIP_SPECIALIST, scenario="satisfaction-survey", today=TODAY
    )
    shorter = structs.replace(CONTENT, offering=structs.replace(CONTENT.offering, at_risk_days=59))
    assert of(offer_book(case, CONTENT), "stay-discount").standing is Standing.OPEN
    assert of(offer_book(case, shorter), "stay-discount").standing is Standing.REFUSED


def test_an_offer_that_is_not_made_by_phone_is_refused_here_and_open_there() -> None:
    # VIP-09
    assert of(book(), "online-gift").refusals[0].rule == "offer_channel_closed"
    assert of(book(channel=Channel.ONLINE_HALL), "online-gift").standing is Standing.OPEN


def test_while_a_complaint_is_open_nothing_is_sold_and_amends_may_be_made() -> None:
    # VIP-09
    ticket = Ticket(id="T", kind=Text("投诉", "Complaint"), topic=Text("网速", "Speed"), opened_at=NOON, complaint=True)
    found = book(customer(care=Care(whole=True, tickets=[ticket])))
    assert "complaint_first" in {one.rule for one in of(found, "prepay-credit").refusals}
    assert of(found, "free-data").standing is Standing.OPEN


def test_visits_at_home_are_counted_by_tenure_over_the_year() -> None:
    # OFFER-07
    assert of(book(), "home-care-visit").standing is Standing.OPEN
    used = tuple(before("home-care-visit", Reply.ACCEPTED, days_ago=days) for days in (30, 60, 90))
    (why,) = of(book(history=used), "home-care-visit").refusals
    assert (why.rule, why.until) == ("visits_used", date(2027, 1, 1))
    new = customer(identity=Identity(on_net_since=date(2026, 6, 1), value=Value.MID))
    assert "tenure_too_short" in {one.rule for one in of(book(new), "home-care-visit").refusals}


def test_what_is_not_known_is_asked_for_or_named_as_the_reason() -> None:
    # OFFER-08
    unknown = customer(holdings=None, identity=Identity(value=Value.MID))
    found = book(unknown, role=Role.VIP_SPECIALIST)
    assert [one.rule for one in of(found, "handset-swap").questions] == ["handset_unknown"]
    leaving = Care(warnings=[Warning_(code="w", label=Text("预警", "Warning"), at=NOON)])
    no_fee = book(customer(identity=Identity(value=Value.MID), care=leaving), role=Role.VIP_SPECIALIST)
    assert [one.rule for one in of(no_fee, "stay-discount").refusals] == ["offer_cost_unknown"]
    assert of(no_fee, "stay-discount").cost_fen is None


def test_a_share_of_the_fee_is_exact_and_capped() -> None:
    # OFFER-09
    care = Care(warnings=[Warning_(code="w", label=Text("预警", "Warning"), at=NOON)])
    for fee, cost in ((6_000, 3_600), (3_333, 1_999), (90_000, 12_000)):
        document = customer(identity=Identity(value=Value.HIGH, plan_fee_fen=fee), care=care)
        assert of(book(document, role=Role.VIP_SPECIALIST), "stay-discount").cost_fen == cost


@pytest.mark.parametrize(
    ("spent_fen", "gauge", "left_fen"),
    [
        (0, Gauge.GREEN, 20_000),
        (11_999, Gauge.GREEN, 8_001),
        (12_000, Gauge.AMBER, 8_000),
        (19_999, Gauge.AMBER, 1),
        (20_000, Gauge.RED, 0),
        (25_000, Gauge.RED, -5_000),
    ],
)
def test_the_gauge_turns_at_the_share_that_the_rule_names(spent_fen: int, gauge: Gauge, left_fen: int) -> None:
    # VIP-07
    history = (before("free-minutes", Reply.ACCEPTED, cost_fen=spent_fen),)
    budget = book(history=history).budget
    assert (budget.gauge, budget.left_fen, budget.renews_on) == (gauge, left_fen, date(2027, 1, 1))


def test_only_what_was_accepted_in_this_period_and_in_this_call_is_spent() -> None:
    history = (
        before("free-minutes", Reply.ACCEPTED, days_ago=200, cost_fen=9_000),
        before("free-data", Reply.REFUSED, cost_fen=9_000),
        before("free-data", Reply.ACCEPTED, days_ago=3, cost_fen=1_200),
    )
    here = (said("points-for-data", Reply.ACCEPTED, cost_fen=200), said("free-minutes", Reply.MADE))
    assert book(history=history, here=here).budget.spent_fen == 1_400
    assert book(customer(identity=None)).budget.whole_fen == CONTENT.budget.unknown_fen


def test_what_is_beyond_the_budget_or_the_role_is_the_leads_to_grant() -> None:
    # VIP-07
    spent = (before("free-minutes", Reply.ACCEPTED, cost_fen=19_500),)
    choice = of(book(history=spent), "prepay-credit")
    assert choice.standing is Standing.ASK
    assert choice.grant is not None
    assert (choice.grant.limit, choice.grant.needs) == (Limit.BUDGET, Role.TEAM_LEAD)
    assert of(book(), "handset-swap").standing is Standing.ASK
    assert of(book(role=Role.TEAM_LEAD), "handset-swap").standing is Standing.OPEN
    granted = book(history=spent, granted={"prepay-credit": 3_000})
    assert of(granted, "prepay-credit").standing is Standing.OPEN
    less = book(history=spent, granted={"prepay-credit": 2_999})
    assert of(less, "prepay-credit").standing is Standing.ASK


def test_what_a_case_is_granted_counts_together() -> None:
    # VIP-07
    here = (said("free-installation", Reply.ACCEPTED, cost_fen=5_000),)
    assert of(book(), "free-data").standing is Standing.OPEN
    assert of(book(here=here), "free-data").standing is Standing.ASK
    by_the_lead = book(here=here, granted={"free-installation": 5_000})
    assert of(by_the_lead, "free-data").standing is Standing.OPEN


def test_what_may_be_made_now_stands_first() -> None:
    order = [one.standing for one in book().choices]
    assert order == sorted(order, key=[Standing.OPEN, Standing.ASK, Standing.REFUSED].index)
    assert book().choices == book().choices


IN_CALLS = [one for one in offers_beyond() if one.channels[Channel.CALL] is not Suitability.CLOSED and not one.retired]


@pytest.mark.parametrize("offer", IN_CALLS, ids=lambda one: one.id)
def test_whatever_is_accepted_somebody_carries_out(offer: Offer) -> None:
    # INTEG-07: an order to the CRM, work for a department, a visit; a card is used by its number
    work = {FollowUpKind.WORK_ORDER, FollowUpKind.HOME_VISIT}
    assert offer.confirm or offer.card or any(then.kind in work for then in offer.then)
