"""What is recommended: the customer's gain first, how sure it is, and no saving that was not computed."""

from collections.abc import Sequence
from datetime import date

import msgspec
import pytest
from offer_kit import plan, price

from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.domain import decoding
from core.domain.customer import (
    Bill,
    Billing,
    BillItem,
    Broadband,
    Contract,
    Document,
    Handset,
    Holdings,
    Identity,
    MonthUse,
    Services,
    Usage,
)
from core.domain.plan import Allowances, BroadbandKind, BroadbandPlan, Catalogue, ContractEffect, Plan, PlanFamily
from core.domain.recommendation import OperatorInterest, RecommendationRule
from core.domain.text import Text
from core.guidance.fact_names import ADDED
from core.guidance.facts_money import billing_facts
from core.offers.advice import Advice, Recommendation, Sureness
from core.offers.bill import Line
from core.offers.eligibility import Way
from core.offers.explain import explain
from core.offers.plan_fit import plan_fits
from core.offers.recommend import PlanContent, plan_content, recommend, recommend_each
from core.offers.record import record
from core.offers.spoken import KEEP, UNKNOWN, advice_text, script_facts

TODAY = date(2026, 11, 22)
MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
WORDS = Text("字", "words")
PRESENT = plan("now")
SMALL = plan("small", fee_fen=3_000, allowances=Allowances(data_mb=512, voice_min=100))
LARGE = plan("large", fee_fen=7_000, allowances=Allowances(data_mb=8_192, voice_min=100))
PATH = ContractEffect(tier_up=True)
KIND = Text("机补协议", "Handset-subsidy contract")
LOCK = Contract(kind=KIND, starts_on=date(2025, 6, 1), ends_on=date(2027, 6, 1), locked=True)


def content(
    *plans: Plan, rule: RecommendationRule | None = None, broadband: Sequence[BroadbandPlan] = ()
) -> PlanContent:
    family = PlanFamily(id="f", name=WORDS, about=WORDS)
    found = Catalogue(version=1, families=(family,), plans=plans, broadband=tuple(broadband))
    return plan_content(found, eligibility_rules(), rule or recommendation_rule())


def customer(data_mb: Sequence[int | None], *, adjusted: Sequence[str] = (), **services: object) -> Document:
    """On the plan "now", whose bills (5,000 fen, 10 a MB beyond 1 GB up to 1,500 a GB) are told here by hand."""
    bills, uses = [], []
    for month, used in zip(MONTHS, data_mb, strict=True):
        if used is None:
            continue
        full, rest = divmod(max(used - 1_024, 0), 1_024)
        over = full * 1_500 + min(rest * 10, 1_500)
        hand = -700 if month in adjusted else 0
        items = [BillItem(code="plan_fee", label=WORDS, fen=5_000), BillItem(code="data_over", label=WORDS, fen=over)]
        bills.append(Bill(month=month, plan_code="now", plan_fee_fen=5_000, total_fen=5_000 + over + hand, items=items))
        uses.append(MonthUse(month=month, data_mb=used, voice_min=40, off_net_min=20, sms=0, roaming_mb=0))
    return Document(
        id="JC1",
        identity=Identity(plan_code="now", plan_fee_fen=5_000, birthday=date(1990, 1, 1)),
        billing=Billing(bills=bills, whole=True),
        usage=Usage(months=uses),
        services=Services(whole=True, **services),  # type: ignore[arg-type]
    )


def recommended(document: Document, *plans: Plan, **more: object) -> Recommendation:
    return recommend(document, content(PRESENT, *plans, **more), TODAY)  # type: ignore[arg-type]


def test_who_uses_little_is_led_to_the_smaller_plan_with_mean_median_and_worst_month() -> None:
    # 4G-07, SCRIPT-12
    found = recommended(customer([100, 200, 512, 300, 612, 100]), SMALL, LARGE)
    assert found.advice is Advice.CHANGE
    assert [row.plan.code for row in found.rows] == ["small", "large"]
    gain = found.rows[0].gain
    assert gain is not None
    assert (gain.mean_fen, gain.median_fen, gain.worst_fen) == ((5 * 2_000 + 1_000) // 6, 2_000, 1_000)
    assert (gain.months, gain.months_better, gain.sureness) == (6, 6, Sureness.ALWAYS)
    assert found.proposed == found.rows[0]
    assert "可比的 6 个月里有 6 个月更省" in advice_text(found).zh


def test_the_current_plan_wins_when_it_is_best_and_that_is_said() -> None:
    # SCRIPT-13, 4G-07
    tight = plan("tight", fee_fen=3_600, allowances=Allowances(data_mb=512, voice_min=100))
    found = recommended(customer([1_000] * 6), tight, LARGE)
    assert found.advice is Advice.KEEP
    assert found.proposed is None
    assert advice_text(found) == KEEP
    assert script_facts(found) == {"current_is_best": True, "none_clearly_cheaper": True}
    assert all(row.helps_fen <= 0 for row in found.rows)


def test_a_gain_too_small_to_be_worth_the_trouble_keeps_the_plan() -> None:
    nearly = plan("nearly", fee_fen=4_700)
    found = recommended(customer([1_000] * 6), nearly)
    assert found.advice is Advice.KEEP
    said = advice_text(found)
    assert "6 个月里 6 个月更省，平均每月 3 元" in said.zh, "it stands in the list, so it is spoken of"
    assert "would save 3 yuan a month on average, in 6 of 6 months" in said.en
    assert script_facts(found) == {"none_clearly_cheaper": True}, "the best it is not"
    worth = plan("worth", fee_fen=4_500)
    assert recommended(customer([1_000] * 6), worth).advice is Advice.CHANGE


def test_a_day_is_promised_only_where_nothing_but_time_stands_in_the_way() -> None:
    # CONTRACT-02, 4G-07
    no_4g = Holdings(handset=Handset(supports_4g=False, supports_5g=False))
    document = customer([100] * 6, contracts=[LOCK])
    found = recommended(document, SMALL)
    assert found.advice is Advice.LATER
    assert "2027-06-01 之后，换“套餐 small”会更省" in advice_text(found).zh
    assert script_facts(found)["later_from"] == date(2027, 6, 2)
    found = recommended(msgspec.structs.replace(document, holdings=no_4g), SMALL)
    assert found.advice is Advice.LATER
    said = advice_text(found)
    assert "机补协议期内不能改这一档。客户的手机不支持 4G。最早 2027-06-01 之后，都办妥了，换" in said.zh
    assert "After 2027-06-01 at the earliest, and once the rest is settled" in said.en
    assert "later_from" not in script_facts(found)


def test_what_time_alone_opens_is_named_before_what_asks_for_a_new_handset() -> None:
    cheaper = plan("cheaper", fee_fen=2_000, generation=5, allowances=Allowances(data_mb=512, voice_min=100))
    four_g = Holdings(handset=Handset(supports_4g=True, supports_5g=False))
    found = recommended(msgspec.structs.replace(customer([100] * 6, contracts=[LOCK]), holdings=four_g), cheaper, SMALL)
    assert found.later is not None
    assert found.later.row.plan.code == "small"
    assert script_facts(found)["later_from"] == date(2027, 6, 2)


BINDING = ContractEffect(term_months=24, monthly_bonus_fen=1_500, tier_up=True)


def test_a_bonus_of_the_contract_that_a_plan_begins_counts_and_its_term_is_said() -> None:
    # 4G-07, CONTRACT-02
    bound = plan("bound", fee_fen=5_400, contract=BINDING)
    document = customer([1_000] * 6)
    found = recommended(document, bound)
    row = found.proposed
    assert row is not None
    assert row.gain is not None
    assert (row.gain.mean_fen, row.bonus_fen, row.median_fen) == (5_000 - (5_400 - 1_500), 1_500, 3_900)
    assert "要签 24 个月协议" in advice_text(found).zh
    assert "it binds for 24 months" in advice_text(found).en
    stock = content(PRESENT, bound)
    months = explain(bound, record(document, stock.plans), stock.plans, taken=True)
    assert {month.fen for month in months} == {3_900}
    assert {line.fen for month in months for line in month.lines if line.line is Line.DISCOUNT} == {-1_500}


def test_no_bonus_counts_in_a_tier_up_nor_beside_another_nor_of_the_present_plan() -> None:
    # CONTRACT-02, OFFER-05
    bound = plan("bound", fee_fen=5_400, contract=BINDING)
    moved = recommended(customer([1_000] * 6, contracts=[LOCK]), bound).tier_up
    assert moved is not None
    assert (moved.bonus_fen, moved.median_fen) == (0, 5_400)
    paying = Contract(kind=KIND, starts_on=date(2026, 11, 1), ends_on=date(2027, 12, 31), monthly_bonus_fen=500)
    (beside,) = recommended(customer([1_000] * 6, contracts=[paying]), bound).rows
    assert (beside.bonus_fen, beside.median_fen) == (0, 5_400)
    new = msgspec.structs.replace(bound, contract=ContractEffect(term_months=24, monthly_bonus_fen=1_500))
    (refused,) = recommended(customer([1_000] * 6, contracts=[paying]), new).refused
    assert [no.rule for no in refused.verdict.refusals] == ["bonus_twice"]
    held = content(msgspec.structs.replace(PRESENT, contract=BINDING), SMALL)
    current = recommend(customer([1_000] * 6), held, TODAY).current
    assert current is not None
    assert current.median_fen == 5_000, "whoever has it has its bonus on the contract, or none"


def test_one_month_that_was_dear_is_no_reason_to_change() -> None:
    # 4G-07: median and worst month, not only the mean
    huge = plan("huge", fee_fen=7_000, allowances=Allowances(data_mb=40_000, voice_min=100))
    found = recommended(customer([100, 100, 100, 100, 100, 30_000]), huge)
    gain = found.rows[0].gain
    assert gain is not None
    assert gain.weighed_fen > 500
    assert gain.sureness is Sureness.SELDOM
    assert found.advice is Advice.KEEP


def test_of_two_plans_that_save_alike_the_surer_one_comes_first() -> None:
    steady = plan("steady", fee_fen=4_600)
    by_the_mb = {"data": price(10)}
    swinging = plan("swinging", fee_fen=3_000, allowances=Allowances(data_mb=700, voice_min=100), tariff=by_the_mb)
    found = recommended(customer([600, 600, 600, 1_000, 1_000, 1_000]), swinging, steady)
    gains = {row.plan.code: row.gain for row in found.rows}
    assert gains["swinging"] is not None
    assert gains["steady"] is not None
    assert gains["swinging"].mean_fen > gains["steady"].mean_fen
    assert [row.plan.code for row in found.rows] == ["steady", "swinging"]


def test_a_month_with_a_correction_by_hand_claims_no_saving() -> None:
    found = recommended(customer([100] * 6, adjusted=["2026-08"]), SMALL)
    assert found.left_out == ("2026-08",)
    assert len(found.compared) == 5
    assert found.proposed is not None
    assert found.proposed.gain is not None
    assert found.proposed.gain.months == 5
    assert "saving_fen" not in script_facts(found)


def test_with_too_few_months_nothing_is_claimed_and_nothing_proposed() -> None:
    found = recommended(customer([100, 100, None, None, 100, 100], adjusted=["2026-10"]), SMALL)
    assert found.advice is Advice.UNKNOWN
    assert found.proposed is None
    assert all(row.gain is None and row.helps_fen == 0 for row in found.rows)
    assert advice_text(found) == UNKNOWN
    assert script_facts(found) == {}


def test_a_customer_of_whom_nothing_is_known_gets_no_advice() -> None:
    found = recommend(Document(id="JC1"), content(PRESENT, SMALL), TODAY)
    assert found.advice is Advice.UNKNOWN
    assert found.current is None
    assert [row.mean_fen for row in found.rows] == [0, 0]


def test_many_at_once_are_advised_as_each_alone(documents: list[Document]) -> None:
    # 4G-07
    stock = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    left = decoding.decode(msgspec.json.encode(documents[61]), Document)
    assert left.usage is not None
    assert left.billing is not None
    del left.usage.months[-3:], left.billing.bills[-3:]
    asked = [*documents[60:75], left, Document(id="JC1")]
    assert recommend_each(asked, stock, TODAY) == [recommend(one, stock, TODAY) for one in asked]
    assert recommend_each([], stock, TODAY) == []


def test_the_operators_interest_is_apart_and_only_orders_what_is_nearly_even() -> None:
    # OFFER-09
    pushed = plan("pushed", fee_fen=4_000, ease=5)
    plain = plan("plain", fee_fen=3_950, ease=3)
    found = recommended(customer([100] * 6), pushed, plain)
    assert [row.plan.code for row in found.rows] == ["pushed", "plain"]
    first = found.rows[0]
    assert (first.helps_fen, first.assured_fen, first.tipped_fen) == (1_000, -1_000, 100)
    greedy = msgspec.structs.replace(
        recommendation_rule(), operator=OperatorInterest(weight=100, most_fen=99_999, ease_fen=9_999)
    )
    dear = plan("dear", fee_fen=90_000, ease=5)
    bought = recommended(customer([100] * 6), dear, plain, rule=greedy)
    assert [row.plan.code for row in bought.rows] == ["plain", "dear"]
    assert bought.proposed is not None
    assert bought.proposed.plan.code == "plain"


def test_under_a_lock_a_tier_up_that_helps_is_advised() -> None:
    # CONTRACT-02
    larger = msgspec.structs.replace(LARGE, contract=PATH)
    found = recommended(customer([4_000] * 6, contracts=[LOCK]), larger, SMALL)
    assert found.advice is Advice.TIER_UP
    assert found.tier_up == found.proposed == found.rows[0]
    assert found.rows[0].way is Way.TIER_UP
    assert script_facts(found)["tier_up_plan"] == larger.name


def test_under_a_lock_the_cheaper_plan_is_named_for_later_with_the_day() -> None:
    # CONTRACT-02
    found = recommended(customer([100] * 6, contracts=[LOCK]), SMALL)
    assert found.advice is Advice.LATER
    assert found.proposed is None
    assert found.later is not None
    assert found.later.row.plan.code == "small"
    assert "2027-06-01" in advice_text(found).zh
    assert not script_facts(found).keys() & {"current_is_best", "none_clearly_cheaper"}


def test_leaving_a_bundle_counts_what_broadband_then_costs_and_entering_one_what_it_saves() -> None:
    line = BroadbandPlan(
        code="b", kind=BroadbandKind.YEARLY, name=WORDS, speed_mbps=100, term_fen=88_000, term_days=365,
        audience=WORDS, advantage=WORDS, on_sale_from=date(2016, 1, 1),
    )  # fmt: skip
    bundle = plan("bundle", fee_fen=5_500, broadband_mbps=100)
    ending = Broadband(speed_mbps=100, yearly_fee_fen=88_000, ends_on=date(2026, 12, 24))
    found = recommended(customer([100] * 6, broadband=ending), bundle, broadband=[line])
    assert found.rows[0].broadband_fen == 88_000 // 12
    assert found.advice is Advice.CHANGE
    paid = Broadband(speed_mbps=100, yearly_fee_fen=88_000, ends_on=date(2027, 9, 1))
    assert recommended(customer([100] * 6, broadband=paid), bundle, broadband=[line]).advice is Advice.KEEP
    faster = Broadband(speed_mbps=500, yearly_fee_fen=148_000, ends_on=date(2026, 12, 24))
    assert recommended(customer([100] * 6, broadband=faster), bundle).rows[0].broadband_fen == 0
    held = msgspec.structs.replace(PRESENT, broadband_mbps=100)
    at_home = customer([100] * 6, broadband=Broadband(speed_mbps=100))
    leaving = recommend(at_home, content(held, SMALL, broadband=[line]), TODAY)
    assert leaving.rows[0].broadband_fen == -7_334
    assert leaving.advice is Advice.KEEP


def test_what_the_script_says_adds_up_to_the_fen_with_the_bills_on_record() -> None:
    document = customer([1_500, 1_777, 1_301, 2_049, 1_025, 3_333])
    found = recommended(document, plan("fair", fee_fen=5_100, allowances=Allowances(data_mb=8_192, voice_min=100)))
    facts = script_facts(found)
    paid = billing_facts(document.billing, document.identity, TODAY)["avg_bill_6m_fen"]
    assert paid == facts["proposed_bill_fen"] + facts["saving_fen"]  # type: ignore[operator]
    assert set(facts) <= ADDED


def test_every_row_opens_into_months_and_says_what_is_paid_for_what() -> None:
    # SCRIPT-12
    stock = content(PRESENT, SMALL)
    document = customer([100, None, 612, 1_600, 300, 1_536], adjusted=["2026-09"])
    opened = explain(SMALL, record(document, stock.plans), stock.plans)
    assert [one.month for one in opened] == ["2026-05", "2026-07", "2026-08", "2026-09", "2026-10"]
    assert [one.fen for one in opened] == [3_000, 4_000, 3_000 + 1_500 + 640, 3_000, 4_500]
    assert [one.made for one in opened] == [True, True, True, False, True]
    over = opened[1].lines[1]
    assert over.detail.zh == "用 612 MB，套内 512 MB，超出 100 MB；0.10 元/MB，每 1 GB 最多 15 元"
    assert over.detail.en == (
        "used 612 MB, plan holds 512 MB, 100 MB beyond; 0.10 yuan/MB, 15 yuan at most for each 1 GB"
    )
    assert all(one.fen == sum(line.fen for line in one.lines) for one in opened)


def test_every_line_says_where_it_comes_from() -> None:
    stock = content(PRESENT)
    one = plan(
        "all", fee_fen=1_000, minimum_spend_fen=9_900, allowances=Allowances(voice_min=10, on_net_min=5),
        tariff={"on_net": price(5), "data": price(400, unit=200)},
    )  # fmt: skip
    opened = explain(one, record(customer([150] * 6), stock.plans), stock.plans)
    lines = {line.line: line for line in opened[0].lines}
    assert lines[Line.DATA_OVER].detail.zh == "用 150 MB，套内 0 MB，超出 150 MB；4 元/200 MB"
    other, own = lines[Line.VOICE_OVER].detail.zh.split("；网内：")
    assert other == "网外：用 20 分钟，套内 10 分钟，超出 10 分钟；0.20 元/分钟"
    assert own == "用 20 分钟，套内 5 分钟，超出 15 分钟；0.05 元/分钟"
    assert lines[Line.MINIMUM].detail.zh == "套餐每月最低消费 99 元"
    assert opened[0].fen == 9_900


def test_opened_rows_of_the_city_add_up_and_speak_of_every_line(documents: list[Document]) -> None:
    stock = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    for document in documents[30:60]:
        found = recommend(document, stock, TODAY)
        history = record(document, stock.plans)
        assert not found.proposed or found.proposed.helps_fen >= stock.recommendation.worth_fen
        for row in found.rows[:3]:
            opened = {one.month: one for one in explain(row.plan, history, stock.plans)}
            compared = [opened[month] for month in found.compared]
            assert row.total_fen == sum(one.fen for one in compared)
            assert row.worst_fen == max(one.fen for one in compared)
            assert all(line.detail.zh and line.detail.en for one in compared for line in one.lines)


@pytest.mark.parametrize("index", [37, 45])
def test_the_citys_locked_customers_are_offered_a_tier_up_alone(documents: list[Document], index: int) -> None:
    # CONTRACT-02
    stock = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    found = recommend(documents[index], stock, TODAY)
    assert found.tier_up is not None
    assert {row.way for row in found.rows} == {Way.TIER_UP}
    locks = [no for one in found.refused for no in one.verdict.refusals if no.rule == "contract_lock"]
    assert locks
    assert all(no.until is not None and no.instead is not None for no in locks)


def test_screening_is_told_a_saving_only_where_the_call_would_tell_one(
    documents: Sequence[Document], today: date
) -> None:
    # TASK-02: target, then the product that matches
    whole = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    sample = documents[:60]
    saves = 0
    for document, fit, told in zip(
        sample, plan_fits(sample, whole, today), recommend_each(sample, whole, today), strict=True
    ):
        assert (fit is None) is (told.advice is Advice.UNKNOWN), document.id
        if fit is None or not fit.saving_fen:
            continue
        saves += 1
        named = [one for one in (*told.rows, *(later.row for later in (told.later, told.waiting, told.closed) if later))
                 if one.plan.name.zh == fit.better]  # fmt: skip
        refused = {one.plan.name.zh for one in told.refused}
        assert named or fit.better in refused
        assert all(one.gain is not None and one.gain.median_fen == fit.saving_fen for one in named)
    assert saves > 10


def test_months_that_were_corrected_by_hand_claim_no_fit() -> None:
    uses = [600] * 6
    whole = content(PRESENT, SMALL)
    sound, corrected = plan_fits([customer(uses), customer(uses, adjusted=MONTHS)], whole, TODAY)
    assert sound is not None
    assert (sound.better, sound.saving_fen > 0) == (SMALL.name.zh, True)
    assert corrected is None
