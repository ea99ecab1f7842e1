"""R11: two desks and a server under any interleaving of work, loss and days offline agree in the end.

Quick: 12 seeds of 50 steps, full: 1,000. A step saves, corrects, pushes with a lost request or a lost answer, pulls,
gives a task to the other desk, lets leases lapse, or lets up to 72 hours pass. Then all are online, and the server has
each outcome of each desk once, by a mark that its words carry whatever its id, or the desk tells its agent that it was
not taken; nothing waits any more, and each desk has the server's tasks and no others.
Three controls, each of which has to fail by its own figure: a desk that takes an answer that did not come for a
refusal, and drops what it had sent; one that then asks again under new ids; one that does not hear which tasks left it.
"""

import multiprocessing
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from desk_process import KEY
from memory import folder_in_memory
from proof import Proof, Scale, Side
from ready_database import fill
from server_kit import StillClock, add_agent, agent, document, task
from sqlalchemy import select
from store_kit import saved

from core.domain import decoding
from core.domain.task import OPEN_STATES
from core.server.access.caller import Caller
from core.server.db import schema, settings, tasks
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.dispatching import dispatch_waiting
from core.server.leases import reap
from core.server.loading import load
from core.server.sync.decode import decode_batch
from core.server.sync.pull import pull
from core.server.sync.push import push
from core.store.opening import open_store
from core.store.store import Store
from core.wire.pull import PullPage

STEPS = 50
_TASKS = 8
_MARK = re.compile(rb"R11-(\d+)-")


class Flaw(StrEnum):
    """What a control's desks do."""

    NONE = ""
    DROPS = "lost by a desk that drops"
    ASKS_ANEW = "duplicated by one that asks under new ids"
    HEARS_NOT = "desks that differ without hearing what left"


@dataclass(frozen=True, kw_only=True)
class Found:
    """Of one world, or of several; counts."""

    outcomes: int = 0
    refused: int = 0
    """not taken, and the agent is told so"""
    lost: int = 0
    twice: int = 0
    waiting: int = 0
    apart: int = 0
    """desks whose tasks are not the server's"""

    def __add__(self, other: "Found") -> "Found":
        return Found(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Found)})


def prove(scale: Scale, _folder: Path) -> Proof:
    seeds, few = scale.of(quick=12, full=1000), scale.of(quick=2, full=12)
    # Nothing is killed here: what the worlds are asked has nothing to do with disks.
    with (
        folder_in_memory() as memory,
        ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as cores,
    ):
        sums = {flaw: _run(cores, memory, flaw, seeds if flaw is Flaw.NONE else few) for flaw in Flaw}
    missed = {flaw: found for flaw, found in sums.items() if flaw is not Flaw.NONE}
    figures = {flaw.value: _of(flaw, found) for flaw, found in missed.items()}
    return Proof(
        what="two desks and a server in any order",
        product=_product(seeds, sums[Flaw.NONE]),
        control=Side(holds=not all(figures.values()), figures={"seeds of each": few, **figures}),
    )


def _product(seeds: int, found: Found) -> Side:
    return Side(
        holds=not (found.lost or found.twice or found.waiting or found.apart) and found.outcomes > seeds,
        figures={
            "seeds": seeds,
            "steps": seeds * STEPS,
            "outcomes": found.outcomes,
            "of them refused and told": found.refused,
            "lost": found.lost,
            "duplicated": found.twice,
            "waiting in the end": found.waiting,
            "desks that differ": found.apart,
        },
    )


def _of(flaw: Flaw, found: Found) -> int:
    return {Flaw.DROPS: found.lost, Flaw.ASKS_ANEW: found.twice, Flaw.HEARS_NOT: found.apart}[flaw]


def _run(cores: Executor, folder: Path, flaw: Flaw, seeds: int) -> Found:
    """Each seed is a world of its own, so that each core takes some."""
    return sum(cores.map(partial(_live, folder / flaw.name, flaw=flaw), range(seeds), chunksize=2), Found())


def _live(folder: Path, seed: int, *, flaw: Flaw) -> Found:
    world = World(folder / str(seed), seed, flaw)
    try:
        for _ in range(STEPS):
            world.step()
        return world.settled()
    finally:
        world.close()
        shutil.rmtree(folder / str(seed))


class World:
    """A server's database and two desks, with no thread and no clock of their own."""

    def __init__(self, folder: Path, seed: int, flaw: Flaw) -> None:
        folder.mkdir(parents=True)
        self._rng, self._clock, self._flaw = random.Random(seed), StillClock(), flaw
        self._server = Database(open_engine(sqlite_url(folder)), clock=self._clock)
        fill(self._server.engine)
        with self._server.write() as unit:
            settings.prepare(unit)
        self._callers: list[Caller] = [add_agent(self._server, agent(name)) for name in ("1", "2")]
        load(self._server, [(document(n), task(n, to=str(1 + n % 2))) for n in range(_TASKS)])
        self._desks: list[Store] = [open_store(folder / name, KEY) for name in ("1", "2")]
        self._saved: list[tuple[UUID, int]] = []
        for at in (0, 1):
            self._pull(at)

    def close(self) -> None:
        for desk in self._desks:
            desk.close()
        self._server.close()

    def step(self) -> None:
        at = self._rng.randrange(2)
        acts: list[tuple[int, Callable[[int], None]]] = [
            (5, self._save), (2, self._correct), (3, self._push_well), (2, self._push_lost_answer),
            (1, self._push_lost_request), (3, self._pull), (1, self._hand_out), (1, self._days), (1, self._twice),
        ]  # fmt: skip
        self._rng.choices([act for _, act in acts], [weight for weight, _ in acts])[0](at)

    def _save(self, at: int) -> None:
        mine = [found for n in range(_TASKS) if (found := self._desks[at].task(f"T{n}")) is not None]
        if not mine:
            return
        value = self._rng.choice(mine)
        done = saved(
            value, agent=str(at + 1), recorded_at=self._clock.now, success=self._rng.random() < 0.3, note=self._mark()
        )
        self._desks[at].save(done)
        self._saved.append((done.id, at))

    def _mark(self) -> str:
        """Of the outcome that is saved next: its words' own, by which it is known under any id."""
        return f"R11-{len(self._saved)}-"

    def _correct(self, at: int) -> None:
        own = [one for one, who in self._saved if who == at]
        before = self._desks[at].saved(own[-1]) if own else None
        if before is None:
            return
        again = saved(None)
        outcome = msgspec.structs.replace(
            before.outcome, id=again.id, corrects=before.id, note=self._mark(), recorded_at=self._clock.now
        )
        self._desks[at].save(msgspec.structs.replace(before, outcome=outcome, follow_ups=()))
        self._saved.append((again.id, at))

    def _push_well(self, at: int) -> None:
        self._push(at)

    def _push_lost_answer(self, at: int) -> None:
        self._push(at, answer_lost=True)

    def _push_lost_request(self, at: int) -> None:
        if self._flaw is Flaw.DROPS:
            self._drop(at, 1)

    def _twice(self, at: int) -> None:
        self._push(at, answer_lost=True)
        self._push(at)

    def _push(self, at: int, *, answer_lost: bool = False) -> None:
        items = self._desks[at].pending(self._rng.choice((1, 3, 100)))
        if not items:
            return
        answers = push(self._server, self._callers[at], decode_batch(_batch([item.body for item in items])))
        if not answer_lost:
            self._desks[at].settle(answers)
        elif self._flaw is Flaw.DROPS:
            self._drop(at, len(items))
        elif self._flaw is Flaw.ASKS_ANEW:
            anew = [item.body.replace(str(item.id).encode(), str(uuid4()).encode()) for item in items]
            push(self._server, self._callers[at], decode_batch(_batch(anew)))

    def _drop(self, at: int, count: int) -> None:
        """What was sent is off the list, answered or not."""
        for item in self._desks[at].pending(count):
            with self._desks[at]._working() as work:
                work.exec_driver_sql("DELETE FROM outbox WHERE id = ?", (str(item.id),))

    def _pull(self, at: int) -> None:
        desk = self._desks[at]
        for _ in range(100):
            who = self._callers[at]
            found = pull(self._server, staff_number=who.staff_number, rights=who.rights, cursor=desk.cursor(), limit=3)
            page = decoding.decode(found.body, PullPage)
            if self._flaw is Flaw.HEARS_NOT:
                page.changes = [one for one in page.changes if not one.deleted]
            desk.apply(page, now=self._clock.now)
            if not page.more or self._rng.random() < 0.1:
                # Cut off in the middle, as often as not: the next pull goes on from there.
                return

    def _hand_out(self, _at: int) -> None:
        reap(self._server)
        dispatch_waiting(self._server, actor="r11")

    def _days(self, _at: int) -> None:
        self._clock.forward(hours=self._rng.choice((1, 9, 24, 72)))

    def settled(self) -> Found:
        """Everybody online until nothing moves."""
        for at in (0, 1):
            for _ in range(40):
                self._push(at)
        for at in (0, 1):
            for _ in range(10):
                self._pull(at)
        states = [desk.outbox_state() for desk in self._desks]
        told = {one.id for state in states for one in state.troubled}
        kept = self._marks_on_server()
        missing = [one for number, (one, _at) in enumerate(self._saved) if not kept[number]]
        return Found(
            outcomes=len(self._saved),
            refused=sum(one in told for one in missing),
            lost=sum(one not in told for one in missing),
            twice=sum(count - 1 for count in kept.values()),
            waiting=sum(state.waiting for state in states),
            apart=self._apart(),
        )

    def _marks_on_server(self) -> Counter[int]:
        with self._server.read() as unit:
            bodies = [bytes(body) for body in unit.conn.execute(select(schema.outcome.c.body)).scalars()]
        return Counter(int(found[1]) for body in bodies if (found := _MARK.search(body)))

    def _apart(self) -> int:
        with self._server.read() as unit:
            found = [value for n in range(_TASKS) if (value := tasks.get(unit, f"T{n}"))]
        apart = 0
        for at, desk in enumerate(self._desks):
            theirs = {value.id for value in found if value.state in OPEN_STATES and value.assigned_to == str(at + 1)}
            apart += theirs != {f"T{n}" for n in range(_TASKS) if desk.task(f"T{n}") is not None}
        return apart


def _batch(bodies: list[bytes]) -> bytes:
    return b'{"items":[' + b",".join(bodies) + b"]}"
