"""R3: the power goes while outcomes are saved: of what the agent was told is saved, nothing is lost.

Quick: 120 outcomes, cut at 24 moments; full: 8,000 outcomes, cut at 2,000. The product's own driver writes through a
disk that keeps only what was synced and tears the rest by sectors; each disk left behind is opened by the product.
The control saves with `synchronous=NORMAL` instead of FULL.
"""

import random
import shutil
from pathlib import Path
from uuid import UUID

from desk_process import KEY
from power import Event, after_cut, recorded
from proof import Proof, Scale, Side
from sqlalchemy import event
from store_kit import saved

from core.domain.errors import StoreError
from core.store.opening import open_store
from core.store.store import Store

_TAIL = 400
"""the last saves before a moment are looked up one by one; those before it are counted"""


def prove(scale: Scale, folder: Path) -> Proof:
    outcomes, cuts = scale.of(quick=120, full=8000), scale.of(quick=24, full=2000)
    product = run(folder / "product", outcomes, cuts, relaxed=False)
    control = run(folder / "control", min(outcomes, 120), min(cuts, 24), relaxed=True)
    return Proof(what="power cuts with torn sectors", product=product, control=control)


def run(folder: Path, outcomes: int, cuts: int, *, relaxed: bool) -> Side:
    """Save, then open the disk of each cut."""
    with recorded() as events:
        acknowledged = _saved(folder / "live", events, outcomes, relaxed=relaxed)
    rng = random.Random(3)
    moments = sorted(rng.sample(range(acknowledged[0][0], len(events) + 1), min(cuts, len(events) // 2)))
    lost = unreadable = asked = 0
    for moment in moments:
        disk = folder / "disk"
        after_cut(events, moment, disk, rng)
        for beside in ("key.json", "check"):
            if (folder / "live" / beside).exists():
                shutil.copy(folder / "live" / beside, disk)
        said = [one for at, one in acknowledged if at <= moment]
        asked += len(said)
        try:
            lost += _missing(disk, said)
        except StoreError:
            unreadable += 1
        shutil.rmtree(disk)
    return Side(
        holds=not lost and not unreadable,
        figures={
            "power cuts": len(moments),
            "saves looked for": asked,
            "lost": lost,
            "stores unreadable": unreadable,
        },
    )


def _saved(folder: Path, events: list[Event], outcomes: int, *, relaxed: bool) -> list[tuple[int, UUID]]:
    """What was acknowledged, and how many events there were by then."""
    store = open_store(folder, KEY)
    if relaxed:
        _relax(store)
    said: list[tuple[int, UUID]] = []
    for _ in range(outcomes):
        kept = saved(None, note="字" * 60)
        store.save(kept)
        said.append((len(events), kept.id))
    store.close()
    return said


def _relax(store: Store) -> None:
    """What many a program sets for speed."""

    def normal(connection: object, *_: object) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")  # type: ignore[attr-defined]

    event.listen(store._work, "checkout", normal)


def _missing(disk: Path, said: list[UUID]) -> int:
    store = open_store(disk, KEY)
    try:
        total = store.outbox_state().waiting
        gone = sum(store.saved(one) is None for one in said[-_TAIL:])
        return max(gone, len(said) - total)
    finally:
        store.close()
