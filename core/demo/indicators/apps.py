"""What the data are used for: share, daily data and active days by kind of application."""

from core.demo.indicators.facts import Facts, Values
from core.demo.profile import Segment

_WEIGHTS: dict[str, float] = {
    "video": 0.17,
    "short_video": 0.21,
    "live_stream": 0.06,
    "music": 0.05,
    "messaging": 0.13,
    "social": 0.08,
    "news": 0.05,
    "games": 0.05,
    "shopping": 0.05,
    "payment": 0.01,
    "maps": 0.02,
    "browser": 0.04,
    "reading": 0.02,
    "education": 0.02,
    "office": 0.01,
    "cloud": 0.01,
    "delivery": 0.01,
    "travel": 0.01,
}
_FAVOURITES: dict[Segment, dict[str, float]] = {
    Segment.STUDENT: {"games": 3.0, "education": 4.0, "delivery": 2.5, "social": 1.5},
    Segment.WORKER: {"shopping": 1.5, "delivery": 2.0, "office": 2.0},
    Segment.FAMILY: {"shopping": 1.8, "education": 3.0, "video": 1.3},
    Segment.SENIOR: {"news": 3.0, "messaging": 2.0, "short_video": 1.5, "games": 0.2},
    Segment.BUSINESS: {"office": 6.0, "maps": 3.0, "travel": 4.0, "news": 2.0},
    Segment.MIGRANT: {"short_video": 1.8, "live_stream": 2.5, "music": 1.5},
}
_NAMES = {app: (f"app_{app}_share", f"app_{app}_daily", f"app_{app}_days") for app in _WEIGHTS}
_BY_SEGMENT = {
    segment: tuple((_NAMES[app], weight * liked.get(app, 1.0)) for app, weight in _WEIGHTS.items())
    for segment, liked in _FAVOURITES.items()
}


def values(f: Facts) -> Values:
    drawn = [(names, weight * (0.4 + 1.2 * f.r())) for names, weight in _BY_SEGMENT[f.who.segment]]
    whole = sum(weight for _, weight in drawn)
    found: Values = {}
    for (share, daily, days), weight in drawn:
        part = weight / whole
        found[share] = round(100 * part)
        found[daily] = int(f.mb * part / 30)
        found[days] = min(30, int(90 * part) + 3) if f.mb else 0
    return found
