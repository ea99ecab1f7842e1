"""Broadband plans for a line: each paid as its terms say, by the hours that the line was in use, to the fen."""

from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.content.offer_rules import eligibility_rules
from core.content.plans import catalogue
from core.domain.customer import Billing, Broadband, Document, Identity, LineUse, Services
from core.domain.plan import BroadbandPlan
from core.domain.script import LineProposal
from core.offers.line_choice import LineChoice
from core.offers.line_cost import line_costs, term_months
from core.offers.line_proposals import line_facts, line_proposals
from core.offers.lines import lines_for
from core.offers.refusal_words import refusal_words

TODAY = date(2026, 11, 22)
MONTHS = [f"2025-{month:02d}" for month in (11, 12)] + [f"2026-{month:02d}" for month in range(1, 11)]
BY_CODE = {plan.code: plan for plan in catalogue().broadband}
YEAR = st.lists(st.integers(0, 744), min_size=12, max_size=12)


def costs(plan: BroadbandPlan, hours: list[int]) -> list[int]:
    found: list[int] = line_costs([plan], np.array([hours], dtype=np.int64))[0, 0].tolist()
    return found


def customer(hours: list[int] | None = None, plan: str = "bb-y100", **more: object) -> Document:
    held = BY_CODE[plan]
    used = [LineUse(month=month, hours=n) for month, n in zip(MONTHS, hours, strict=True)] if hours else []
    line = Broadband(speed_mbps=held.speed_mbps, plan_name=held.name, yearly_fee_fen=held.term_fen, hours=used)
    document = Document(id="JC1", identity=Identity(plan_code="fx-58"), services=Services(whole=True, broadband=line))
    return msgspec.structs.replace(document, **more)


def lines(document: Document) -> dict[str, LineChoice]:
    return {one.plan.code: one for one in lines_for(document, catalogue(), eligibility_rules(), TODAY)}


def test_a_holiday_line_is_paid_for_each_term_in_which_it_is_used() -> None:
    # BB-04
    holiday = BY_CODE["bb-h100"]
    assert term_months(holiday) == 3
    winter_and_summer = [0, 0, 80, 90, 0, 0, 0, 0, 120, 150, 0, 0]
    paid = costs(holiday, winter_and_summer)
    assert [month for month, fen in enumerate(paid) if fen] == [2, 8]
    assert sum(paid) == 2 * 26_000
    assert sum(costs(holiday, [0] * 12)) == 0
    assert sum(costs(holiday, [10] * 12)) == 4 * 26_000


def test_a_metered_line_bills_begun_hours_beyond_up_to_its_cap() -> None:
    # BB-06
    metered = BY_CODE["bb-m20"]
    assert costs(metered, [0, 59, 60, 61, 139, 140, 141, 744, 0, 0, 0, 0])[:8] == [
        2_000, 2_000, 2_000, 2_050, 5_950, 6_000, 6_000, 6_000,
    ]  # fmt: skip


@given(YEAR, st.integers(0, 11), st.integers(1, 100))
def test_no_line_costs_less_for_being_used_more(hours: list[int], at: int, more: int) -> None:
    longer = [n + more if month == at else n for month, n in enumerate(hours)]
    for plan in BY_CODE.values():
        before, after = sum(costs(plan, hours)), sum(costs(plan, longer))
        assert before <= after
        assert after >= plan.monthly_fen * 12


@given(YEAR)
def test_terms_cover_every_month_of_use_and_none_is_paid_for_in_vain(hours: list[int]) -> None:
    holiday = BY_CODE["bb-h200"]
    begins = [month for month, fen in enumerate(costs(holiday, hours)) if fen]
    covered = {month for begin in begins for month in range(begin, begin + term_months(holiday))}
    assert {month for month, n in enumerate(hours) if n} <= covered
    assert all(hours[begin] for begin in begins)


def test_each_plan_says_what_a_year_of_this_line_would_have_cost_against_the_present_one() -> None:
    found = lines(customer([10] * 12))
    assert found.keys() == BY_CODE.keys()
    assert found["bb-y100"].current
    assert (found["bb-m20"].year_fen, found["bb-m20"].less_fen) == (24_000, 64_000)
    assert found["bb-m20"].slower
    assert found["bb-y200"].less_fen == 88_000 - 108_000
    for one in found.values():
        assert one.year_fen == sum(month.fen for month in one.months)


def test_without_a_full_year_of_hours_nothing_is_claimed_of_what_depends_on_them() -> None:
    found = lines(customer())
    assert (found["bb-h100"].year_fen, found["bb-m20"].year_fen) == (None, None)
    assert (found["bb-y50"].year_fen, found["bb-m50"].year_fen) == (72_000, 12 * 6_800)
    old = customer([10] * 12)
    assert lines_for(old, catalogue(), eligibility_rules(), date(2028, 1, 1))[5].year_fen is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("bb-y4", "2015-12-31 起不可办：这一档宽带已下架，不再新办。"),
        ("bb-y100", "换到别的宽带前不可办：客户现在用的就是这一档。"),
        ("bb-e200", "办了这个速率的 e家融合套餐前不可办：这一档随 e家融合套餐，不单独办。"),
    ],
)
def test_every_no_says_why_and_since_or_until_when(code: str, words: str) -> None:
    # OFFER-13
    (no, *_) = lines(customer([10] * 12))[code].refusals
    assert refusal_words(no).zh == words


def test_arrears_come_first() -> None:
    found = lines(customer([10] * 12, billing=Billing(arrears_fen=900)))
    assert all(any(no.rule == "line_in_arrears" for no in one.refusals) for one in found.values())


def test_who_has_no_line_is_compared_none() -> None:
    assert not lines_for(Document(id="JC1"), catalogue(), eligibility_rules(), TODAY)


def test_the_script_names_what_may_be_had_with_its_price_and_says_when_the_hour_is_dearer() -> None:
    # BB-04, BB-06, BB-10
    little = line_proposals(tuple(lines(customer([10] * 12)).values()), (), speed_mbps=100)
    facts = line_facts(little)
    assert little.plan(LineProposal.HOLIDAY) is BY_CODE["bb-h100"]
    assert little.plan(LineProposal.ECONOMY) is BY_CODE["bb-y20"]
    assert little.plan(LineProposal.BUNDLE) is None
    assert str(facts["holiday_line_price"]).count("260")
    assert (facts["metered_line_hours"], facts["metered_line_year_fen"], facts["metered_line_dearer"]) == (
        60, 24_000, False,
    )  # fmt: skip
    much = line_facts(line_proposals(tuple(lines(customer([700] * 12, plan="bb-y20")).values()), (), speed_mbps=20))
    assert much["metered_line_dearer"] is True
    assert "economy_line" not in much, "there is no cheaper year"
