"""R16: the plug pulled on an agent at work: what the window said was saved is there, and what was typed comes back.

Quick: 2 kills -9 of the real window at random moments, full: 100, always of the same desk. The agent dials, chooses a
result, types a note letter by letter, saves and goes on to the next customer; after each kill the files are read and
the window is opened again.
The control's window keeps no drafts.
"""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from desk_kit import KEY, NOW, sign_in_here
from desk_process import Killable
from proof import Proof, Scale, Side
from window_process import PRELOADED, work_at_window

from core.desk.draft import decode_draft
from core.store.opening import open_store
from core.store.store import Store

GOAL_S = 1.0
"""of typing, before the plug was pulled, that may be missing: a letter is kept once the one before it is on the disk"""
_SOME = 8
"""letters of which one at least has to be there"""
_START_S = 60.0
_STEPS = 80
"""told in two customers and a bit; counted rather than timed, so that a slow machine is caught at the same moments"""
_BETWEEN_S = 0.5


def prove(scale: Scale, folder: Path) -> Proof:
    sign_in_here(folder / "product").close()
    shutil.copytree(folder / "product", folder / "control")
    with ThreadPoolExecutor(1) as beside:
        # It is late by no clock: what it has to lose is a whole note.
        unkept = beside.submit(run, folder / "control", 1, in_a_note, keeps_drafts=False)
        if scale is Scale.FULL:
            unkept.result()
        product = run(folder / "product", scale.of(quick=2, full=100), at_random, keeps_drafts=True)
        control = unkept.result()
    return Proof(what="the plug pulled on an agent at the window", product=product, control=control)


@dataclass(kw_only=True)
class _Seen:
    """What the window told, and what was found after each kill."""

    said: set[str] = field(default_factory=set)
    typing: int = 0
    lost_s: float = 0.0
    gone: int = 0
    not_shown: int = 0
    strange: int = 0
    draft: tuple[str, str] | None = None
    """task and note that the next start has to show"""


Told = tuple[str, str, str, float]
Wait = Callable[[Killable, random.Random], list[Told]]


def at_random(window: Killable, rng: random.Random) -> list[Told]:
    """Anywhere: between customers, in a call, in a note, in a save."""
    told = [window.told(within_s=_START_S) for _ in range(rng.randrange(_STEPS))]
    time.sleep(rng.uniform(0, _BETWEEN_S))
    return told


def in_a_note(window: Killable, _rng: random.Random) -> list[Told]:
    """In the middle of what is typed."""
    told: list[Told] = []
    while len([one for one in told if one[0] == "typed"]) < 2 * _SOME:
        told.append(window.told(within_s=_START_S))
    return told


def run(folder: Path, kills: int, wait: Wait, *, keeps_drafts: bool) -> Side:
    """Kill after kill of the same desk; `wait` until the moment, and gives what was told meanwhile."""
    rng, seen, kept = random.Random(16), _Seen(), Counter[str]()
    for mark in range(kills):
        window = Killable(work_at_window, folder, mark, keeps_drafts, preload=PRELOADED)
        ready = window.told(within_s=_START_S)
        heard = wait(window, rng)
        gone = window.wait(0)
        at = time.monotonic()
        told = heard + window.close()
        if ready is None or gone:
            raise RuntimeError("the window ended by itself")
        with closing(open_store(folder, KEY)) as store:
            kept = _notes(store)
            _compare(store, told, at, kept, seen)
    lost = len(seen.said - kept.keys())
    return Side(
        holds=not (lost or max(kept.values(), default=0) > 1 or seen.gone or seen.not_shown or seen.strange)
        and seen.lost_s <= GOAL_S
        and seen.typing > 0,
        figures={
            "kills": kills,
            "of them while a note was typed": seen.typing,
            "outcomes said to be saved": len(seen.said),
            "lost": lost,
            "seconds of typing lost at most": seen.lost_s,
            "notes gone altogether": seen.gone,
            "notes not shown again": seen.not_shown,
            "notes with another's words": seen.strange,
        },
    )


def _notes(store: Store) -> Counter[str]:
    """How often each note was saved."""
    rows = store.saved_between(NOW - timedelta(days=1), NOW + timedelta(days=1), limit=10_000)
    found = (store.saved(row.outcome_id) for row in rows)
    return Counter(one.outcome.note for one in found if one is not None)


def _compare(store: Store, told: list[Told], at: float, kept: Counter[str], seen: _Seen) -> None:
    seen.said |= {text for what, _task, text, _at in told if what == "saved"}
    shown = {(task, text) for what, task, text, _at in told if what == "back"}
    opened = [task for what, task, _text, _at in told if what == "open"]
    drafts = {draft.task_id: decode_draft(draft.body).form.note for draft in store.drafts()}
    if not opened:
        # Killed before anything was opened: what the kill before it left has to lie there as it was.
        seen.strange += any(note.strip() and (other, note) != seen.draft for other, note in drafts.items())
        return
    if seen.draft is not None:
        seen.not_shown += seen.draft not in shown
    seen.draft = None
    task, letters = _typed(told)
    seen.strange += any(note.strip() and other != task for other, note in drafts.items())
    note = drafts.get(task, "")
    if not letters:
        seen.draft = (task, note) if note else None
        return
    if any(words.startswith(letters[-1][0]) for words in kept):
        return
    seen.typing += 1
    seen.strange += bool(note) and not (letters[-1][0].startswith(note) or note.startswith(letters[-1][0]))
    seen.gone += not note and len(letters) >= _SOME
    missing = [moment for text, moment in letters if len(text) > len(note)]
    seen.lost_s = max(seen.lost_s, at - missing[0] if missing else 0.0)
    seen.draft = (task, note) if note else None


def _typed(told: list[Told]) -> tuple[str, list[tuple[str, float]]]:
    """Of the note that was being typed: whose it is, and how it grew, with the moment of each letter."""
    ends = [n for n, one in enumerate(told) if one[0] == "open"]
    last = told[ends[-1] :] if ends else []
    return (last[0][1] if last else ""), [(text, moment) for what, _t, text, moment in last if what == "typed"]
