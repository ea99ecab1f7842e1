"""Packs and further SIMs: each adds its fee, what they hold and use counts together, and only while they are held."""

from datetime import date

import msgspec
import numpy as np
import pytest
from any_use import any_plan, figures
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_kit import fen, months, pack, plan

from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.domain.customer import Document, MemberUse
from core.domain.plan import Catalogue, Pack, Plan, PlanFamily, Shared
from core.domain.text import Text
from core.offers.advice import Advice, PackAdded, Recommendation
from core.offers.bill import Line, bill, opened
from core.offers.compiled import CompiledPlans, compiled
from core.offers.explain import explain
from core.offers.recommend import plan_content, recommend
from core.offers.record import record, reproduced
from core.offers.spoken import KEEP, advice_text

DATA = pack("data")
TALK = pack("talk", fee_fen=900, voice_min=100)
VIDEO = pack("video", fee_fen=1_200, directed_mb=8_192)
ROOMY = plan("roomy", packs=(DATA, TALK, VIDEO), shared=Shared(members=2, member_fee_fen=500))
TIGHT = plan("tight", packs=(DATA,))


@given(any_plan, figures)
@settings(deadline=None, max_examples=150)
def test_with_packs_and_sims_a_bill_is_never_below_all_their_fees(one: Plan, use: dict[str, int]) -> None:
    fees = one.fee_fen + sum(held.fee_fen for at, held in enumerate(one.packs) if use["packs"] >> at & 1)
    if one.shared and one.shared.members >= use["members"]:
        fees += one.shared.member_fee_fen * use["members"]
    assert fen(one, **{**use, "bonus_fen": 0}) >= fees


@given(any_plan, figures)
@settings(deadline=None, max_examples=150)
def test_a_pack_saves_at_the_most_what_it_holds_and_costs_at_the_most_its_fee(one: Plan, use: dict[str, int]) -> None:
    bare = {**use, "packs": 0, "bonus_fen": 0, "minimum_fen": 0}
    for at, held in enumerate(one.packs):
        assert fen(one, **{**bare, "packs": 1 << at}) <= max(fen(one, **bare) + held.fee_fen, one.minimum_spend_fen)


@given(st.lists(st.tuples(st.none() | figures, st.integers(0, 7)), min_size=1, max_size=12))
@settings(deadline=None, max_examples=40)
def test_months_with_and_without_stand_side_by_side_in_one_call(rows: list[tuple[dict[str, int] | None, int]]) -> None:
    """What one month holds says nothing of another, and the lines add up in each."""
    plans = compiled([ROOMY, TIGHT, *catalogue().plans[::20]])
    use = months([row for row, _ in rows])
    made, lines = bill(plans, use), opened(plans, use)
    assert np.array_equal(made.fen, lines.fen)
    assert list(lines.lines) == sorted(lines.lines, key=list(Line).index)
    for at, (row, _) in enumerate(rows):
        assert np.array_equal(made.fen[:, at], bill(plans, months([row])).fen[:, 0])


def test_a_pack_counts_before_the_charges_beyond_and_is_paid_whole() -> None:
    assert fen(ROOMY, data_mb=2_048, packs=0b001) == 5_000 + 1_000
    assert fen(ROOMY, data_mb=2_049, packs=0b001) == 5_000 + 1_000 + 10
    assert fen(ROOMY, packs=0b001) == 5_000 + 1_000
    assert fen(ROOMY, on_net_min=150, off_net_min=50, packs=0b010) == 5_000 + 900
    assert fen(ROOMY, data_mb=9_216, directed_mb=8_192, packs=0b100) == 5_000 + 1_200
    assert fen(ROOMY, data_mb=9_217, directed_mb=8_192, packs=0b111) == 5_000 + 3_100


def test_a_pack_that_the_plan_does_not_take_is_neither_paid_nor_used() -> None:
    both = compiled([ROOMY, TIGHT])
    assert both.packs == (DATA, TALK, VIDEO)
    made = bill(both, months([{"off_net_min": 200, "packs": 0b010}])).fen[0, 0]
    assert made.tolist() == [5_000 + 900, 5_000 + 2_000]


def test_further_sims_pay_their_fee_and_use_the_allowances_together() -> None:
    shared = {"members": 2, "data_mb": 500, "member_data_mb": 524, "off_net_min": 40, "member_off_net_min": 60}
    assert fen(ROOMY, **shared) == 5_000 + 2 * 500
    assert fen(ROOMY, **{**shared, "member_data_mb": 525}) == 5_000 + 2 * 500 + 10
    assert fen(ROOMY, **{**shared, "member_off_net_min": 61}) == 5_000 + 2 * 500 + 20


def test_a_plan_without_room_for_all_sims_is_billed_for_the_first_alone() -> None:
    three = {"members": 3, "data_mb": 1_025, "member_data_mb": 90_000}
    assert fen(ROOMY, **three) == fen(TIGHT, **three) == 5_010


def document(**month: object) -> Document:
    """Half a year on ROOMY, whose packs and SIMs `month` gives as the keys of the document's parts have them."""
    made = {
        "id": "JC1",
        "identity": {"plan_code": "roomy", "plan_fee_fen": 5_000, "birthday": "1990-01-01"},
        "usage": {
            "months": [
                {
                    "month": f"2026-{at:02d}",
                    "data_mb": 1_500,
                    "voice_min": 10,
                    "off_net_min": 0,
                    "sms": 0,
                    "roaming_mb": 0,
                }
                | month.get("use", {})  # type: ignore[operator]
                for at in range(5, 11)
            ]
        },
        "holdings": {"packs": month.get("packs", [])},
        "billing": {"bills": month.get("bills", [])},
        "services": {"whole": True},
    }
    return msgspec.convert(made, Document, strict=False)


def held(since: str, until: str | None = None, code: str = "data") -> dict[str, object]:
    return {"code": code, "label": {"zh": "包", "en": "Pack"}, "fee_fen": 1_000, "since": since, "until": until}


@pytest.mark.parametrize(
    ("since", "until", "billed"),
    [
        ("2026-06-30", "2026-08-01", [0, 1, 1, 1, 0, 0]),
        ("2026-07-01", "2026-07-31", [0, 0, 1, 0, 0, 0]),
        ("2026-05-31", None, [1, 1, 1, 1, 1, 1]),
        ("2026-10-31", None, [0, 0, 0, 0, 0, 1]),
        ("2026-11-01", None, [0, 0, 0, 0, 0, 0]),
        ("2020-01-01", "2026-04-30", [0, 0, 0, 0, 0, 0]),
    ],
)
def test_a_pack_stands_on_the_bills_from_its_first_month_to_its_last(
    since: str, until: str | None, billed: list[int]
) -> None:
    plans = compiled([ROOMY])
    found = opened(plans, record(document(packs=[held(since, until)]), plans).months)
    packs = found.lines.get(Line.PACK, np.zeros((1, 6, 1), dtype=np.int64))
    assert (packs[0, :, 0] // 1_000).tolist() == billed
    assert found.fen[0, :, 0].tolist() == [6_000 if one else 6_500 for one in billed]


def test_a_month_in_which_the_use_of_a_further_sim_is_missing_is_not_known() -> None:
    plans = compiled([ROOMY])
    known = record(document(use={"members": {"sims": 1}}), plans).months.known
    assert not known.any()
    whole = {"sims": 1, "data_mb": 0, "voice_min": 0, "sms": 0, "roaming_mb": 0}
    assert record(document(use={"members": whole}), plans).months.known.all()


def test_every_opened_month_says_which_packs_are_kept_and_which_end_with_the_change() -> None:
    # SCRIPT-12
    plans = compiled([ROOMY, TIGHT])
    customer = document(packs=[held("2026-01-01"), held("2026-09-01", code="talk")])
    here, there = (explain(one, record(customer, plans), plans) for one in (ROOMY, TIGHT))
    notes = [next(line for line in month.lines if line.line is Line.PACK) for month in (here[0], here[-1], there[-1])]
    assert [note.fen for note in notes] == [1_000, 1_900, 1_000]
    assert notes[0].detail.zh == "“包 data”10 元"
    assert notes[1].detail.en == "Pack data 10 yuan, Pack talk 9 yuan"
    assert notes[2].detail.zh == "“包 data”10 元；这一档不能叠加：“包 talk”，换过来就停"
    assert notes[2].detail.en.endswith("not taken by this plan: Pack talk; ends with the change")
    over = explain(ROOMY, record(document(packs=[held("2026-01-01")], use={"data_mb": 2_058}), plans), plans)[0]
    data = next(line for line in over.lines if line.line is Line.DATA_OVER)
    assert data.detail.zh == "用 2,058 MB，套内 2 GB，超出 10 MB；0.10 元/MB，每 1 GB 最多 15 元"


def test_every_opened_month_says_what_the_further_sims_cost_or_that_there_is_no_room() -> None:
    # SCRIPT-12
    plans = compiled([ROOMY, TIGHT])
    sims = {"sims": 2, "data_mb": 100, "voice_min": 5, "sms": 0, "roaming_mb": 0}
    found = record(document(use={"members": sims}), plans)
    notes = [
        next(line for line in explain(one, found, plans)[0].lines if line.line is Line.MEMBERS)
        for one in (ROOMY, TIGHT)
    ]
    assert [note.fen for note in notes] == [1_000, 0]
    assert notes[0].detail.zh == "副卡 2 张，每张 5 元，用量合并计费"
    assert notes[1].detail.zh == "这一档带不了 2 张副卡，只算主卡"


def test_the_city_holds_packs_and_shares_plans_and_all_of_it_is_made_to_the_fen(
    documents: list[Document], plans: CompiledPlans
) -> None:
    with_packs = [one for one in documents if one.holdings and one.holdings.packs]
    sharing = [one for one in documents if one.usage and any(month.members for month in one.usage.months)]
    assert len(with_packs) > 50
    assert len(sharing) > 10
    lines: set[str] = set()
    for one in (*with_packs, *sharing):
        assert one.billing is not None
        found = record(one, plans)
        made = dict(zip(found.names, reproduced(found, plans)[0].tolist(), strict=True))
        for on_record in one.billing.bills:
            codes = {item.code for item in on_record.items}
            lines |= codes
            assert made[on_record.month] is ("adjustment" not in codes), (one.id, on_record.month)
    assert {Line.PACK, Line.MEMBERS} <= lines


def test_who_shares_a_plan_may_not_take_one_without_room_for_the_sims(documents: list[Document], today: date) -> None:
    content = plan_content(catalogue(), eligibility_rules(), recommendation_rule())
    sharing = next(one for one in documents if one.usage and one.usage.months[-1:] and one.usage.months[-1].members)
    assert sharing.usage is not None
    members = sharing.usage.months[-1].members
    assert isinstance(members, MemberUse)
    found = recommend(sharing, content, today)
    assert all(row.plan.shared and row.plan.shared.members >= members.sims for row in found.rows)
    refused = {no.plan.code: {one.rule for one in no.verdict.refusals} for no in found.refused}
    assert "no_room_for_sims" in refused["fx-58"]


def advised(*plans: Plan, fen: int, **more: object) -> Recommendation:
    """For half a year on "roomy" in which every bill came to `fen`."""
    bills = [
        {"month": f"2026-{at:02d}", "plan_code": "roomy", "plan_fee_fen": 5_000, "total_fen": fen, "items": []}
        for at in range(5, 11)
    ]
    family = PlanFamily(id="f", name=Text("字", "words"), about=Text("字", "words"))
    stock = Catalogue(version=1, families=(family,), plans=plans)
    content = plan_content(stock, eligibility_rules(), recommendation_rule())
    return recommend(document(bills=bills, **more), content, date(2026, 11, 22))


CHEAP = pack("cheap", fee_fen=500)


def test_a_pack_that_would_have_paid_for_itself_is_named_beside_the_plan() -> None:
    # SCRIPT-12, 4G-07
    here = msgspec.structs.replace(ROOMY, packs=(DATA, CHEAP, TALK))
    found = advised(here, fen=6_500, use={"data_mb": 1_600})
    assert found.current is not None
    assert found.current.pack == PackAdded(pack=CHEAP, mean_fen=1_000, months=6, months_better=6)
    assert found.advice is Advice.KEEP
    assert (found.current.helps_fen, found.current.rank_fen) == (0, 0), "it is told beside the gain and ranks nothing"
    said = advice_text(found)
    assert said.zh == f"{KEEP.zh}现在这一档再叠加“包 cheap”（5 元/月），平均每月能省 10 元。"
    assert said.en == (
        f"{KEEP.en} The present plan with the Pack cheap at 5 yuan comes to 10 yuan a month less on average."
    )


@pytest.mark.parametrize(
    ("packs", "held_now", "fen"),
    [
        ((DATA,), [], 5_760),
        ((CHEAP,), [held("2026-01-01", code="cheap")], 5_500),
        ((TALK,), [], 6_500),
        ((CHEAP,), [], 6_400),
    ],
    ids=["it would cost more", "it is held", "it holds something else", "no bill can be compared"],
)
def test_no_pack_is_named_that_would_not_have_helped(packs: tuple[Pack, ...], held_now: list[object], fen: int) -> None:
    used = 1_100 if packs == (DATA,) else 1_600
    here = msgspec.structs.replace(ROOMY, packs=packs)
    found = advised(here, fen=fen, use={"data_mb": used}, packs=held_now)
    assert found.current is not None
    assert found.current.pack is None
