"""The bill: exact, at every edge, monotone in use, never below the fee; months without data are no months of no use."""

from datetime import date

import msgspec
import numpy as np
import pytest
from any_use import any_plan, figures
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_kit import Figures, fen, months, pack, plan, price, slow_fen, stepped

from core.content.plans import catalogue
from core.domain.plan import UNLIMITED, Allowances, Plan, Shared
from core.offers.best import best
from core.offers.bill import UNKNOWN_FEN, Line, bill, opened
from core.offers.compiled import CompiledPlans, compiled
from core.offers.months import QUANTITIES, months_of

PLANS = catalogue().plans
USE = (
    "data_mb",
    "on_net_min",
    "off_net_min",
    "sms",
    "roaming_mb",
    "member_data_mb",
    "member_off_net_min",
    "member_sms",
)


@given(any_plan, figures)
@settings(deadline=None, max_examples=300)
def test_the_bill_is_what_the_price_list_says(one: Plan, use: Figures) -> None:
    assert fen(one, **use) == slow_fen(one, use)


@given(any_plan, figures, st.sampled_from(USE), st.integers(1, 3_000))
@settings(deadline=None, max_examples=200)
def test_who_uses_more_never_pays_less(one: Plan, use: Figures, what: str, more: int) -> None:
    assert fen(one, **{**use, what: use[what] + more}) >= fen(one, **use)


@given(any_plan, figures)
@settings(deadline=None, max_examples=100)
def test_without_bonus_credit_a_bill_is_never_below_the_fee_and_never_below_the_minimum(
    one: Plan, use: Figures
) -> None:
    assert fen(one, **{**use, "bonus_fen": 0}) >= max(one.fee_fen, one.minimum_spend_fen)
    assert fen(one, **use) >= max(use["minimum_fen"], one.minimum_spend_fen, 0)


@given(figures)
@settings(deadline=None, max_examples=30)
def test_the_lines_of_every_bill_add_up_to_it(use: Figures) -> None:
    found = opened(compiled(PLANS), months([use, None]))
    assert list(found.lines) == sorted(found.lines, key=list(Line).index)
    together = np.sum(list(found.lines.values()), axis=0)
    assert np.array_equal(together[:, :1], found.fen[:, :1])
    assert np.array_equal(found.fen, bill(compiled(PLANS), months([use, None])).fen)
    assert not any(values[:, 1].any() for values in found.lines.values())


@pytest.mark.parametrize("data_mb", [2_000_000, 60_000_000, 200_000_000])
def test_the_bill_stays_exact_however_much_was_used(data_mb: int) -> None:
    # Beyond 2^31 fen the sums are made with wider numbers.
    use = dict.fromkeys(QUANTITIES, 0) | {"data_mb": data_mb, "off_net_min": 44_640}
    for one in PLANS[::9]:
        assert fen(one, **use) == slow_fen(one, use), one.code
    rows = [use, {**use, "data_mb": 5}, {**use, "data_mb": data_mb - 1}]
    found = best(compiled(PLANS), months(rows), 140)
    by_code = {one.code: sum(slow_fen(one, row) for row in rows) for one in PLANS[::35]}
    told = {PLANS[at].code: int(total) for at, total in zip(found.plan_at[0], found.total_fen[0], strict=True)}
    assert by_code.items() <= told.items()


def test_blocks_cap_each_gigabyte_and_begin_anew() -> None:
    one = plan()
    assert fen(one, data_mb=1_024) == 5_000
    assert fen(one, data_mb=1_025) == 5_010
    assert fen(one, data_mb=1_024 + 149) == 5_000 + 1_490
    assert fen(one, data_mb=1_024 + 151) == 5_000 + 1_500
    assert fen(one, data_mb=2_048) == 5_000 + 1_500
    assert fen(one, data_mb=2_049) == 5_000 + 1_510


def test_steps_hold_from_their_first_unit_on_and_the_month_is_capped() -> None:
    minutes = stepped((0, 20), (100, 12), (300, 6), month_cap_fen=5_000)
    one = plan(allowances=Allowances(), tariff={"on_net": minutes, "off_net": minutes})
    paid = {talked: fen(one, off_net_min=talked) - 5_000 for talked in (0, 1, 100, 101, 300, 301, 396, 397, 9_999)}
    assert paid == {
        0: 0, 1: 20, 100: 2_000, 101: 2_012, 300: 4_400, 301: 4_406, 396: 4_976, 397: 4_982, 9_999: 5_000,
    }  # fmt: skip


def test_a_begun_unit_is_charged_whole() -> None:
    one = plan(allowances=Allowances(), tariff={"data": price(400, unit=200)})
    assert [fen(one, data_mb=mb) - 5_000 for mb in (0, 1, 200, 201)] == [0, 400, 400, 800]
    assert [fen(one, roaming_mb=mb) - 5_000 for mb in (0, 1, 50, 51, 2_450, 99_999)] == [
        0, 600, 600, 1_200, 29_400, 30_000,
    ]  # fmt: skip


def test_data_of_a_kind_use_their_own_allowance_first_and_what_is_left_of_it_is_lost() -> None:
    one = plan(allowances=Allowances(data_mb=100, directed_mb=50, off_peak_mb=30))
    assert fen(one, data_mb=180, directed_mb=50, off_peak_mb=30) == 5_000
    assert fen(one, data_mb=181, directed_mb=50, off_peak_mb=30) == 5_010
    assert fen(one, data_mb=180, directed_mb=90) == 5_000 + 300
    assert fen(one, data_mb=180) == 5_000 + 800


def test_calls_to_other_networks_use_the_general_minutes_first() -> None:
    one = plan(allowances=Allowances(voice_min=100, on_net_min=50), tariff={"on_net": price(5), "off_net": price(20)})
    assert fen(one, on_net_min=150) == 5_000
    assert fen(one, on_net_min=151) == 5_005
    assert fen(one, on_net_min=90, off_net_min=60) == 5_000
    assert fen(one, on_net_min=90, off_net_min=101) == 5_000 + 40 * 5 + 20
    free = plan(allowances=Allowances(on_net_min=UNLIMITED))
    assert fen(free, on_net_min=44_640) == 5_000


def test_a_roaming_pack_stands_instead_of_the_charge() -> None:
    one = plan(allowances=Allowances(roaming_mb=100))
    assert fen(one, roaming_mb=100) == 5_000
    assert fen(one, roaming_mb=101) == 5_600
    assert fen(one, roaming_mb=900, roaming_pack_fen=9_800) == 5_000 + 9_800


def test_a_bundle_takes_in_the_monthly_fee_of_the_line() -> None:
    assert fen(plan(), broadband_fen=2_000) == 7_000
    assert fen(plan(broadband_mbps=100), broadband_fen=2_000) == 5_000


def test_discount_ends_at_nothing_and_the_higher_minimum_fills_up() -> None:
    assert fen(plan(), bonus_fen=1_000) == 4_000
    assert fen(plan(), bonus_fen=9_000) == 0
    assert fen(plan(), bonus_fen=9_000, minimum_fen=700) == 700
    assert fen(plan(minimum_spend_fen=6_000), minimum_fen=5_500) == 6_000


def test_a_month_without_data_is_masked_and_counts_nowhere() -> None:
    plans = compiled([plan("p-1"), plan("p-2", fee_fen=9_000)])
    use = months([{"data_mb": 1_025}, None, {"data_mb": 1_026}, {"data_mb": 1_027}])
    made = bill(plans, use)
    assert made.fen[0, :, 0].tolist() == [5_010, UNKNOWN_FEN, 5_020, 5_030]
    found = best(plans, use, 2)
    assert found.plan_at.tolist() == [[0, 1]]
    assert found.counted.tolist() == [3]
    assert found.total_fen[0, 0] == 15_060
    assert found.median_fen[0, 0] == 5_020
    assert found.worst_fen[0, 0] == 5_030


def test_with_no_month_at_all_there_is_nothing_to_rank() -> None:
    found = best(compiled([plan()]), months([None, None]), 1)
    assert (found.counted[0], found.total_fen[0, 0], found.median_fen[0, 0], found.worst_fen[0, 0]) == (0, 0, 0, 0)


def test_the_best_of_many_are_those_of_each_in_parts_and_equal_ones_keep_their_order(plans: CompiledPlans) -> None:
    rng = np.random.default_rng(5)
    shape = (500, 6)
    known = rng.random(shape) > 0.1
    use = months_of(known, data_mb=rng.integers(0, 30_000, shape), off_net_min=rng.integers(0, 900, shape))
    found = best(plans, use, 5)
    made = bill(plans, use).fen
    for customer in range(0, 500, 25):
        kept = made[customer][known[customer]]
        order = sorted(range(len(PLANS)), key=lambda at: (int(kept[:, at].sum()), at))[:5]
        assert found.plan_at[customer].tolist() == order
        assert found.worst_fen[customer].tolist() == [int(kept[:, at].max()) for at in order]
        halves = [np.sort(kept[:, at])[[(len(kept) - 1) // 2, len(kept) // 2]].sum() for at in order]
        assert found.median_fen[customer].tolist() == [int(-(-half // 2)) for half in halves]


def test_what_cannot_be_billed_exactly_is_refused() -> None:
    known = np.ones((1, 1), dtype=np.bool_)
    with pytest.raises(ValueError, match="from -1"):
        months_of(known, sms=np.array([[-1]]))
    with pytest.raises(ValueError, match="sms goes"):
        months_of(known, sms=np.array([[10**12]]))
    with pytest.raises(ValueError, match="float64"):
        months_of(known, data_mb=np.array([[1.5]]))
    with pytest.raises(ValueError, match="shape"):
        months_of(known, data_mb=np.array([1]))
    with pytest.raises(ValueError, match="parts of data_mb"):
        months_of(known, data_mb=np.array([[5]]), directed_mb=np.array([[4]]), off_peak_mb=np.array([[2]]))
    with pytest.raises(ValueError, match="no such"):
        months_of(known, mms=np.array([[1]]))


def test_every_quantity_of_a_month_stands_on_the_bill() -> None:
    # A quantity that no rule reads would be dropped in silence.
    one = plan(minimum_spend_fen=0, allowances=Allowances())
    one = msgspec.structs.replace(one, packs=(pack("a"),), shared=Shared(members=2, member_fee_fen=1_000))
    least = {"minimum_fen": 99_999, "bonus_fen": 100, "packs": 1, "members": 2}
    for name in QUANTITIES:
        of = "member_" if name.startswith("member_") else ""
        beside = {"members": 1} if of else {}
        use = beside | {name: least.get(name, 5_000)}
        if name.removeprefix(of) in ("directed_mb", "off_peak_mb"):
            held = msgspec.structs.replace(one, allowances=Allowances(directed_mb=9_000, off_peak_mb=9_000))
            whole = beside | {f"{of}data_mb": 5_000}
            assert fen(held, **whole, **{name: 5_000}) < fen(held, **whole)
        else:
            assert fen(one, **use) != fen(one, **beside), name


def test_plans_on_sale_are_dated(today: date) -> None:
    # OFFER-13
    assert all(one.is_on_sale(one.on_sale_from) for one in PLANS)
    ended = [one for one in PLANS if one.on_sale_until]
    assert ended
    assert not any(one.is_on_sale(today) for one in ended)
