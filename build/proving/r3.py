"""R3: the power goes while outcomes are saved: of what the agent was told is saved, nothing is lost.

Quick: 120 outcomes, cut at 24 moments; full: 8,000 outcomes, cut at 2,000. The product's own driver writes through a
disk that keeps only what was synced and tears the rest by sectors; each disk left behind is opened by the product.
The control saves with `synchronous=NORMAL` instead of FULL.
"""

import random
import shutil
from bisect import bisect_right
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

from cores import branched_off
from desk_process import KEY
from memory import folder_in_memory
from power import Disk, Event, recorded
from proof import Proof, Scale, Side
from sqlalchemy import event
from store_kit import NOW, saved

from core.domain.errors import StoreError
from core.store.opening import open_store
from core.store.store import Store

_TAIL = 400
"""the last saves before a moment are read as the product reads them; those before it are looked for by their ids"""
_AHEAD = 8
_FIRST, _LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def prove(scale: Scale, _folder: Path) -> Proof:
    outcomes, cuts = scale.of(quick=120, full=8000), scale.of(quick=24, full=2000)
    # What was synced is what the driver asked for, whatever it is written on.
    with folder_in_memory() as folder, branched_off() as openers:
        product = run(openers, folder / "product", outcomes, cuts, relaxed=False)
        control = run(openers, folder / "control", min(outcomes, 120), min(cuts, 24), relaxed=True)
    return Proof(what="power cuts with torn sectors", product=product, control=control)


def run(openers: Executor, folder: Path, outcomes: int, cuts: int, *, relaxed: bool) -> Side:
    """Save, then open the disk of each cut."""
    with recorded() as events:
        acknowledged = _saved(folder / "live", events, outcomes, relaxed=relaxed)
    rng = random.Random(3)
    moments = sorted(rng.sample(range(acknowledged[0][0], len(events) + 1), min(cuts, len(events) // 2)))
    disk, waiting, asked = Disk(events), list[Future[int | None]](), 0
    for number, moment in enumerate(moments):
        left = folder / str(number)
        disk.left_at(moment, left, rng)
        for beside in ("key.json", "check"):
            if (folder / "live" / beside).exists():
                shutil.copy(folder / "live" / beside, left)
        said = [one for _, one in acknowledged[: bisect_right(acknowledged, moment, key=itemgetter(0))]]
        asked += len(said)
        waiting.append(openers.submit(_missing, left, said))
        if number >= _AHEAD:
            # No more disks than that beside each other.
            waiting[number - _AHEAD].result()
    found = [one.result() for one in waiting]
    lost, unreadable = sum(one or 0 for one in found), found.count(None)
    return Side(
        holds=not lost and not unreadable,
        figures={
            "power cuts": len(moments),
            "saves looked for": asked,
            "lost": lost,
            "stores unreadable": unreadable,
        },
    )


def _saved(folder: Path, events: list[Event], outcomes: int, *, relaxed: bool) -> list[tuple[int, str]]:
    """What was acknowledged, and how many events there were by then."""
    store = open_store(folder, KEY)
    if relaxed:
        _relax(store)
    said: list[tuple[int, str]] = []
    for number in range(outcomes):
        kept = saved(None, note="字" * 60, recorded_at=NOW + timedelta(seconds=number))
        store.save(kept)
        said.append((len(events), str(kept.id)))
    store.close()
    return said


def _relax(store: Store) -> None:
    """What many a program sets for speed."""

    def normal(connection: object, *_: object) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")  # type: ignore[attr-defined]

    event.listen(store._work, "checkout", normal)


def _missing(disk: Path, said: list[str]) -> int | None:
    """How many of them the store of that disk lacks; None where it does not open. The disk is gone afterwards."""
    try:
        store = open_store(disk, KEY)
        try:
            with store._reading() as reading:
                there = {one for one, _body in reading.exec_driver_sql("SELECT id, body FROM work.outcome")}
            # One may be there that was not yet acknowledged.
            shown = {str(row.outcome_id) for row in store.saved_between(_FIRST, _LAST, limit=_TAIL + 1)}
            waiting = store.outbox_state().waiting
            gone = sum(one not in there for one in said[:-_TAIL]) + sum(one not in shown for one in said[-_TAIL:])
            return max(gone, len(said) - waiting)
        finally:
            store.close()
    except StoreError:
        return None
    finally:
        shutil.rmtree(disk)
