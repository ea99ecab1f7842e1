"""A customer's use: 24 months with trend and season, and the daily traffic that adds up to them."""

import calendar
from datetime import date, timedelta
from random import Random

from core.demo.cast import Repair
from core.demo.profile import Profile, Segment
from core.demo.rng import Purpose, stream
from core.demo.today import DAYS, Today, add_months
from core.domain.customer import DayUse, MonthUse

_SEASON = (0.98, 1.14, 1.0, 0.97, 1.0, 1.0, 1.08, 1.1, 0.98, 1.05, 0.98, 1.02)
"""January first: the Spring Festival, the summer, the October week"""
_STUDENT_SEASON = (1.1, 1.25, 1.0, 0.95, 0.95, 0.92, 1.3, 1.32, 1.0, 1.06, 0.95, 0.92)
_WEEK = (0.94, 0.92, 0.95, 0.97, 1.05, 1.2, 1.14)
_FADING_MONTHS, _FADING = 5, 0.86
_QUIET = timedelta(days=7)
"""how long one whose roaming fails has used nothing"""


def month_uses(seed: int, who: Profile, today: Today, ceilings_mb: tuple[int, ...]) -> list[MonthUse]:
    """Complete months on net, oldest first, up to 24; no month's data pass the ceiling of its plan."""
    rng, kinds = stream(seed, who.index, Purpose.USE), stream(seed, who.index, Purpose.DATA_KINDS)
    directed_share, off_peak_share = _kind_shares(kinds, who.segment)
    season = _STUDENT_SEASON if who.segment is Segment.STUDENT else _SEASON
    off_net_share = 0.25 + 0.4 * rng.random()
    texting = rng.random() * (40 if who.segment is Segment.SENIOR else 12)
    uses = []
    for place, first in enumerate(today.firsts):
        noise, voice_noise, travel = rng.random(), rng.random(), rng.random()
        if add_months(first, 1) <= who.on_net_since:
            continue
        factor = (1 + who.growth) ** (place - 18) * season[first.month - 1]
        left = len(today.firsts) - place
        if who.fading and left <= _FADING_MONTHS:
            factor *= _FADING ** (_FADING_MONTHS + 1 - left)
        if who.silent and left <= 2:
            factor = 0.0
        voice_min = int(who.voice_min * (0.85 + 0.3 * voice_noise) * min(factor, 1.2))
        data_mb = min(int(who.data_mb * factor * (1 - who.wobble + 2 * who.wobble * noise)), ceilings_mb[place])
        uses.append(
            MonthUse(
                month=today.months[place],
                data_mb=data_mb,
                directed_mb=int(data_mb * directed_share * (0.8 + 0.4 * kinds.random())),
                off_peak_mb=int(data_mb * off_peak_share * (0.8 + 0.4 * kinds.random())),
                voice_min=voice_min,
                off_net_min=int(voice_min * off_net_share),
                sms=int(texting * (0.6 + 0.8 * noise)) if factor else 0,
                roaming_mb=int(30 + 900 * travel * 8) if who.traveller and travel < 0.12 else 0,
            )
        )
    return uses


def _kind_shares(rng: Random, segment: Segment) -> tuple[float, float]:
    """Of the data, what partner applications and what the night takes: at most 0.5 and 0.3."""
    young = segment in (Segment.STUDENT, Segment.MIGRANT)
    return rng.random() * (0.5 if young else 0.35), rng.random() ** 2 * (0.3 if young else 0.2)


def day_uses(seed: int, who: Profile, today: Today, uses: list[MonthUse]) -> list[DayUse]:
    """The last 60 days, oldest first; the days of a complete month add up to that month's figures."""
    rng = stream(seed, who.index, Purpose.DAYS)
    oldest = today.day - timedelta(days=DAYS)
    totals = {use.month: (use.data_mb or 0, use.voice_min or 0) for use in uses}
    latest = totals.get(today.months[-1], (int(who.data_mb), int(who.voice_min)))
    days: list[DayUse] = []
    quiet_from = today.day - _QUIET if who.repair is Repair.ROAMING else today.day
    first = oldest.replace(day=1)
    while first <= today.day:
        data_mb, voice_min = totals.get(first.isoformat()[:7], latest)
        noise = [0.55 + 0.9 * rng.random() for _ in range(31)]
        for place in range(31):
            if quiet_from <= first + timedelta(days=place) < today.day:
                noise[place] = 0.0
        days += _spread(first, data_mb, voice_min, noise)
        first = add_months(first, 1)
    start = max(oldest, who.on_net_since)
    return [day for day in days if start <= day.day < today.day]


def _spread(first: date, data_mb: int, voice_min: int, noise: list[float]) -> list[DayUse]:
    """A month's totals over its days, rounded so that nothing is lost."""
    count = calendar.monthrange(first.year, first.month)[1]
    weekday = first.weekday()
    weights = [_WEEK[(weekday + place) % 7] * noise[place] for place in range(count)]
    whole, run, data_before, voice_before = sum(weights), 0.0, 0, 0
    days = []
    for place, weight in enumerate(weights):
        run += weight
        share = run / whole
        data_until, voice_until = int(data_mb * share + 0.5), int(voice_min * share + 0.5)
        days.append(
            DayUse(
                day=first.replace(day=place + 1),
                data_mb=data_until - data_before,
                voice_min=voice_until - voice_before,
            )
        )
        data_before, voice_before = data_until, voice_until
    return days
