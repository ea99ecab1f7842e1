"""How often rules and models hit, by month: of those named and never reached out to, who left (EVAL-04). Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from core.domain.interval import wilson
from core.domain.text import Text
from core.screening.effect.told import NEVER_DAY
from core.wire.campaign_effect import ArmShare, Interval
from core.wire.effect_summaries import HitRate

FEW = 100
_EPOCH = date(1970, 1, 1)
Key = tuple[str, str, str]
"""rule or model, its id, the month"""


class Named(Struct, frozen=True, gc=False):
    """A customer whom a rule or a model named on a day; days are since 1970."""

    kind: str
    code: str
    day: int
    held_out: bool
    left: int = NEVER_DAY
    contacted: int = NEVER_DAY
    """first dialled, or sent a text, an automated call or a visit, after that day, for whatever reason"""


def hit_rates(
    named: Sequence[Named], left: Sequence[int], customers: int, *, known_until: int | None, days: int,
    names: Mapping[str, Mapping[str, Text]],
) -> Iterator[HitRate]:  # fmt: skip
    """The newest month first. `left`: the days on which customers left, `customers` how many there ever were."""
    ordered = sorted(left)
    groups: dict[Key, list[Named]] = defaultdict(list)
    for one in named:
        if one.left >= one.day:
            groups[one.kind, one.code, _month(one.day)].append(one)
    for (kind, code, month), mine in sorted(groups.items(), key=lambda pair: (pair[0][2], pair[0]), reverse=True):
        due = [] if known_until is None else [one for one in mine if one.day + days <= known_until]
        uncalled = [one for one in due if one.contacted > one.day + days]
        share = _share(uncalled, days)
        found = Interval(value=share.met / share.due, **_wilson(share)) if share.due else None
        base = _base([one.day for one in uncalled], ordered, customers, days)
        yield HitRate(
            kind=kind, code=code, name=names.get(kind, {}).get(code) or Text(code, code), month=month,
            named=len(mine), held_out=_share([one for one in uncalled if one.held_out], days), uncalled=share,
            precision=found, base=base, lift=found.value / base if found and base else None,
            not_yet_due=len(mine) - len(due), few=share.due < FEW,
        )  # fmt: skip


def _share(those: Sequence[Named], days: int) -> ArmShare:
    return ArmShare(due=len(those), met=sum(one.left <= one.day + days for one in those))


def _wilson(share: ArmShare) -> dict[str, float]:
    low, high = wilson(share.met, share.due)
    return {"low": low, "high": high}


def _base(on: Sequence[int], left: Sequence[int], customers: int, days: int) -> float | None:
    """The mean over those days of the share of all customers still there who left within as many days."""
    if not on or not customers:
        return None
    shares = {}
    for day in set(on):
        gone = bisect_left(left, day)
        there = customers - gone
        shares[day] = (bisect_right(left, day + days) - gone) / there if there > 0 else 0.0
    return sum(shares[day] for day in on) / len(on)


def _month(day: int) -> str:
    return f"{_EPOCH + timedelta(days=day):%Y-%m}"
