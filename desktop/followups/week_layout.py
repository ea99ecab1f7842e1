"""Where items of a week stand on its grid: hours shown, lanes beside each other, what is left out. No Qt."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil

from msgspec import Struct

from core.desk.agenda import AgendaItem
from core.domain.clock import CHINA

DAYS = 7
LANES = 3
"""blocks beside each other in one day; the last stands for those that find no room"""
BLOCK = timedelta(minutes=45)
"""how long a block is, whatever it stands for: two in one block's time stand beside each other"""
FIRST_HOUR, LAST_HOUR = 8, 21
"""shown at least"""


class Placed(Struct, frozen=True):
    item: AgendaItem
    day: int
    """0 is Monday"""
    hour: float
    """of the day, 14.5 is half past two"""
    lane: int
    lanes: int
    more: int = 0
    """stands for so many others as well"""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def hours_shown(items: Sequence[AgendaItem]) -> tuple[int, int]:
    """From and until which hour: wider where something lies outside."""
    begins = [_hour(one.at) for one in items]
    ends = [ceil(hour + BLOCK / timedelta(hours=1)) for hour in begins]
    return min([FIRST_HOUR, *map(int, begins)]), max([LAST_HOUR, *ends])


def place(items: Sequence[AgendaItem], monday: date, chosen: str) -> list[Placed]:
    """Items of the week, in their order; of those without room only the chosen one is in sight."""
    found: list[Placed] = []
    for day in range(DAYS):
        own = [one for one in items if one.at.astimezone(CHINA).date() == monday + timedelta(days=day)]
        for cluster in _clusters(own):
            found += _side_by_side(cluster, day, chosen)
    return found


def _clusters(items: Sequence[AgendaItem]) -> list[list[AgendaItem]]:
    """Those that would lie over one another, directly or by others between them."""
    found: list[list[AgendaItem]] = []
    for one in sorted(items, key=lambda item: item.at):
        if found and one.at < found[-1][-1].at + BLOCK:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _side_by_side(cluster: list[AgendaItem], day: int, chosen: str) -> list[Placed]:
    lanes: list[int] = []
    ends: list[datetime] = []
    for one in cluster:
        lane = next((at for at, end in enumerate(ends) if end <= one.at), len(ends))
        if lane == len(ends):
            ends.append(one.at)
        ends[lane] = one.at + BLOCK
        lanes.append(lane)
    wide = min(len(ends), LANES)
    shown = [
        Placed(one, day, _hour(one.at), lane, wide) for one, lane in zip(cluster, lanes, strict=True) if lane < LANES
    ]
    hidden = [one for one, lane in zip(cluster, lanes, strict=True) if lane >= LANES]
    if not hidden:
        return shown
    in_front = next((one for one in hidden if one.key == chosen), None)
    last = max(at for at, one in enumerate(shown) if one.lane == LANES - 1)
    item = in_front or shown[last].item
    shown[last] = Placed(item, day, _hour(item.at), LANES - 1, LANES, more=len(hidden))
    return shown


def _hour(moment: datetime) -> float:
    here = moment.astimezone(CHINA)
    return here.hour + here.minute / 60


def neighbour(items: Sequence[AgendaItem], chosen: str, *, days: int, steps: int) -> str:
    """The key of the item reached from the chosen one: so many steps on in time, or the nearest of another day."""
    if not items:
        return ""
    at = next((index for index, one in enumerate(items) if one.key == chosen), None)
    if at is None:
        return items[0].key
    if steps:
        return items[min(max(at + steps, 0), len(items) - 1)].key
    here = items[at].at
    day = here.astimezone(CHINA).date()
    beyond = [one for one in items if (one.at.astimezone(CHINA).date() > day) == (days > 0)]
    other = [one for one in beyond if one.at.astimezone(CHINA).date() != day]
    if not other:
        return chosen
    dates = [one.at.astimezone(CHINA).date() for one in other]
    nearest = min(dates) if days > 0 else max(dates)
    hour = _hour(here)
    return min(
        (one for one, d in zip(other, dates, strict=True) if d == nearest), key=lambda o: abs(_hour(o.at) - hour)
    ).key


def snapped(moment: datetime, minutes: int) -> datetime:
    """To the nearest whole step of the clock."""
    here = moment.astimezone(CHINA)
    start = here.replace(hour=0, minute=0, second=0, microsecond=0)
    steps = round((here - start) / timedelta(minutes=minutes))
    return start + steps * timedelta(minutes=minutes)
