"""An oracle of calling rules by another hand: it knows plain numbers and lists alone, and imports nothing of ours.

A moment is a count of microseconds since 1970 UTC. It tries every moment at which anything can change and takes the
first legal one.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class About:
    """What a call is about, as far as anything hangs on it."""

    sells: bool = False
    of_complaint: bool = False
    owed: bool = False
    """they asked for it, or it was promised to them"""
    promised: int | None = None
    """the moment of a callback"""
    agreed: bool = True
    """the callback, with somebody"""

    @property
    def wanted(self) -> bool:
        return self.of_complaint or self.owed or (self.promised is not None and self.agreed)


@dataclass
class Rules:
    offset_min: int = 480
    opens_min: int = 540
    closes_min: int = 1200
    cap_24h: int = 3
    cap_30d: int = 10
    weekend: tuple[int, ...] = (6, 7)
    rest_spans: list[tuple[int, int]] | None = None
    quiet_spans: list[tuple[int, int]] = field(default_factory=list)
    rest_days: int = 7
    days: dict[date, tuple[str, list[tuple[int, int]] | None]] = field(default_factory=dict)

    def in_hours(self, at: int) -> bool:
        local = at + self.offset_min * MINUTE
        day, rest = divmod(local, DAY)
        when = EPOCH + timedelta(days=day)
        minute = rest / MINUTE
        if not self.opens_min <= minute < self.closes_min:
            return False
        if any(a <= minute < b for a, b in self.quiet_spans):
            return False
        kind, own = self.days.get(when, ("rest" if when.isoweekday() in self.weekend else "work", None))
        spans = own if own is not None else self.rest_spans if kind == "rest" else None
        return spans is None or any(a <= minute < b for a, b in spans)

    def under_caps(self, at: int, dials: list[int]) -> bool:
        day = [d for d in dials if at - d < DAY]
        month = [d for d in dials if at - d < 30 * DAY]
        return len(day) < self.cap_24h and len(month) < self.cap_30d

    def at_rest(self, at: int, complaints: list[tuple[int, int | None]]) -> bool:
        """By when each was opened and closed; a closed one rests on for some days."""
        return any(a <= at and (b is None or at < b + self.rest_days * DAY) for a, b in complaints)

    def unwanted(self, at: int, about: About, complaints: list[tuple[int, int | None]], *, withheld: bool) -> bool:
        """Whether they complained, or agree to nothing that sells, and have nothing from the call."""
        return not about.wanted and ((withheld and about.sells) or self.at_rest(at, complaints))

    def legal(self, at: int, dials: list[int]) -> bool:
        return self.in_hours(at) and self.under_caps(at, dials)

    def first_legal(
        self, now: int, dials: list[int], *, complaints: list[tuple[int, int | None]] | None = None, days: int = 60
    ) -> int | None:
        """Also after the complaints, where any are given."""
        rests = complaints or []
        for at in self._turning_points(now, dials, rests, days):
            if self.legal(at, dials) and not self.at_rest(at, rests):
                return at
        return None

    def _turning_points(self, now: int, dials: list[int], rests: list[tuple[int, int | None]], days: int) -> list[int]:
        points = {now, *(d + DAY for d in dials), *(d + 30 * DAY for d in dials)}
        points |= {b + self.rest_days * DAY for _, b in rests if b is not None}
        edges = {0, self.opens_min, self.closes_min}
        spans = [*(self.rest_spans or []), *self.quiet_spans, *(s for _, own in self.days.values() for s in own or [])]
        edges |= {edge for span in spans for edge in span}
        first = (now + self.offset_min * MINUTE) // DAY
        for day in range(first, first + days):
            points |= {day * DAY - self.offset_min * MINUTE + edge * MINUTE for edge in edges}
        return sorted(point for point in points if point >= now)
