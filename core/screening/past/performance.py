"""What a rule would have found in a snapshot, and how many of those left afterwards, with and without being called."""

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from msgspec import Struct

from core.domain.clock import local_day
from core.domain.interval import wilson
from core.domain.warning_rule import WarningRule
from core.screening.frame import Frame
from core.screening.matching import bits_of, rules_in
from core.screening.past.fates import CALLED, ENDED, GONE, fates
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID


class Hits(Struct, frozen=True, kw_only=True):
    """One rule in one snapshot, of the customers that nobody called in the days after."""

    rule_id: str
    matched: int
    """of all customers, those called afterwards among them"""
    called: int
    """of those matched; whether they would have left without the call nobody knows, so that they count no further"""
    left: int
    """of those matched and not called, who left within the days"""
    precision: float | None
    """share of those matched and not called who left, 0…1; none where nobody was matched"""
    low: float
    high: float
    """its 95 % interval (Wilson)"""
    lift: float | None
    """precision ÷ share of all not called who left; none where nobody left"""
    found: float | None
    """share of all not called who left whom the rule matched; none where nobody left"""


class Month(Struct, frozen=True, kw_only=True):
    """One snapshot: who was on net when it was taken."""

    snapshot_id: str
    day: date
    customers: int
    called: int
    left: int
    """of those not called"""
    rules: tuple[Hits, ...]


def performance(
    frame: Frame,
    rules: Sequence[WarningRule],
    snapshot: Snapshot,
    *,
    left_on: Mapping[str, date],
    called: frozenset[str],
    within_days: int,
) -> Month:
    """`left_on`: by customer the day on which they left; `called`: whom anybody called within the days after.

    Who had left before the snapshot's day is nobody's hit."""
    day = local_day(snapshot.taken_at)
    bits = bits_of(frame.compiler(), rules)
    table = frame.table.select(customer_id=frame.table[CUSTOMER_ID], **bits)
    marked = table.left_join(ibis.memtable(fates(left_on, called, day, within_days)), "customer_id")
    columns = [*bits, ENDED, CALLED]
    counted = marked.group_by(columns).agg(customers=ibis._.count()).to_pyarrow().to_pylist()
    sets = [
        _Set(frozenset(rules_in(rules, [row[one] for one in bits])), row[ENDED], bool(row[CALLED]), row["customers"])
        for row in counted
        if row[ENDED] != GONE
    ]
    return _told(rules, sets, snapshot, day)


class _Set(Struct, frozen=True):
    ids: frozenset[str]
    ended: int | None
    called: bool
    customers: int


def _told(rules: Sequence[WarningRule], sets: Sequence[_Set], snapshot: Snapshot, day: date) -> Month:
    free = [one for one in sets if not one.called]
    left, base = _left(free), _count(free)
    return Month(
        snapshot_id=snapshot.id, day=day, customers=_count(sets), called=_count(sets) - base, left=left,
        rules=tuple(_hits(one.id, sets, left, base) for one in rules),
    )  # fmt: skip


def _hits(rule_id: str, sets: Sequence[_Set], left_of_all: int, base: int) -> Hits:
    matched = [one for one in sets if rule_id in one.ids]
    free = [one for one in matched if not one.called]
    count, left = _count(free), _left(free)
    precision = left / count if count else None
    low, high = wilson(left, count)
    lift = precision / (left_of_all / base) if precision is not None and left_of_all else None
    return Hits(
        rule_id=rule_id, matched=_count(matched), called=_count(matched) - count, left=left, precision=precision,
        low=low, high=high, lift=lift, found=left / left_of_all if left_of_all else None,
    )  # fmt: skip


def _count(sets: Sequence[_Set]) -> int:
    return sum(one.customers for one in sets)


def _left(sets: Sequence[_Set]) -> int:
    return sum(one.customers for one in sets if one.ended)
