"""Responsibility packages: points rise without a jump, forecasts are plain, pay is exact and has its floors."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pay_kit import standing, the_package

from core.content.packages import load_package
from core.domain.errors import ContentError
from core.domain.package import Level, Levels, PackageStanding, Principle
from core.review.pay.levels import level_of, points_of
from core.review.pay.package_pay import pay
from core.review.pay.packages import figures

SHARES = st.fractions(min_value=0, max_value=2)
LEVELS = st.lists(st.integers(1, 15_000), min_size=3, max_size=3, unique=True).map(
    lambda three: Levels(**dict(zip(("r0", "r1", "r2"), sorted(three), strict=True)))
)
STANDINGS = st.builds(
    lambda customers, left, base, months: standing(
        customers=customers, left=min(left, customers), lately=min(left, customers), base_fen=base, months=tuple(months)
    ),
    st.integers(0, 5_000),
    st.integers(0, 5_000),
    st.integers(0, 10**9),
    st.lists(st.integers(0, 2 * 10**9), max_size=12),
)


@given(SHARES, SHARES, LEVELS, LEVELS)
def test_more_of_the_share_never_brings_fewer_points(one: Fraction, other: Fraction, levels: Levels, s: Levels) -> None:
    # KPI-04
    low, high = sorted((one, other))
    assert points_of(low, levels, s) <= points_of(high, levels, s)
    assert 0 <= points_of(low, levels, s) <= s.r2


@given(LEVELS, LEVELS)
def test_a_level_brings_its_points_and_just_below_it_nearly_those(levels: Levels, scores: Levels) -> None:
    hair = Fraction(1, 10**12)
    for level, name in ((Level.R0, "r0"), (Level.R1, "r1"), (Level.R2, "r2")):
        share = Fraction(getattr(levels, name), 10_000)
        assert level_of(share, levels) is level
        assert points_of(share, levels, scores) == getattr(scores, name)
        assert level_of(share - hair, levels) is not level
        assert getattr(scores, name) - points_of(share - hair, levels, scores) < Fraction(1, 1_000)


def test_the_standing_of_today_and_at_the_end_by_hand() -> None:
    # KPI-03, KPI-04, EVAL-08: 920 of 1,000 are left; of these 20 left in 90 days, so a day takes 20 ÷ (90 × 930).
    found = figures(the_package(), standing())
    retention, revenue = found.indicators
    assert retention.today is not None
    assert retention.forecast is not None
    assert (retention.today.share, retention.today.level) == (Fraction(92, 100), Level.R1)
    assert retention.today.points == 100 + Fraction(20, 3)
    assert retention.forecast.share == Fraction(round(920 * (1 - 20 / (90 * 930)) ** 61), 1000)
    assert retention.missing == 20
    assert revenue.today is not None
    assert (revenue.today.share, revenue.today.level, revenue.missing) == (1, Level.R1, 400_000)
    assert found.total == Fraction(60, 100) * (100 + Fraction(20, 3)) + 40
    assert found.passed == Fraction(304, 365)


def test_a_period_that_is_over_is_its_own_forecast() -> None:
    found = figures(the_package(), standing(as_of=date(2026, 12, 31), months=(9_000_000,) * 12))
    assert all(one.today == one.forecast for one in found.indicators)
    assert found.passed == 1


def test_nothing_to_divide_by_is_not_known_instead_of_nought() -> None:
    found = figures(the_package(), standing(customers=0, left=0, lately=0, base_fen=0, months=()))
    assert [one.today for one in found.indicators] == [None, None]
    assert found.total is None


def pays(of: PackageStanding, successes: int = 0) -> dict[Principle, int]:
    found = figures(the_package(), of)
    lines = pay(found, {"4g-upgrade": successes}, total=found.total)
    return {line.rule.principle: line.fen for line in lines}


def test_each_principle_by_hand() -> None:
    # KPI-05: 4G pieces beyond 20 at 12 yuan; 8 % of what is paid more than before.
    paid = pays(standing(months=(10_100_000,) * 10), successes=50)
    assert paid == {
        Principle.GUARANTEED: 1_200_000,
        Principle.SUBSCRIBED: 1_800_000,
        Principle.PIECE: 30 * 1_200,
        Principle.INCREMENT: 1_000_000 * 800 // 10_000,
    }


def test_below_the_subscribed_level_its_part_is_paid_rounded_down_to_the_fen() -> None:
    found = figures(the_package(), standing(left=200))
    assert found.total is not None
    assert found.total < 100
    line = next(one for one in pay(found, {}, total=found.total) if one.rule.principle is Principle.SUBSCRIBED)
    assert line.fen == int(1_800_000 * found.total / 100)


@given(STANDINGS, st.integers(0, 10**6))
def test_pay_is_whole_fen_has_its_floor_and_its_most(of: PackageStanding, successes: int) -> None:
    paid = pays(of, successes)
    assert paid[Principle.GUARANTEED] == 1_200_000
    assert 0 <= paid[Principle.SUBSCRIBED] <= 1_800_000
    assert 0 <= paid[Principle.PIECE] <= 900_000
    assert 0 <= paid[Principle.INCREMENT] <= 2_000_000
    assert all(isinstance(fen, int) for fen in paid.values())


@given(STANDINGS, st.integers(0, 1_000))
def test_one_customer_more_kept_never_costs_the_team(of: PackageStanding, successes: int) -> None:
    if not of.left:
        return
    better = msgspec.structs.replace(of, left=of.left - 1, left_lately=min(of.left_lately, of.left - 1))
    assert sum(pays(better, successes).values()) >= sum(pays(of, successes).values())


GOOD = """id: base
version: 1
title: { zh: 包, en: Package }
begins: 2026-01-01
ends: 2026-12-31
units:
  - { team: a, areas: [x] }
indicators:
  - code: r
    measure: retention
    label: { zh: 保有, en: Retention }
    weight: 100
    levels: { r0: 88 %, r1: 91 %, r2: 94 % }
scores: { r0: 60, r1: 100, r2: 120 }
pay:
  - { principle: guaranteed, label: { zh: 保底, en: Base }, amount: 10 yuan }
"""


def test_a_package_of_another_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(GOOD)
    assert load_package(tmp_path / "base.yaml").indicators[0].levels == Levels(r0=8_800, r1=9_100, r2=9_400)


@pytest.mark.parametrize(
    ("was", "becomes", "line", "reason"),
    [
        ("weight: 100", "weight: 90", 8, "make 90, not 100"),
        ("r1: 91 %", "r1: 80 %", 13, "rise"),
        ("r1: 91 %", "r1: 91", 13, "words should stand here, not a whole number"),
        ("r1: 91 %", 'r1: "91"', 13, "no share"),
        ("amount: 10 yuan", "amount: -10 yuan", 16, "below zero"),
        ("amount: 10 yuan", 'amount: "10"', 16, "has no unit"),
        ("amount: 10 yuan", "amount: 10 yuan, share: 8 %", 16, "knows no `share`"),
        (", amount: 10 yuan", "", 16, "needs `amount`"),
        ("ends: 2026-12-31", "ends: 2025-12-31", 5, "ends before it begins"),
        ("- { team: a, areas: [x] }", "- { team: a }\n  - { team: b }", 7, "leaves none"),
        ("id: base", "id: other", 1, "file of its name"),
        ("version: 1", "version: 1\nbonus: 3", 3, "unknown key"),
    ],
)
def test_a_package_that_cannot_be_right_is_refused_with_file_line_and_reason(
    tmp_path: Path, was: str, becomes: str, line: int, reason: str
) -> None:
    assert was in GOOD
    (tmp_path / "base.yaml").write_text(GOOD.replace(was, becomes))
    with pytest.raises(ContentError, match=reason) as refused:
        load_package(tmp_path / "base.yaml")
    assert (refused.value.file, refused.value.line) == (str(tmp_path / "base.yaml"), line)
