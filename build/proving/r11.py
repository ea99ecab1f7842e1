"""R11: two desks and a server under any interleaving of work, loss and days offline agree in the end.

Quick: 12 seeds of 50 steps, full: 1,000. A step saves, corrects, pushes with a lost request or a lost answer, pulls,
gives a task to the other desk, lets leases lapse, or lets up to 72 hours pass. Then all are online, and the server has
each outcome of each desk once, each desk the server's tasks and no others.
The control's desk takes an answer that did not come for a refusal, and drops what it had sent.
"""

import multiprocessing
import os
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from uuid import UUID

import msgspec
from cluster import opened
from desk_process import KEY
from proof import Proof, Scale, Side
from server_kit import StillClock, add_agent, agent, document, task
from sqlalchemy import select
from store_kit import saved

from core.domain import decoding
from core.domain.task import OPEN_STATES
from core.server.access.caller import Caller
from core.server.db import schema, tasks
from core.server.db.engine import Database, sqlite_url
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
Found = tuple[int, int, int, int]
"""outcomes, lost, twice, desks that differ"""


def prove(scale: Scale, folder: Path) -> Proof:
    seeds = scale.of(quick=12, full=1000)
    product = run(folder / "p", seeds, forgets=False)
    control = run(folder / "c", min(seeds, 12), forgets=True)
    return Proof(what="two desks and a server in any order", product=product, control=control)


def run(folder: Path, seeds: int, *, forgets: bool) -> Side:
    """Each seed is a world of its own, so that each core takes some."""
    lost = twice = apart = outcomes = 0
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as cores:
        for found in cores.map(partial(_live, folder, forgets=forgets), range(seeds), chunksize=3):
            outcomes += found[0]
            lost, twice, apart = lost + found[1], twice + found[2], apart + found[3]
    return Side(
        holds=not (lost or twice or apart) and outcomes > seeds,
        figures={
            "seeds": seeds,
            "steps": seeds * STEPS,
            "outcomes": outcomes,
            "lost": lost,
            "duplicated": twice,
            "desks that differ": apart,
        },
    )


def _live(folder: Path, seed: int, *, forgets: bool) -> Found:
    world = World(folder / str(seed), seed, forgets=forgets)
    try:
        for _ in range(STEPS):
            world.step()
        return world.settled()
    finally:
        world.close()
        shutil.rmtree(folder / str(seed))


class World:
    """A server's database and two desks, with no thread and no clock of their own."""

    def __init__(self, folder: Path, seed: int, *, forgets: bool) -> None:
        folder.mkdir(parents=True)
        self._rng, self._clock, self._forgets = random.Random(seed), StillClock(), forgets
        self._opened = opened(sqlite_url(folder), self._clock)
        self._server: Database = self._opened.__enter__()
        self._callers: list[Caller] = [add_agent(self._server, agent(name)) for name in ("1", "2")]
        load(self._server, [(document(n), task(n, to=str(1 + n % 2))) for n in range(_TASKS)])
        self._desks: list[Store] = [open_store(folder / name, KEY) for name in ("1", "2")]
        self._saved: list[tuple[UUID, int]] = []
        for at in (0, 1):
            self._pull(at)

    def close(self) -> None:
        for desk in self._desks:
            desk.close()
        self._opened.__exit__(None, None, None)

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
            value, agent=str(at + 1), recorded_at=self._clock.now, success=self._rng.random() < 0.3, note=str(self._rng)
        )
        self._desks[at].save(done)
        self._saved.append((done.id, at))

    def _correct(self, at: int) -> None:
        own = [one for one, who in self._saved if who == at]
        before = self._desks[at].saved(own[-1]) if own else None
        if before is None:
            return
        again = saved(None)
        outcome = msgspec.structs.replace(
            before.outcome, id=again.id, corrects=before.id, note="更正", recorded_at=self._clock.now
        )
        self._desks[at].save(msgspec.structs.replace(before, outcome=outcome, follow_ups=()))
        self._saved.append((again.id, at))

    def _push_well(self, at: int) -> None:
        self._push(at)

    def _push_lost_answer(self, at: int) -> None:
        self._push(at, answer_lost=True)

    def _push_lost_request(self, at: int) -> None:
        if self._forgets:
            self._drop(at, 1)

    def _twice(self, at: int) -> None:
        self._push(at, answer_lost=True)
        self._push(at)

    def _push(self, at: int, *, answer_lost: bool = False) -> None:
        items = self._desks[at].pending(self._rng.choice((1, 3, 100)))
        if not items:
            return
        answers = push(
            self._server, self._callers[at], decode_batch(b'{"items":[' + b",".join(i.body for i in items) + b"]}")
        )
        if not answer_lost:
            self._desks[at].settle(answers)
        elif self._forgets:
            self._drop(at, len(items))

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
        """Everybody online until nothing moves: outcomes, lost, twice, desks whose tasks are not the server's."""
        for at in (0, 1):
            for _ in range(40):
                self._push(at)
        for at in (0, 1):
            for _ in range(10):
                self._pull(at)
        with self._server.read() as unit:
            kept = [str(one).replace("-", "") for one in unit.conn.execute(select(schema.outcome.c.id)).scalars()]
            open_here = [
                value for n in range(_TASKS) if (value := tasks.get(unit, f"T{n}")) and value.state in OPEN_STATES
            ]
        wanted = [one.hex for one, _at in self._saved]
        troubled = sum(len(desk.outbox_state().troubled) for desk in self._desks)
        lost = sum(one not in kept for one in wanted) - troubled
        apart = 0
        for at, desk in enumerate(self._desks):
            theirs = {value.id for value in open_here if value.assigned_to == str(at + 1)}
            shown = {f"T{n}" for n in range(_TASKS) if desk.task(f"T{n}") is not None}
            apart += theirs != shown
        return len(wanted), max(0, lost), len(kept) - len(set(kept)), apart
