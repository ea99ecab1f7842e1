"""Every no says why, and since or until when; what may be offered instead is named."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from offer_kit import plan

from core.content import folder
from core.content.offer_rules import eligibility_rules
from core.domain.arrears import arrears_since
from core.domain.condition import Condition
from core.domain.customer import Bill, Billing, Broadband, Contract, Document, Handset, Holdings, Identity, Services
from core.domain.eligibility import Action, Effect
from core.domain.errors import ContentError
from core.domain.plan import Channel, ContractEffect, Payment, Plan, Suitability
from core.domain.text import Text
from core.offers.check import check_offers
from core.offers.eligibility import Verdict, Way, left_to_ask, may, may_take
from core.offers.facts import FACTS, customer_facts
from core.offers.refusal_words import refusal_words

TODAY = date(2026, 11, 22)
RULES = eligibility_rules()
KIND = Text("机补协议", "Handset-subsidy contract")
PRESENT = plan("now", fee_fen=5_800, generation=3, family="talk")
LOCKED = Contract(
    kind=KIND,
    starts_on=date(2025, 6, 1),
    ends_on=date(2027, 6, 1),
    locked=True,
    renewal_from=date(2026, 12, 1),
    minimum_spend_fen=5_000,
)


def customer(**more: object) -> Document:
    identity = Identity(
        birthday=date(1990, 5, 1), on_net_since=date(2021, 11, 1), prepaid=True, area="东岭区", plan_code="now"
    )
    document = Document(
        id="JC1",
        identity=identity,
        holdings=Holdings(whole=True, handset=Handset(model="星河 Y5", supports_4g=True, supports_5g=False)),
        services=Services(whole=True),
    )
    for name, value in more.items():
        setattr(document, name, value)
    return document


def asked(target: Plan, document: Document | None = None, **more: object) -> Verdict:
    facts = customer_facts(document or customer(), PRESENT, RULES, TODAY)
    return may_take(target, facts, left_to_ask(facts, RULES), TODAY, **more)  # type: ignore[arg-type]


def asked_for(action: Action, document: Document, **more: object) -> Verdict:
    facts = customer_facts(document, PRESENT, RULES, TODAY, visits_used=int(str(more.pop("visits_used", 0))))
    return may(action, facts | more, RULES)


def test_a_plan_on_sale_that_suits_may_be_taken() -> None:
    verdict = asked(plan())
    assert verdict.allowed
    assert verdict.way is Way.CHANGE
    assert not verdict.questions


def test_a_withdrawn_plan_says_since_when_and_a_coming_one_from_when() -> None:
    # OFFER-13
    gone = asked(plan(on_sale_until=date(2018, 6, 30)))
    assert [(no.rule, no.since, no.until) for no in gone.refusals] == [("withdrawn", date(2018, 6, 30), None)]
    coming = asked(plan(on_sale_from=date(2027, 1, 1)))
    assert [(no.rule, no.until) for no in coming.refusals] == [("not_yet", date(2027, 1, 1))]
    assert coming.later


def test_a_contract_lock_refuses_until_its_end_and_names_the_tier_up_migration() -> None:
    # CONTRACT-02
    locked = customer(services=Services(whole=True, contracts=[LOCKED]))
    cheaper = asked(plan(fee_fen=4_800, contract=ContractEffect(tier_up=True)), locked)
    assert [(no.rule, no.until) for no in cheaper.refusals] == [("contract_lock", date(2027, 6, 1))]
    assert cheaper.refusals[0].instead is not None
    assert "提档迁转" in cheaper.refusals[0].instead.zh
    assert cheaper.later


def test_a_higher_plan_on_the_approved_path_is_taken_as_a_tier_up_without_a_second_benefit() -> None:
    # CONTRACT-02
    locked = customer(services=Services(whole=True, contracts=[LOCKED]))
    higher = asked(plan(fee_fen=7_700, contract=ContractEffect(tier_up=True)), locked)
    assert higher.allowed
    assert higher.way is Way.TIER_UP
    off_the_path = asked(plan(fee_fen=7_700), locked)
    assert [no.rule for no in off_the_path.refusals] == ["contract_lock"]


def test_a_contract_is_extended_in_its_last_six_months_alone() -> None:
    # CONTRACT-03
    early = asked_for(Action.RENEW_CONTRACT, customer(services=Services(whole=True, contracts=[LOCKED])))
    assert [(no.rule, no.until) for no in early.refusals] == [("renewal_too_early", date(2026, 12, 1))]
    open_now = Contract(kind=KIND, ends_on=date(2027, 4, 1), renewal_from=date(2026, 10, 1))
    assert asked_for(Action.RENEW_CONTRACT, customer(services=Services(whole=True, contracts=[open_now]))).allowed
    silent = Contract(kind=KIND, ends_on=date(2027, 6, 30))
    said = asked_for(Action.RENEW_CONTRACT, customer(services=Services(whole=True, contracts=[silent])))
    assert [no.until for no in said.refusals] == [date(2026, 12, 30)]
    none = asked_for(Action.RENEW_CONTRACT, customer())
    assert [no.rule for no in none.refusals] == ["no_contract"]


def test_nothing_is_granted_twice() -> None:
    # OFFER-05
    held = asked_for(Action.TAKE_BENEFIT, customer(), benefit_held=True, benefit_until=date(2027, 1, 31))
    assert [(no.rule, no.until) for no in held.refusals] == [("benefit_twice", date(2027, 1, 31))]
    assert asked_for(Action.TAKE_BENEFIT, customer(), benefit_held=False).allowed
    paying = Contract(kind=KIND, starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), monthly_bonus_fen=1_000)
    with_bonus = plan(contract=ContractEffect(term_months=24, monthly_bonus_fen=1_000))
    longer = Contract(kind=KIND, ends_on=date(2028, 6, 30))
    twice = asked(with_bonus, customer(services=Services(whole=True, contracts=[longer, paying])))
    assert [(no.rule, no.until) for no in twice.refusals] == [("bonus_twice", date(2027, 12, 31))]
    assert asked(with_bonus).allowed


@pytest.mark.parametrize(
    ("since", "visits"), [("2026-06-01", 0), ("2025-11-01", 1), ("2023-10-01", 2), ("2021-11-22", 3)]
)
def test_free_visits_at_home_rise_with_tenure(since: str, visits: int) -> None:
    # OFFER-07
    document = customer(identity=Identity(on_net_since=date.fromisoformat(since)))
    assert customer_facts(document, None, RULES, TODAY)["home_visits"] == visits
    assert asked_for(Action.HOME_SERVICE, document).allowed is (visits > 0)
    used = asked_for(Action.HOME_SERVICE, document, visits_used=visits)
    rule, until = ("visits_used", date(2027, 1, 1)) if visits else ("tenure_too_short", date(2027, 6, 1))
    assert [(no.rule, no.until) for no in used.refusals] == [(rule, until)]


def test_a_handset_that_does_not_know_the_network_refuses_and_an_unknown_one_is_asked_about() -> None:
    assert [no.rule for no in asked(plan(generation=5)).refusals] == ["not_a_5g_handset"]
    old = customer(holdings=Holdings(whole=True, handset=Handset(supports_4g=False, supports_5g=False)))
    assert [no.rule for no in asked(plan(), old).refusals] == ["not_a_4g_handset"]
    unknown = asked(plan(), customer(holdings=None))
    assert unknown.allowed
    assert [question.rule for question in unknown.questions] == ["ask_4g_handset"]


def test_city_channel_payment_audience_and_arrears_are_reasons_of_their_own() -> None:
    # 4G-04, 4G-05
    closed = plan(channels={Channel.CALL: Suitability.CLOSED, Channel.STORE: Suitability.WELL})
    by_phone = asked(closed)
    assert [no.rule for no in by_phone.refusals] == ["channel_closed"]
    assert by_phone.refusals[0].instead is not None
    assert asked(closed, channel=Channel.STORE).allowed
    elsewhere = plan(places=("青岗市",))
    assert [no.rule for no in asked(elsewhere).refusals] == ["elsewhere"]
    assert asked(elsewhere, city="青岗市").allowed
    assert asked(plan(places=("东岭区",))).allowed
    assert [no.rule for no in asked(plan(payment=Payment.POSTPAID)).refusals] == ["payment_differs"]
    household = plan(takers=Condition(field="has_broadband", eq=True))
    assert [no.rule for no in asked(household).refusals] == ["not_for_this_customer"]
    assert asked(household, customer(services=Services(whole=True, broadband=Broadband(speed_mbps=100)))).allowed
    owing = asked(plan(), customer(billing=Billing(arrears_fen=1)))
    assert [no.rule for no in owing.refusals] == ["in_arrears"]
    assert owing.later


def test_what_cannot_be_told_of_a_customer_is_a_reason_of_its_own() -> None:
    stranger = customer(identity=Identity(plan_code="now"))
    young = plan(takers=Condition(field="age", le=25))
    assert [no.rule for no in asked(young, stranger).refusals] == ["audience_unknown"]
    assert [no.rule for no in asked(young).refusals] == ["not_for_this_customer"]
    assert [no.rule for no in asked(plan(places=("东岭区",)), stranger).refusals] == ["place_unknown"]


def test_the_present_plan_is_no_change() -> None:
    assert [no.rule for no in asked(PRESENT).refusals] == ["same_plan"]


def test_every_rule_speaks_both_languages_and_says_until_when_or_that_it_lasts() -> None:
    assert {action for rule in RULES.rules for action in rule.actions} == set(Action)
    for rule in RULES.rules:
        assert rule.text.zh
        assert rule.text.en
        assert rule.lasting is not bool(rule.until or (rule.since and not rule.lasting))
        if rule.effect is Effect.REFUSE:
            assert rule.since or rule.until or rule.ends, f"{rule.id} says neither since nor until when"


def billed(owed_fen: int, *bills: tuple[str, int]) -> Billing:
    return Billing(arrears_fen=owed_fen, bills=[Bill(month=month, total_fen=fen) for month, fen in bills])


@pytest.mark.parametrize(
    ("billing", "since"),
    [
        (billed(2_500, ("2026-09", 9_900), ("2026-10", 2_500)), date(2026, 11, 1)),
        (billed(2_501, ("2026-09", 9_900), ("2026-10", 2_500)), date(2026, 10, 1)),
        (billed(0, ("2026-10", 2_500)), None),
        (billed(5_000, ("2026-10", 2_500)), None),
        (billed(5_000, ("2026-08", 9_900), ("2026-10", 2_500)), None),
        (billed(5_000, ("2026-08", 9_900)), None),
    ],
)
def test_money_pays_the_oldest_bill_first_so_that_arrears_are_of_the_newest(
    billing: Billing, since: date | None
) -> None:
    # OFFER-13
    assert arrears_since(billing, TODAY) == since


def test_a_no_that_no_day_ends_says_until_what_happens_and_since_when_it_is_so() -> None:
    # OFFER-13: every "no" says why, and since or until when
    bought = customer(holdings=Holdings(handset=Handset(supports_4g=True, supports_5g=False, since=date(2024, 3, 9))))
    (no,) = asked(plan(generation=5), bought).refusals
    assert refusal_words(no).zh == "2024-03-09 起、换成 5G 手机前不可办：客户的手机不支持 5G。"
    assert refusal_words(no).en.startswith(
        "Not allowed since 2024-03-09, until the handset is changed for one with 5G:"
    )
    owing = customer(billing=Billing(arrears_fen=3_000))
    (no,) = asked(plan(), owing).refusals
    assert refusal_words(no) == Text(
        "缴清欠费前不可办：有欠费。", "Not allowed until the arrears are paid: There are arrears."
    )
    (no,) = asked(plan(), customer(billing=billed(3_000, ("2026-09", 2_500), ("2026-10", 2_500)))).refusals
    assert refusal_words(no).zh == "2026-10-01 起、缴清欠费前不可办：有欠费。"
    locked = customer(services=Services(whole=True, contracts=[LOCKED]))
    (no,) = asked(plan(fee_fen=4_800), locked).refusals
    assert refusal_words(no).zh.startswith("2025-06-01 起、2027-06-01 前不可办：")


def test_a_5g_plan_may_be_named_for_later_as_a_4g_plan_may() -> None:
    without = customer(holdings=Holdings(handset=Handset(supports_4g=False, supports_5g=False)))
    for generation in (4, 5):
        assert asked(plan(generation=generation), without).later


BROKEN = [
    ("rules/eligibility.yaml", "field: target_withdrawn, eq", "field: target_withdrwn, eq", "unknown field"),
    ("rules/eligibility.yaml", "since: target_withdrawn_on", "since: target_fee_fen", "no fact that holds a day"),
    ("rules/eligibility.yaml", "since: target_withdrawn_on", "lasting: false", "since or until when it holds"),
    ("rules/eligibility.yaml", "id: not_yet", "id: withdrawn", "stands here twice"),
    ("rules/eligibility.yaml", "from_months: 36", "from_months: 6", "tenures rise"),
    ("rules/eligibility.yaml", "text: { zh: 这一档已下架，不再新办。, en:", "text: { zh: ' ', en:", "Chinese words"),
    ("rules/recommendation.yaml", "mean: 50", "mean: 60", "make 100"),
    ("rules/recommendation.yaml", "worth_fen: 500", "worth_fen: -1", "below zero"),
    ("rules/recommendation.yaml", "weight: 10", "wieght: 10", "unknown key"),
    ("plans/campus.yaml", "field: age, le: 25", "field: aged, le: 25", "unknown field `aged`"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "reason"), BROKEN)
def test_a_mistake_in_the_rules_is_told_with_file_line_and_reason(
    tmp_path: Path, file: str, right: str, wrong: str, reason: str
) -> None:
    for part in ("plans", "rules"):
        copytree(folder() / part, tmp_path / part)
    text = (tmp_path / file).read_text("utf-8")
    assert right in text
    (tmp_path / file).write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError, match=reason) as caught:
        check_offers(tmp_path)
    assert Path(caught.value.file).name == Path(file).name
    assert caught.value.line > 1


def test_the_shipped_content_of_offers_is_sound() -> None:
    plans, rules = check_offers(folder())
    assert plans >= 140
    assert rules == len(RULES.rules)
    assert all(name.islower() for name in FACTS)
