"""ID-09, 10: how each source stands in a snapshot, against those before; what holds, and what hangs on it.

What is too little is measured by the last snapshot that had it whole: a source that failed two nights running is as
short in the second night as in the first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from core.domain.factor import Library, Source
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.screening.snapshots.record import Fault, FaultKind, Seen, Snapshot, Stand

LEAST_CUSTOMERS_PERCENT = 80
"""of the last whole snapshot: fewer hold this one"""
_FEW = 20
"""filled values below which a share or a mean says nothing"""


class Arrival(Struct, frozen=True, kw_only=True):
    """What whoever delivers a source told of it last."""

    at: datetime
    failed: str = ""
    """why it failed; empty where it came"""


class Judged(Struct, frozen=True):
    sources: list[Stand]
    faults: list[Fault]


def judge(
    library: Library,
    columns: Mapping[str, Seen],
    rows_of: Mapping[str, int],
    *,
    rows: int,
    taken_at: datetime,
    arrivals: Mapping[str, Arrival],
    earlier: Sequence[Snapshot],
) -> Judged:
    """Each source's stand and all that is wrong; `rows`: customers, `rows_of`: those with a value, by source.

    `earlier`: the snapshots that it is measured by, the oldest first; the last is the one before."""
    before = earlier[-1] if earlier else None
    stands, faults = [], _whole(rows, [one for one in earlier if _is_whole(one)])
    for source in library.sources.values():
        own = {name: seen for name, seen in columns.items() if library.factors[name].source == source.id}
        if not own:
            continue
        arrival = arrivals.get(source.id)
        stands.append(_stand(source, own, rows_of.get(source.id, 0), arrival, before))
        sound = [one for one in earlier if _has_whole(one, source.id)]
        found = _told(source, arrival, taken_at) or _rows(source, rows_of.get(source.id, 0), sound)
        faults += [found] if found else _factors(source, own, rows, sound, library)
    return Judged(stands, faults)


def _is_whole(snapshot: Snapshot) -> bool:
    return not any(one.kind is FaultKind.SHRUNK for one in snapshot.faults)


def _has_whole(snapshot: Snapshot, source: str) -> bool:
    """Nothing was wrong with the source as a whole, nor with the snapshot."""
    return _is_whole(snapshot) and not any(one.source == source and not one.factor for one in snapshot.faults)


def holding(snapshot: Snapshot, library: Library, names: frozenset[str]) -> list[Fault]:
    """What holds a rule that asks for these factors."""
    asked, sources = library.asked_by(names), library.sources_of(names)
    return [
        one
        for one in snapshot.faults
        if not one.source or (one.source in sources and (not one.factor or one.factor in asked))
    ]


def _whole(rows: int, whole: Sequence[Snapshot]) -> list[Fault]:
    if not whole or rows * 100 >= whole[-1].rows * LEAST_CUSTOMERS_PERCENT:
        return []
    why = Text(
        f"这次快照只有 {rows} 位客户，上次完整时有 {whole[-1].rows} 位",
        f"this snapshot has {rows} customers, the last whole one {whole[-1].rows}",
    )
    return [Fault(kind=FaultKind.SHRUNK, why=why)]


def _stand(
    source: Source, own: Mapping[str, Seen], rows: int, arrival: Arrival | None, before: Snapshot | None
) -> Stand:
    filled = sum(seen.filled for seen in own.values())
    factor, drift = max(
        ((name, found) for name, seen in own.items() if (found := _drift(seen, name, before)) is not None),
        key=lambda one: one[1],
        default=("", None),
    )
    return Stand(
        source=source.id,
        label=source.label,
        arrived_at=arrival.at if arrival and not arrival.failed else None,
        rows=rows,
        factors=len(own),
        null_percent=round(100 - 100 * filled / (rows * len(own)), 1) if rows else 100.0,
        unusable=sum(seen.unusable for seen in own.values()),
        drift=None if drift is None else round(drift, 2),
        drift_factor=factor,
        drifted=drift is not None and drift >= source.drift_told_from,
    )


def _drift(now: Seen, name: str, before: Snapshot | None) -> float | None:
    """How many of the earlier standard deviations the mean has moved; None where too little is known."""
    then = before.columns.get(name) if before else None
    if then is None or now.mean is None or then.mean is None or not then.deviation:
        return None
    return abs(now.mean - then.mean) / then.deviation if min(now.filled, then.filled) >= _FEW else None


def _told(source: Source, arrival: Arrival | None, taken_at: datetime) -> Fault | None:
    if arrival is None:
        return None
    if arrival.failed:
        why = Text(f"来源报告失败：{arrival.failed}", f"it was told to have failed: {arrival.failed}")
        return Fault(kind=FaultKind.FAILED, source=source.id, why=why)
    hours = (taken_at - arrival.at).total_seconds() / 3600
    if hours <= source.late_after_h:
        return None
    why = Text(
        f"最近一次到达是 {hours:.0f} 小时前，应在 {source.late_after_h} 小时内",
        f"it came {hours:.0f} hours ago, and should within {source.late_after_h}",
    )
    return Fault(kind=FaultKind.LATE, source=source.id, why=why)


def _rows(source: Source, rows: int, sound: Sequence[Snapshot]) -> Fault | None:
    stands = [one for before in sound[-1:] for one in before.sources if one.source == source.id and one.rows]
    if not stands:
        return None
    (earlier,) = stands
    if not rows:
        why = Text(f"没有任何客户的数据，上次有 {earlier.rows} 位", f"no customer has a value; {earlier.rows} before")
        return Fault(kind=FaultKind.GONE, source=source.id, why=why)
    if rows * 100 > earlier.rows * source.least_rows_percent:
        return None
    why = Text(
        f"只有 {rows} 位客户有数据，上次有 {earlier.rows} 位",
        f"{rows} customers have a value; {earlier.rows} before",
    )
    return Fault(kind=FaultKind.FEW_ROWS, source=source.id, why=why)


def _factors(
    source: Source, own: Mapping[str, Seen], rows: int, sound: Sequence[Snapshot], library: Library
) -> list[Fault]:
    faults: list[Fault] = []
    for name, seen in own.items():
        label = library.factors[name].label
        came = seen.filled + seen.unusable
        if came and seen.unusable * 100 > came * source.most_unusable_percent:
            share = round(100 * seen.unusable / came)
            zh, en = "类型不对", "are not of its type"
            if library.factors[name].kind is IndicatorType.DATE:
                # A day of the year 0 or 2999 is a day by its type.
                zh, en = "不是可能的日期", "are no possible day"
            why = Text(f"“{label.zh}”有 {share}% 的值{zh}", f"{share}% of “{label.en}” {en}")
            faults.append(Fault(kind=FaultKind.UNUSABLE, source=source.id, factor=name, why=why))
            continue
        rise = _null_rise(seen, rows, name, _last_with(name, sound))
        if rise is not None and rise > source.most_null_points:
            why = Text(
                f"“{label.zh}”的缺失比上次多 {rise:.0f} 个百分点",
                f"“{label.en}” is missing {rise:.0f} percentage points more often than before",
            )
            faults.append(Fault(kind=FaultKind.NULLS_ROSE, source=source.id, factor=name, why=why))
    return faults


def _last_with(factor: str, sound: Sequence[Snapshot]) -> Snapshot | None:
    """The last in which nothing was wrong with that factor."""
    return next((one for one in reversed(sound) if all(fault.factor != factor for fault in one.faults)), None)


def _null_rise(now: Seen, rows: int, name: str, before: Snapshot | None) -> float | None:
    then = before.columns.get(name) if before else None
    if before is None or then is None or then.filled < _FEW or not rows or not before.rows:
        return None
    return 100 * then.filled / before.rows - 100 * now.filled / rows
