"""Bills add up, follow the plan and the use, and are paid from one account."""

from core.demo.billing import Extras, ItemCode, bill, data_over_fen, roaming_fen, use_fen, voice_over_fen
from core.demo.plans import BY_CODE, PLANS
from core.demo.price_list import beyond_fen, data_fen, voice_fen
from core.domain.customer import Document, MemberUse, MonthUse
from core.domain.plan import Beyond, Step


def test_the_rules_on_figures_worked_out_by_hand() -> None:
    plan = BY_CODE["ct-58"]
    assert data_over_fen(plan, 1_024) == 0
    assert data_over_fen(plan, 1_025) == 10
    assert data_over_fen(plan, 1_024 + 149) == 1_490
    assert data_over_fen(plan, 1_024 + 151) == 1_500
    assert data_over_fen(plan, 1_024 + 1_024 + 7) == 1_570
    assert voice_over_fen(plan, 163) == 13 * 20
    assert [roaming_fen(mb) for mb in (0, 1, 50, 51, 100_000)] == [0, 600, 600, 1_200, 30_000]


def test_discount_never_passes_the_charges_and_the_minimum_fills_up() -> None:
    use = MonthUse(month="2026-10", data_mb=10, voice_min=10, sms=0)
    made = bill(BY_CODE["lt-8"], use, Extras(bonus=99_000, minimum=700, adjustment=-50))
    items = {item.code: item.fen for item in made.items}
    charged = use_fen(BY_CODE["lt-8"], use)
    assert items[ItemCode.DISCOUNT] == -charged
    assert items[ItemCode.MINIMUM] == 700
    assert made.total_fen == 650


def test_packs_and_further_sims_on_figures_worked_out_by_hand() -> None:
    talk, data = BY_CODE["ct-58"].packs
    use = MonthUse(month="2026-10", data_mb=3_073, voice_min=260, sms=0)
    made = bill(BY_CODE["ct-58"], use, Extras(packs=(talk, data)))
    assert {item.code: item.fen for item in made.items} == {
        "plan_fee": 5_800, "pack": 1_000 + 1_500, "data_over": 10, "voice_over": 10 * 20,
    }  # fmt: skip
    other = bill(BY_CODE["lt-8"], use, Extras(packs=(talk, data)))
    assert "pack" not in {item.code for item in other.items}, "lt-8 does not take them"
    members = MemberUse(sims=2, data_mb=20 * 1_024, voice_min=500, sms=3)
    shared = bill(BY_CODE["cx-149"], MonthUse(month="2026-10", data_mb=20_481, voice_min=101, sms=0, members=members))
    assert {item.code: item.fen for item in shared.items} == {
        "plan_fee": 14_900, "further_sims": 2 * 1_000, "data_over": 3, "voice_over": 10, "sms_over": 30,
    }  # fmt: skip


def test_some_hold_packs_and_some_share_a_plan(documents: list[Document]) -> None:
    packs = [one for one in documents if one.holdings and one.holdings.packs]
    shared = [one for one in documents if one.usage and one.usage.months and one.usage.months[-1].members]
    assert 0.08 < len(packs) / len(documents) < 0.2
    assert 0.005 < len(shared) / len(documents) < 0.06
    assert any(pack.until for one in packs if one.holdings for pack in one.holdings.packs)


def test_every_bill_is_the_sum_of_its_items_and_carries_its_plans_fee(documents: list[Document]) -> None:
    # VIEW-03
    for document in documents:
        assert document.billing is not None
        for made in document.billing.bills:
            items = {item.code: item.fen for item in made.items}
            assert made.total_fen == sum(items.values())
            assert items["plan_fee"] == made.plan_fee_fen == BY_CODE[made.plan_code].fee_fen


def test_every_bill_without_a_correction_follows_from_plan_and_use(documents: list[Document]) -> None:
    for document in documents:
        assert document.billing is not None
        assert document.usage is not None
        assert [b.month for b in document.billing.bills] == [u.month for u in document.usage.months]
        for made, use in zip(document.billing.bills, document.usage.months, strict=True):
            items = {item.code: item.fen for item in made.items}
            plan = BY_CODE[made.plan_code]
            if items.keys() & {"pack", "further_sims"} or plan.listed is not None:
                continue
            assert items.get("data_over", 0) == data_over_fen(plan, use.data_mb or 0)
            assert items.get("voice_over", 0) == voice_over_fen(plan, use.voice_min or 0)


def test_a_price_list_on_figures_worked_out_by_hand() -> None:
    night = BY_CODE["cy-44"].listed
    assert night is not None
    held = night.allowances
    use = MonthUse(
        month="2026-10", data_mb=held.data_mb + held.off_peak_mb, off_peak_mb=held.off_peak_mb, voice_min=0, sms=0
    )
    assert data_fen(night, use) == 0
    use.off_peak_mb = 0
    assert data_fen(night, use) > 0, "by day the general allowance alone counts"
    own = BY_CODE["xq-48"].listed
    assert own is not None
    talked = MonthUse(month="2026-10", data_mb=0, voice_min=own.allowances.on_net_min, off_net_min=0, sms=0)
    assert voice_fen(own, talked) == 0
    stepped = Beyond(
        steps=(Step(above=0, fen=30), Step(above=100, unit=10, fen=100)),
        block=200,
        block_cap_fen=3_500,
        month_cap_fen=6_000,
    )
    figures = {0: 0, 1: 30, 100: 3_000, 101: 3_100, 111: 3_200, 200: 3_500, 201: 3_530, 900: 6_000}
    assert {over: beyond_fen(stepped, over) for over in figures} == figures


def test_three_bills_in_a_hundred_were_corrected_by_hand(documents: list[Document]) -> None:
    bills = [made for document in documents if document.billing for made in document.billing.bills]
    corrected = sum(any(item.code == "adjustment" for item in made.items) for made in bills)
    assert 0.02 < corrected / len(bills) < 0.04


def test_the_balance_is_what_payments_leave_of_the_bills(documents: list[Document]) -> None:
    # VIEW-04
    for document in documents:
        money = document.billing
        assert money is not None
        held = (money.balance_fen or 0) - (money.arrears_fen or 0)
        opening = held - sum(p.fen for p in money.payments) + sum(b.total_fen for b in money.bills)
        assert 0 <= opening < 6_000, document.id


def test_plans_of_four_generations_have_names_in_both_languages() -> None:
    assert len(PLANS) >= 20
    assert {plan.generation for plan in PLANS} == {2, 3, 4, 5}
    assert all(plan.name.zh and plan.name.en for plan in PLANS)
    assert len({plan.code for plan in PLANS}) == len({plan.name.zh for plan in PLANS}) == len(PLANS)
