"""Facts from bills and use: means of the last six months, never of fewer."""

from datetime import date

from core.domain.customer import Billing, Identity, Usage
from core.domain.spending import WINDOW, last_months, mean_fen

Facts = dict[str, object]

STALE_MONTHS = 3
"""older figures are not spoken of as recent"""
DATA_OVER = "data_over"
"""bill item: data beyond the allowance"""


def billing_facts(billing: Billing | None, identity: Identity | None, today: date) -> Facts:
    """Balance, arrears, and the means of bills in fen."""
    if billing is None:
        return {}
    found: Facts = {"balance_fen": billing.balance_fen, "arrears_fen": billing.arrears_fen}
    bills = last_months(billing.bills)
    if bills and is_recent(bills[-1].month, today):
        found["last_bill_fen"] = bills[-1].total_fen
    mean = mean_fen(bills)
    if mean is None or len(bills) < WINDOW or not is_recent(bills[-1].month, today):
        return found
    found["avg_bill_6m_fen"] = mean
    if all(bill.items for bill in bills):
        over = sum(item.fen for bill in bills for item in bill.items if item.code == DATA_OVER)
        found["avg_over_data_fee_fen"] = round(over / WINDOW)
    fee = identity.plan_fee_fen if identity else None
    if fee is not None:
        found["above_fee_fen"] = max(mean - fee, 0)
    return found


def usage_facts(usage: Usage | None, today: date) -> Facts:
    """Means of use in MB and minutes, allowances, and how many of six months went over the data."""
    if usage is None:
        return {}
    found: Facts = {
        "allowance_data_mb": usage.allowance_data_mb,
        "allowance_voice_min": usage.allowance_voice_min,
        "over_data_months": usage.months_over_data,
    }
    months = last_months(usage.months)
    if months and is_recent(months[-1].month, today):
        last = months[-1]
        if last.data_mb is not None and last.voice_min is not None:
            found["zero_usage"] = last.data_mb == 0 and last.voice_min == 0
    if len(months) < WINDOW or not is_recent(months[-1].month, today):
        return found
    found["avg_data_mb_6m"] = _mean([month.data_mb for month in months])
    found["avg_voice_min_6m"] = _mean([month.voice_min for month in months])
    found["over_voice_months"] = _months_over([month.voice_min for month in months], usage.allowance_voice_min)
    if usage.months_over_data is None:
        found["over_data_months"] = _months_over([month.data_mb for month in months], usage.allowance_data_mb)
    return found


def is_recent(month: str, today: date) -> bool:
    """Whether `2026-11` is at most three months back; raises nothing, a malformed month is not recent."""
    year, _, number = month.partition("-")
    if not (year.isdecimal() and number.isdecimal()):
        return False
    return (today.year - int(year)) * 12 + today.month - int(number) <= STALE_MONTHS


def _mean(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known)) if len(known) == WINDOW else None


def _months_over(values: list[int | None], allowance: int | None) -> int | None:
    used = [value for value in values if value is not None]
    if allowance is None or len(used) < WINDOW:
        return None
    return sum(value > allowance for value in used)
