"""Tier, value, life stage and risk: what the operator concludes from a customer's behaviour."""

import math

from msgspec import Struct

from core.domain.customer import Bill, LifeStage, MonthUse, Value
from core.domain.task import Tier


class Points(Struct, frozen=True, kw_only=True):
    held: int
    expiring: int
    """of these, at the end of the year"""


_TIERS = ((Tier.DIAMOND, 30_000, 60, 75), (Tier.GOLD, 20_000, 36, 65), (Tier.SILVER, 14_500, 24, 55))
"""VIP-01: mean bill of a year in fen, months on net, credit score; all three are needed"""


def mean_fen(bills: list[Bill], months: int) -> int:
    """Mean of the last bills; 0 without any."""
    last = bills[-months:]
    return sum(one.total_fen for one in last) // len(last) if last else 0


def points_of(bills: list[Bill], kept: float) -> Points:
    """A point a yuan; `kept` is the share not redeemed. What was earned more than a year ago expires."""
    recent, older = sum(b.total_fen for b in bills[-12:]), sum(b.total_fen for b in bills[:-12])
    return Points(held=max(int((recent + older) * kept / 100), 0), expiring=max(int(older * kept / 100), 0))


def tier_of(mean_year_fen: int, tenure_months: int, credit: int) -> Tier:
    """The highest tier whose three conditions hold."""
    for tier, fen, tenure, score in _TIERS:
        if mean_year_fen >= fen and tenure_months >= tenure and credit >= score:
            return tier
    return Tier.NONE


def value_of(mean_half_year_fen: int) -> Value:
    """ID-17 by mean bill: from 120 yuan high, from 60 yuan mid."""
    if mean_half_year_fen >= 12_000:
        return Value.HIGH
    return Value.MID if mean_half_year_fen >= 6_000 else Value.LOW


def change(values: list[int], months: int = 3) -> float:
    """The last months against as many before, as a share; 0.0 where there is nothing to compare."""
    last, before = sum(values[-months:]), sum(values[-2 * months : -months])
    return last / before - 1 if len(values) >= 2 * months and before else 0.0


def stage_of(tenure_months: int, uses: list[MonthUse]) -> LifeStage:
    """ID-18: entry for half a year; decline when data and minutes fell by a fifth; growth while use still rises."""
    if tenure_months < 6:
        return LifeStage.ENTRY
    data, voice = change([u.data_mb or 0 for u in uses]), change([u.voice_min or 0 for u in uses])
    if data < -0.2 and voice < -0.15:
        return LifeStage.DECLINE
    return LifeStage.GROWTH if data > 0.08 and tenure_months < 48 else LifeStage.STABLE


def risk_of(
    *,
    decline: float,
    complaints: int,
    home_trouble: bool,
    contract_days: int | None,
    late_bills: int,
    tenure_months: int,
) -> float:
    """Likelihood of leaving within three months, 0 … 1: a plain logistic score, not a trained model."""
    score = -2.1 + 4.5 * max(decline, 0.0) + 0.9 * complaints + 1.9 * home_trouble + 0.25 * late_bills
    score += 0.8 if contract_days is not None and contract_days < 62 else 0.0
    score -= 0.008 * min(tenure_months, 120)
    return round(1 / (1 + math.exp(-score)), 2)
