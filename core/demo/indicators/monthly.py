"""Monthly measures through the same nine windows: spend, data, voice, messages, charges, payments."""

from core.demo.indicators.facts import Facts, Values
from core.domain.clock import local_day

WINDOWS = (
    "last_month",
    "quarter_avg",
    "half_year_avg",
    "year_avg",
    "year_max",
    "year_min",
    "quarter_change",
    "year_change",
    "volatility",
)
MEASURES = (
    "spend",
    "data",
    "voice",
    "off_net",
    "sms",
    "on_net",
    "data_over",
    "voice_over",
    "value_added",
    "top_up",
    "data_use",
)
_NAMES = {measure: tuple(f"{measure}_{window}" for window in WINDOWS) for measure in MEASURES}


def values(f: Facts) -> Values:
    found: Values = {}
    if f.life.uses:
        for measure, series in _series(f).items():
            found.update(zip(_NAMES[measure], _windows(series), strict=True))
    return found


def _series(f: Facts) -> dict[str, list[int]]:
    """Each measure month by month, oldest first."""
    uses, bills = f.life.uses, f.life.account.bills
    items = [{item.code: item.fen for item in one.items} for one in bills]
    paid: dict[str, int] = {}
    for payment in f.life.account.payments:
        month = local_day(payment.at).isoformat()[:7]
        paid[month] = paid.get(month, 0) + payment.fen
    plans = f.life.plans[-len(uses) :]
    return {
        "spend": [one.total_fen for one in bills],
        "data": [use.data_mb or 0 for use in uses],
        "voice": [use.voice_min or 0 for use in uses],
        "off_net": [use.off_net_min or 0 for use in uses],
        "sms": [use.sms or 0 for use in uses],
        "on_net": [(use.voice_min or 0) - (use.off_net_min or 0) for use in uses],
        "data_over": [item.get("data_over", 0) for item in items],
        "voice_over": [item.get("voice_over", 0) for item in items],
        "value_added": [item.get("value_added", 0) for item in items],
        "top_up": [paid.get(use.month, 0) for use in uses],
        "data_use": [
            100 * (use.data_mb or 0) // plan.data_mb if plan.data_mb else 0
            for use, plan in zip(uses, plans, strict=True)
        ],
    }


def _windows(series: list[int]) -> tuple[int | None, ...]:
    """In the order of WINDOWS; changes in per cent, None where there is nothing to compare with."""
    quarter, half, year = series[-3:], series[-6:], series[-12:]
    half_sum, year_sum = sum(half), sum(year)
    return (
        series[-1],
        sum(quarter) // len(quarter),
        half_sum // len(half),
        year_sum // len(year),
        max(year),
        min(year),
        _change(sum(quarter), sum(series[-6:-3]), len(series) >= 6),
        _change(year_sum, sum(series[-24:-12]), len(series) >= 24),
        100 * (max(half) - min(half)) * len(half) // half_sum if half_sum > 0 else 0,
    )


def _change(now: int, before: int, comparable: bool) -> int | None:
    return 100 * (now - before) // before if comparable and before > 0 else None
