"""R5: leases under many hands on SQLite and PostgreSQL: no task held by two, no stale completion accepted.

Quick: 40 agents, 60 claims a database; full: 500 agents, 50,000. In each round three dispatchers give out what waits
at once; some agents finish in time, the rest fall silent until their leases lapse, and report late, while their tasks
are with others.
The controls: a claim that reads and then updates, without a lock; completions that do not look at the lease's epoch.
"""

import multiprocessing
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from cluster import both, opened
from proof import Proof, Scale, Side, worst
from server_kit import StillClock, add_agent, agent, document, saved, send, task
from sqlalchemy import select

from core.domain.task import OPEN_STATES, Task, TaskState
from core.server.access.caller import Caller
from core.server.db import schema, settings, tasks
from core.server.db.engine import Database
from core.server.dispatching import dispatch_waiting
from core.server.leases import reap
from core.server.loading import load
from core.server.sync import take_outcome
from core.server.sync.effects import Standing, given_to
from core.wire.push import Verdict

DISPATCHERS = 3
_LAPSE_H = 73
_HANDS = 4
_ROUND = 30
"""tasks at least"""
_PUSHED = 25
"""outcomes of a desk in one batch"""
Dispatch = Callable[[Database], Sequence[Task]]


@dataclass(kw_only=True)
class Tally:
    claims: int = 0
    held_by_two: int = 0
    stale_sent: int = 0
    stale_accepted: int = 0
    finished_twice: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def prove(scale: Scale, _folder: Path) -> Proof:
    agents, claims = scale.of(quick=40, full=500), scale.of(quick=60, full=50_000)
    apart = multiprocessing.get_context("spawn")
    with both() as new, ProcessPoolExecutor(2, mp_context=apart) as databases:
        asked = [databases.submit(run, url, agents, claims, product_dispatch) for url in new().values()]
        products = [one.result() for one in asked]
        controls = [run(url, 20, 60, Naive()) for url in new().values()]
        with unfenced():
            controls += [run(url, 20, 60, product_dispatch) for url in new().values()]
    # Each control has to fail by itself: one that passes would prove nothing of what it lacks.
    failed = not any(side.holds for side in controls)
    return Proof(
        what="claims under leases that lapse, both databases",
        product=_summed(products, holds=worst(*products)),
        control=_summed(controls, holds=not failed),
    )


def _summed(sides: Sequence[Side], *, holds: bool) -> Side:
    return Side(holds=holds, figures={name: sum(int(s.figures[name]) for s in sides) for name in sides[0].figures})


def product_dispatch(database: Database) -> list[Task]:
    """What one run gave out, as the desks hold it now."""
    return [
        given_to(a.task, a.staff_number, database.clock()) for a in dispatch_waiting(database, actor="p").assignments
    ]


class Naive:
    """Reads what waits, then updates it: whoever reads between the two claims the same."""

    def __init__(self) -> None:
        self._between = threading.Barrier(DISPATCHERS)

    def __call__(self, database: Database) -> list[Task]:
        with database.read() as unit:
            waiting = schema.task.c.state == TaskState.WAITING.value
            bodies = unit.conn.execute(select(schema.task.c.body).where(waiting)).scalars().all()
        self._between.wait(60)
        rng = random.Random(threading.get_ident())
        with database.write() as unit:
            until = unit.now + settings.lease_time(unit)
            found = [tasks._decode(body) for body in bodies]
            pairs = [(one, given_to(one, str(rng.randrange(20)), until)) for one in found]
            for _before, after in pairs:
                tasks._update(unit, after, None)
            tasks.record_leases(unit, [after for _before, after in pairs])
        return [after for _before, after in pairs]


@contextmanager
def unfenced() -> Iterator[None]:
    """Whoever reports is believed, as long as the task is open."""

    def open_is_enough(value: Task, _outcome: object, *, holder: str | None) -> Standing:
        return Standing.COUNTS if value.state in OPEN_STATES else Standing.CLOSED

    with patch.object(take_outcome, "standing", open_is_enough):
        yield


def run(url: str, agents: int, claims: int, dispatch: Dispatch) -> Side:
    """Rounds until as many claims as asked for have been made."""
    clock, tally, rng = StillClock(), Tally(), random.Random(5)
    with opened(url, clock) as database, ThreadPoolExecutor(_HANDS) as hands:
        callers = {str(n): add_agent(database, agent(str(n), daily_target=80)) for n in range(agents)}
        fresh, stale = 0, list[Task]()
        while tally.claims < claims:
            size = min(agents * 10, 2000, max(_ROUND, claims // 4))
            load(database, [(document(n), task(n)) for n in range(fresh, fresh + size)])
            fresh += size
            held = _claim(database, dispatch, tally)
            late = [hands.submit(_report_late, database, callers[who], of, tally) for who, of in _by_desk(stale)]
            rng.shuffle(held)
            done, silent = held[: len(held) // 2], held[len(held) // 2 :]
            for one in [hands.submit(_finish, database, callers[who], of) for who, of in _by_desk(done)] + late:
                one.result()
            stale = silent
            clock.forward(hours=_LAPSE_H)
            reap(database)
        tally.finished_twice = _finished_twice(database)
    return Side(
        holds=tally.held_by_two == 0
        and tally.stale_accepted == 0
        and tally.stale_sent > 0
        and not tally.finished_twice,
        figures={
            "claims": tally.claims,
            "held by two": tally.held_by_two,
            "stale completions": tally.stale_sent,
            "of them accepted": tally.stale_accepted,
            "finished twice": tally.finished_twice,
        },
    )


def _claim(database: Database, dispatch: Dispatch, tally: Tally) -> list[Task]:
    """All dispatchers at once; what two of them gave out is held by two."""
    start = threading.Barrier(DISPATCHERS)

    def one() -> Sequence[Task]:
        start.wait(60)
        return dispatch(database)

    with ThreadPoolExecutor(DISPATCHERS) as pool:
        given = [made for future in [pool.submit(one) for _ in range(DISPATCHERS)] for made in future.result()]
    holders = Counter(made.id for made in given)
    tally.claims += len(given)
    tally.held_by_two += sum(count - 1 for count in holders.values())
    return list({made.id: made for made in given}.values())


def _by_desk(held: Sequence[Task]) -> Iterator[tuple[str, list[Task]]]:
    """What each desk pushes, in batches as it does."""
    desks: dict[str, list[Task]] = {}
    for one in held:
        desks.setdefault(one.assigned_to, []).append(one)
    for who, tasks_ in desks.items():
        for at in range(0, len(tasks_), _PUSHED):
            yield who, tasks_[at : at + _PUSHED]


def _finish(database: Database, caller: Caller, held: Sequence[Task]) -> None:
    send(database, caller, *(saved(one, caller.staff_number, success=True) for one in held))


def _report_late(database: Database, caller: Caller, held: Sequence[Task], tally: Tally) -> None:
    """Their leases lapsed and the tasks were given on: what they say must not count."""
    with database.read() as unit:
        now = [tasks.get(unit, one.id) for one in held]
    stale = [then is not None and then.lease_epoch != one.lease_epoch for one, then in zip(held, now, strict=True)]
    answers = send(database, caller, *(saved(one, caller.staff_number, success=True) for one in held)).answers
    accepted = [answer.verdict is Verdict.ACCEPTED for answer in answers]
    with tally.lock:
        tally.stale_sent += sum(stale)
        tally.stale_accepted += sum(late and taken for late, taken in zip(stale, accepted, strict=True))


def _finished_twice(database: Database) -> int:
    """Tasks for which more than one outcome counted."""
    with database.read() as unit:
        rows = unit.conn.execute(
            select(schema.outcome.c.task_id).where(~schema.outcome.c.superseded, schema.outcome.c.task_id != "")
        ).scalars()
        return sum(count > 1 for count in Counter(rows).values())
