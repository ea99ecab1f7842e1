"""A package's figures: how each indicator stands today, where it will stand at the end, and the weighted total."""

from fractions import Fraction

from msgspec import Struct

from core.domain.package import Level, Package, PackageIndicator, PackageMeasure, PackageStanding
from core.review.pay.levels import level_of, needed, next_level, points_of

FORECAST_MONTHS = 3
"""the newest complete months that stand for those still to come"""


class Standing(Struct, frozen=True, kw_only=True):
    """An indicator at one moment."""

    share: Fraction
    level: Level
    points: Fraction
    """before the weight"""


class IndicatorStanding(Struct, frozen=True, kw_only=True):
    indicator: PackageIndicator
    today: Standing | None
    """None: nothing is known to divide by"""
    forecast: Standing | None
    """at the period's end, if the customers still there go on as of late"""
    missing: int
    """to the next level: customers to keep (retention) or fen a month (revenue); 0 at the top, or where unknown"""


class PackageFigures(Struct, frozen=True, kw_only=True):
    package: Package
    standing: PackageStanding
    indicators: tuple[IndicatorStanding, ...]
    total: Fraction | None
    """weighted points today; None where an indicator is not known"""
    total_forecast: Fraction | None
    passed: Fraction
    """how much of the period is over on the day that all is known until, 0 to 1"""


def figures(package: Package, standing: PackageStanding) -> PackageFigures:
    """Everything that the lead sees of a team's package, but for the pay."""
    passed = passed_part(package, standing)
    found = tuple(_indicator(package, one, standing) for one in package.indicators)
    return PackageFigures(
        package=package,
        standing=standing,
        indicators=found,
        total=_total([(one.indicator.weight, one.today) for one in found]),
        total_forecast=_total([(one.indicator.weight, one.forecast) for one in found]),
        passed=passed,
    )


def passed_part(package: Package, standing: PackageStanding) -> Fraction:
    """How much of the period is over on the last day of which all is known."""
    days = (package.ends - package.begins).days + 1
    over = min(max((standing.as_of - package.begins).days + 1, 0), days)
    return Fraction(over, days)


def retention(standing: PackageStanding) -> Fraction | None:
    """拍照用户保有率 (KPI-03): those of the snapshot still on net ÷ those of the snapshot."""
    if not standing.customers or not standing.left_known:
        return None
    return Fraction(standing.customers - standing.left, standing.customers)


def retention_forecast(package: Package, standing: PackageStanding) -> Fraction | None:
    """At the period's end, if each day goes on taking the part of those left that it took of late.

    A constant hazard: N(t) = N(0)·(1 − h)^t, with h the leavers of the last days ÷ the days that customers stayed.
    """
    if not standing.customers or not standing.left_known:
        return None
    on_net = standing.customers - standing.left
    stayed = standing.lately_days * on_net + Fraction(standing.lately_days * standing.left_lately, 2)
    hazard = float(standing.left_lately / stayed) if stayed else 0.0
    ahead = max((package.ends - standing.as_of).days, 0)
    # Whole customers: a forecast to the sixth decimal would promise what it cannot know.
    return Fraction(round(on_net * (1 - hazard) ** ahead), standing.customers)


def revenue(standing: PackageStanding) -> Fraction | None:
    """What the snapshot's customers pay a month, over the complete months of the period, ÷ what they paid before."""
    if not standing.base_fen or not standing.months:
        return None
    return Fraction(sum(one.fen for one in standing.months), standing.base_fen * len(standing.months))


def revenue_forecast(package: Package, standing: PackageStanding) -> Fraction | None:
    """Over the whole period, if the months still to come are as the newest ones."""
    if not standing.base_fen or not standing.months:
        return None
    months = _months(package)
    lately = standing.months[-FORECAST_MONTHS:]
    ahead = max(months - len(standing.months), 0)
    expected = sum(one.fen for one in standing.months) + Fraction(sum(one.fen for one in lately), len(lately)) * ahead
    return expected / (standing.base_fen * (len(standing.months) + ahead))


def _months(package: Package) -> int:
    return (package.ends.year - package.begins.year) * 12 + package.ends.month - package.begins.month + 1


def _indicator(package: Package, indicator: PackageIndicator, standing: PackageStanding) -> IndicatorStanding:
    if indicator.measure is PackageMeasure.RETENTION:
        today, ahead = retention(standing), retention_forecast(package, standing)
        whole = standing.customers
    else:
        today, ahead = revenue(standing), revenue_forecast(package, standing)
        whole = standing.base_fen
    return IndicatorStanding(
        indicator=indicator,
        today=_standing(package, indicator, today),
        forecast=_standing(package, indicator, ahead),
        missing=_missing(indicator, today, whole),
    )


def _standing(package: Package, indicator: PackageIndicator, share: Fraction | None) -> Standing | None:
    if share is None:
        return None
    return Standing(
        share=share,
        level=level_of(share, indicator.levels),
        points=points_of(share, indicator.levels, package.scores),
    )


def _missing(indicator: PackageIndicator, share: Fraction | None, whole: int) -> int:
    if share is None:
        return 0
    following = next_level(level_of(share, indicator.levels))
    if following is None:
        return 0
    lacking = (needed(following, indicator.levels) - share) * whole
    return -(-lacking.numerator // lacking.denominator)


def _total(parts: list[tuple[int, Standing | None]]) -> Fraction | None:
    total = Fraction(0)
    for weight, standing in parts:
        if standing is None:
            return None
        total += weight * standing.points / 100
    return total
