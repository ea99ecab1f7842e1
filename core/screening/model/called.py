"""Members of campaigns that held out a control group by chance, as they were when chance drew them, with who left."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from core.domain.clock import local_day
from core.domain.warning_rule import LEFT_ON
from core.screening.model.labelled import LABEL
from core.screening.model.reading import Listed
from core.screening.model.sampling import MOST_CELLS, drawn, filled, these
from core.screening.model.splitting import keys_of
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID, TAKEN_AT

CALLED = "drawn_to_be_called"
"""no factor's name. As drawn, whether or not anybody was reached: who is reached is not for chance to say"""
_KEYS = 2.0**53


@dataclass(frozen=True, slots=True)
class Drawn:
    """Members of one campaign by the snapshot that was the newest when they were drawn."""

    snapshot: Snapshot
    path: Path
    called: frozenset[str]
    held_out: frozenset[str]
    left: frozenset[str]
    """of both, who left within the days that are asked for"""


def called_list(name: str, groups: Sequence[Drawn], *, most_cells: int = MOST_CELLS) -> Listed:
    """One row a member; of a part of them alone where all have more cells than `most_cells`. Whom the snapshot does not
    hold is passed over."""
    names = filled([(one.snapshot, one.path) for one in groups])
    members = sum(len(one.called) + len(one.held_out) for one in groups)
    share = min(1.0, most_cells / max(1, members * len(names)))
    digest = hashlib.sha256(f"{share}".encode())
    frames = []
    for one in groups:
        everybody = _part(one.called | one.held_out, share)
        frame = drawn(one.path, names, these(everybody))
        ids = frame[CUSTOMER_ID]
        frame[CALLED] = ids.isin(one.called)
        frame[LABEL] = ids.isin(one.left)
        frame[TAKEN_AT] = local_day(one.snapshot.taken_at).isoformat()
        frames.append(frame.drop(columns=LEFT_ON, errors="ignore"))
        digest.update(one.snapshot.as_taken.encode())
        for kind in (one.called, one.held_out, one.left):
            digest.update("\0".join(sorted(kind)).encode() + b"\n")
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame({CUSTOMER_ID: [], CALLED: [], LABEL: []})
    return Listed(whole, name, digest.hexdigest(), members if share < 1 else 0)


def _part(customers: Collection[str], share: float) -> frozenset[str]:
    if share >= 1 or not customers:
        return frozenset(customers)
    ids = pd.Series(sorted(customers), dtype=str)
    return frozenset(ids[keys_of(ids).astype("float64") < share * _KEYS])
