"""What a package pays a team, principle by principle (KPI-05); whole fen, a part of one is not paid."""

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from core.domain.package import WHOLE, Package, PackageStanding, PayRule, Principle
from core.review.pay.levels import score_at
from core.review.pay.packages import PackageFigures


class PayLine(Struct, frozen=True, kw_only=True):
    """What one principle pays."""

    rule: PayRule
    fen: int
    counted: int
    """what it goes by: points × 100 of the total (subscribed), successes (piece), fen of the increment (increment)"""
    capped: bool = False
    """would be more without its most"""


def pay(figures: PackageFigures, successes: Mapping[str, int], *, total: Fraction | None) -> tuple[PayLine, ...]:
    """A line for each rule, for the whole period, as things stand with `total` points: today's or the forecast.

    `successes` are the team's in the period by scenario, and under the empty word all of them."""
    return tuple(_line(rule, figures, successes, total) for rule in figures.package.pay)


def _line(rule: PayRule, figures: PackageFigures, successes: Mapping[str, int], total: Fraction | None) -> PayLine:
    if rule.principle is Principle.GUARANTEED:
        return PayLine(rule=rule, fen=rule.fen, counted=0)
    if rule.principle is Principle.SUBSCRIBED:
        points = total or Fraction(0)
        return PayLine(rule=rule, fen=_subscribed(rule, figures.package, points), counted=int(points * 100))
    if rule.principle is Principle.PIECE:
        counted = successes.get(rule.scenario, 0)
        return _capped(rule, rule.fen * max(0, counted - rule.beyond), counted)
    counted = increment_fen(figures.standing)
    return _capped(rule, max(0, counted) * rule.share // WHOLE, counted)


def _subscribed(rule: PayRule, package: Package, points: Fraction) -> int:
    """All of it from the subscribed level on, below it the part that was reached."""
    wanted = score_at(rule.level, package.scores)
    return rule.fen if points >= wanted else int(rule.fen * points / wanted)


def increment_fen(standing: PackageStanding) -> int:
    """What the snapshot's customers paid more than before, over the complete months; below zero where less."""
    return sum(one.fen - standing.base_fen for one in standing.months)


def _capped(rule: PayRule, fen: int, counted: int) -> PayLine:
    if rule.most_fen is not None and fen > rule.most_fen:
        return PayLine(rule=rule, fen=rule.most_fen, counted=counted, capped=True)
    return PayLine(rule=rule, fen=fen, counted=counted)
