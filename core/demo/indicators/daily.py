"""When in the day and the week the customer is active."""

from core.demo.indicators.facts import Facts, Values
from core.demo.profile import Segment

_PARTS = ("dawn", "morning", "noon", "afternoon", "evening", "night")
_DATA = (0.03, 0.13, 0.15, 0.2, 0.36, 0.13)
_CALLS = (0.01, 0.22, 0.16, 0.3, 0.27, 0.04)
_STUDENT_DATA = (0.05, 0.07, 0.16, 0.17, 0.33, 0.22)
_DATA_NAMES = tuple(f"data_{part}_share" for part in _PARTS)
_CALL_NAMES = tuple(f"calls_{part}_share" for part in _PARTS)


def values(f: Facts) -> Values:
    data = _STUDENT_DATA if f.who.segment is Segment.STUDENT else _DATA
    found: Values = {
        **dict(zip(_DATA_NAMES, _shares(f, data), strict=True)),
        **dict(zip(_CALL_NAMES, _shares(f, _CALLS), strict=True)),
    }
    if f.days:
        found |= _by_day(f)
    return found


def _shares(f: Facts, usual: tuple[float, ...]) -> list[int]:
    drawn = [part * (0.6 + 0.8 * f.r()) for part in usual]
    whole = sum(drawn)
    return [round(100 * part / whole) for part in drawn]


def _by_day(f: Facts) -> Values:
    data = [day.data_mb for day in f.days]
    whole = sum(data)
    weekend = sum(day.data_mb for day in f.days if day.day.weekday() >= 5)
    fortnight, before = sum(data[-14:]), sum(data[-28:-14])
    peak = max(f.days, key=lambda day: day.data_mb)
    return {
        "day_data_avg": whole // len(data),
        "day_data_max": peak.data_mb,
        "day_data_min": min(data),
        "day_data_zero": data.count(0),
        "day_data_weekend_share": 100 * weekend // whole if whole else None,
        "day_data_peak_on": peak.day.isoformat(),
        "day_data_fortnight_change": 100 * (fortnight - before) // before if before else None,
        "day_voice_avg": sum(day.voice_min for day in f.days) // len(data),
    }
