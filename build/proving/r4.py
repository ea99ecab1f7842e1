"""R4: a change of a store's key killed at any moment leaves exactly one key that opens it, and nothing is lost.

A store with outcomes that wait is put under another key in a process of its own, which is killed -9 at its first step
on the file system, at its second, and so on to the last (quick: 14 of them, spread evenly), and then at moments of time
spread over the change, in the midst of pages that are written (quick: 4, full: 60). After each kill every key that was
ever made for the store is tried; the one that opens it must be the one that the product itself finds.
The control is the change by hand: another key in the keyring, then file after file where it lies.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

from desk_process import Killable
from proof import Proof, Scale, Side
from store_kit import saved

from core.desk.key_changing import change_key_of
from core.domain.errors import StoreError
from core.store import files, key
from core.store.engine import raw_connection
from core.store.key import StoreKey, keyring_key, new_in_keyring
from core.store.opening import open_store

_OUTCOMES = 3
_STEPS = 14
_LIMIT_S = 30
_TOUCHING = frozenset({"open", "os.rename", "os.remove", "shutil.copyfile", "os.chmod"})
Change = Callable[[Path], None]


class FileRing:
    """A keyring in a file beside the stores, which a kill leaves as it is."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def kept(self) -> dict[str, str]:
        return json.loads(self._path.read_text()) if self._path.exists() else {}

    def get_password(self, _service: str, entry: str) -> str | None:
        return self.kept().get(entry)

    def set_password(self, _service: str, entry: str, password: str) -> None:
        self._write(self.kept() | {entry: password})

    def delete_password(self, _service: str, entry: str) -> None:
        self._write({name: one for name, one in self.kept().items() if name != entry})

    def _write(self, kept: dict[str, str]) -> None:
        files.write_private(self._path, json.dumps(kept).encode())


def prove(scale: Scale, folder: Path) -> Proof:
    return Proof(
        what="changes of a store's key, each killed",
        product=run(folder / "product", _product, scale),
        control=run(folder / "control", _by_hand, scale),
    )


def run(folder: Path, change: Change, scale: Scale) -> Side:
    """Kills at every step and between; what opens afterwards, and what is there."""
    steps, lasts_s = _whole(folder / "whole", change)
    most = scale.of(quick=_STEPS, full=steps)
    at_steps = sorted({1 + index * steps // min(most, steps) for index in range(min(most, steps))})
    timed = scale.of(quick=4, full=60)
    kills = [(step, None) for step in at_steps] + [(0, lasts_s * (n + 0.5) / timed) for n in range(timed)]
    none = several = lost = other = 0
    for number, (step, after_s) in enumerate(kills):
        place, ring = folder / f"store{number}", FileRing(folder / f"ring{number}")
        ids = _made(place, ring)
        process = Killable(_changing, place, ring, change, step)
        process.told(within_s=_LIMIT_S)
        if after_s is None:
            process.wait(_LIMIT_S)
        else:
            time.sleep(after_s)
        process.kill()
        opening = [one for one in map(StoreKey, {*ring.kept().values(), *_FIRST}) if _opens(place, one, ids) >= 0]
        none, several = none + (not opening), several + (len(opening) > 1)
        found = _found(place, ring)
        other += found not in opening
        lost += _OUTCOMES if not opening else _opens(place, opening[0], ids)
    return Side(
        holds=not (none or several or lost or other),
        figures={
            "kills": len(kills),
            "left with no key that opens": none,
            "with several": several,
            "where the keyring's key was another": other,
            "outcomes lost": lost,
        },
    )


_FIRST: list[str] = []
"""the key of the store under proof before its change"""


def _made(place: Path, ring: FileRing) -> list[object]:
    place.parent.mkdir(parents=True, exist_ok=True)
    made = [saved(None) for _ in range(_OUTCOMES)]
    with patch.object(key, "backend", lambda: ring):
        first = keyring_key(place)
    _FIRST[:] = [first.hex]
    with closing(open_store(place, first)) as store:
        for one in made:
            store.save(one)
    return [one.id for one in made]


def _opens(place: Path, one: StoreKey, ids: list[object]) -> int:
    """How many of the outcomes are missing; -1 where the key does not open the store."""
    try:
        with closing(open_store(place, one)) as store:
            return sum(store.saved(each) is None for each in ids)  # type: ignore[arg-type]
    except StoreError:
        return -1


def _found(place: Path, ring: FileRing) -> StoreKey | None:
    """The key that the product takes at the next start."""
    with patch.object(key, "backend", lambda: ring), suppress(StoreError):
        return keyring_key(place)
    return None


def _whole(place: Path, change: Change) -> tuple[int, float]:
    """How many steps on the file system a change has, and how long it takes."""
    ring = FileRing(place.parent / "ring-whole")
    _made(place, ring)
    process = Killable(_changing, place, ring, change, 0)
    process.told(within_s=_LIMIT_S)
    steps, lasts_s = process.told(within_s=_LIMIT_S)
    process.kill()
    return steps, lasts_s


def _changing(pipe: Connection, place: Path, ring: FileRing, change: Change, die_at: int) -> None:
    """In a process of its own: tells when it begins, dies at that step, or tells how many there were."""
    steps = 0

    def count(event: str, _arguments: object) -> None:
        nonlocal steps
        if event in _TOUCHING:
            steps += 1
            if steps == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    with patch.object(key, "backend", lambda: ring):
        pipe.send("begun")
        sys.addaudithook(count)
        start = time.monotonic()
        change(place)
        pipe.send((steps, time.monotonic() - start))
    time.sleep(_LIMIT_S)


def _product(place: Path) -> None:
    change_key_of(place, lambda _new: "")


def _by_hand(place: Path) -> None:
    old, new = keyring_key(place), new_in_keyring(place)
    files.write_private(place / files.KEY, new.key_file)
    for name in (files.WORK, files.MIRROR):
        with closing(raw_connection(place / name, old)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute(f"PRAGMA rekey = \"x'{new.key.hex}'\"")
    files.write_private(place / files.CHECK, key.check_of(new.key).encode())
