"""Snapshots with what became of their customers: who had left so many days later, as far as that is known.

Of snapshots that lie closer together only the later counts: what became of the customers of the one would else be
learnt from days that the other is proved on. Of many customers a sample is read, and that is told.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from core.domain.clock import local_day
from core.domain.warning_rule import LEFT_ON
from core.screening.model.labels import Roles
from core.screening.model.reading import Listed
from core.screening.model.sampling import MOST_CELLS, drawn, filled, part, share_of
from core.screening.snapshots.age import too_young
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID, TAKEN_AT

LABEL = "left_net"
"""no factor's name"""


def roles() -> Roles:
    """Which columns of such a list say what a row is."""
    return Roles(label=LABEL, time=TAKEN_AT, customer=CUSTOMER_ID)


def labelled(
    snapshots: Sequence[tuple[Snapshot, Path]], left_on: Mapping[str, date], *, known_until: date, within_days: int,
    most_cells: int = MOST_CELLS,
) -> Listed:  # fmt: skip
    """One row a customer and snapshot, without those who had left before it; of some customers alone where all of them
    have more cells than `most_cells`.

    Raises InputError where no snapshot is old enough for its customers' end to be known."""
    chosen = _apart(snapshots, known_until, within_days)
    if not chosen:
        raise too_young(known_until, within_days)
    names = filled(chosen)
    share = share_of(chosen, len(names), most_cells)
    frames, digest = [], hashlib.sha256(f"{within_days}".encode())
    for snapshot, path in chosen:
        digest.update(snapshot.as_taken.encode())
        frames.append(_with_end(drawn(path, names, part(share)), local_day(snapshot.taken_at), left_on, within_days))
    for customer, day in sorted(left_on.items()):
        digest.update(f"{customer}\0{day}\n".encode())
    file = f"{chosen[0][0].id} … {chosen[-1][0].id}"
    if share < 1:
        digest.update(f"{share}".encode())
    of = sum(one.rows for one, _path in chosen) if share < 1 else 0
    return Listed(pd.concat(frames, ignore_index=True), file, digest.hexdigest(), of)


def _apart(
    snapshots: Sequence[tuple[Snapshot, Path]], known_until: date, within_days: int
) -> list[tuple[Snapshot, Path]]:  # fmt: skip
    """From the newest that is old enough backwards; the oldest first."""
    window, before, found = timedelta(days=within_days), known_until, []
    for one in sorted(snapshots, key=lambda pair: pair[0].taken_at, reverse=True):
        day = local_day(one[0].taken_at)
        if day + window <= before:
            found.append(one)
            before = day
    return found[::-1]


def _with_end(frame: pd.DataFrame, day: date, left_on: Mapping[str, date], within_days: int) -> pd.DataFrame:
    last = day + timedelta(days=within_days)
    ends = [left_on.get(str(one)) for one in frame[CUSTOMER_ID]]
    marked = frame.copy(deep=False)
    marked[LABEL] = [end is not None and end <= last for end in ends]
    marked[TAKEN_AT] = day.isoformat()
    here = [end is None or end > day for end in ends]
    if LEFT_ON in marked:
        # Whoever delivers snapshots may know of more who had left; the day itself is an answer, not to be learnt from.
        here = [on_net and unknown for on_net, unknown in zip(here, marked.pop(LEFT_ON).isna(), strict=True)]
    return marked[here]
