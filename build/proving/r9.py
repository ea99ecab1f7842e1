"""R9: no room, a limit on file sizes, a disk that turned read-only: what was acknowledged is there after reopening.

The agent is told plainly which of them it is, and reading goes on. Same at both scales: three troubles, some dozens to
hundreds of saves each. A full and a read-only disk are a small tmpfs where the machine lets one be mounted, else the
limit and a refusal of the driver.
The control says "saved" when a save begins and keeps quiet about what becomes of it.
"""

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from desk_process import KEY, Killable
from proof import Proof, Scale, Side, worst
from store_kit import NOW, a_page, a_task, asking, put, saved

from core.domain.errors import StoreError, StoreFull, StoreReadOnly
from core.store.opening import open_store

_LIMIT_BYTES = 1_040_000
_SIZE = {True: "1400k", False: "16m"}
"""by whether the disk is to be full; the store tells a full one by whether it takes a megabyte more"""
_TOO_MANY = 20_000


class Trouble(StrEnum):
    FILE_LIMIT = "file limit"
    FULL = "disk full"
    READ_ONLY = "read-only"


EXPECTED: dict[Trouble, type[StoreError]] = {
    Trouble.FILE_LIMIT: StoreFull,
    Trouble.FULL: StoreFull,
    Trouble.READ_ONLY: StoreReadOnly,
}


def prove(scale: Scale, folder: Path) -> Proof:
    times = scale.of(quick=1, full=10)
    products = [meet(folder, trouble, honest=True, turn=turn) for trouble in Trouble for turn in range(times)]
    controls = [meet(folder, trouble, honest=False, turn=0) for trouble in Trouble]
    return Proof(what="saves on disks that refuse", product=_both(products), control=_both(controls))


def _both(sides: list[Side]) -> Side:
    summed = {name: sum(int(side.figures[name]) for side in sides) for name in sides[0].figures}
    return Side(holds=worst(*sides), figures={"troubles": len(sides), **summed})


def meet(folder: Path, trouble: Trouble, *, honest: bool, turn: int) -> Side:
    """Save until the disk refuses three times, then read; then look with a disk that takes again."""
    place = folder / f"{trouble.name}-{honest}-{turn}"
    with disk(place, trouble) as mounted:
        process = Killable(save_until_refused, place, trouble.value, honest, mounted)
        said: list[str] = []
        told = read_on = 0
        while (one := process.told(within_s=60)) is not None:
            kind, what = one
            said += [what] if kind == "saved" else []
            told += kind == "refused" and what == EXPECTED[trouble].__name__
            read_on += kind == "read on"
        process.close()
        if mounted:
            subprocess.run(["mount", "-o", "remount,rw,size=16m", str(place)], check=True)
        with closing(open_store(place, KEY)) as store:
            lost = sum(store.saved(UUID(one)) is None for one in said)
            store.save(saved(None))
    # The control is held against what it claims, too.
    return Side(
        holds=lost == 0 and told >= 3 and read_on == 1 and len(said) >= 5,
        figures={"acknowledged": len(said), "lost": lost, "told plainly": told, "read on": read_on},
    )


@contextmanager
def disk(place: Path, trouble: Trouble) -> Iterator[bool]:
    """The folder, on a small disk of its own where that can be had."""
    place.mkdir(parents=True)
    mounted = trouble is not Trouble.FILE_LIMIT and _mount(place, _SIZE[trouble is Trouble.FULL])
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)


def _mount(place: Path, size: str) -> bool:
    if os.geteuid() != 0:
        return False
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "stayline", str(place)], capture_output=True)
    return done.returncode == 0


def save_until_refused(pipe: Connection, folder: Path, trouble: str, honest: bool, mounted: bool) -> None:
    """The desk's process; its limits are its own."""
    tempfile.tempdir = str(folder.parent)
    store = open_store(folder, KEY)
    store.apply(a_page(put(a_task(1))), now=NOW)
    if trouble is not Trouble.READ_ONLY and not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT_BYTES, resource.RLIM_INFINITY))
    refused = 0
    for number in range(_TOO_MANY):
        if trouble == Trouble.READ_ONLY and number == 5:
            _protect(store, folder, mounted)
        kept = saved(None, note="n" * 400)
        if not honest:
            pipe.send(("saved", str(kept.id)))
        try:
            store.save(kept)
        except StoreError as error:
            refused += 1
            if honest:
                pipe.send(("refused", type(error).__name__))
            if refused == 3:
                break
            continue
        if honest:
            pipe.send(("saved", str(kept.id)))
    if store.counts(asking()).total == 1 and store.outbox_state().waiting:
        pipe.send(("read on", ""))


def _protect(store: object, folder: Path, mounted: bool) -> None:
    if mounted and subprocess.run(["mount", "-o", "remount,ro", str(folder)], capture_output=True).returncode == 0:
        return
    with store._work.connect() as connection:  # type: ignore[attr-defined]
        connection.connection.driver_connection.execute("PRAGMA query_only = ON")
