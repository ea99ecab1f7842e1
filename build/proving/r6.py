"""R6: one customer never stands on two desks, whoever brings tasks in at the same moment.

Quick: 150 customers a database, full: 3,840, brought by four lists at once, each with a task of its own for every
customer, in other orders; then all is given out. On SQLite and PostgreSQL.
The control has no unique index, and looks whether the customer has an open task before it adds one.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cluster import both, opened
from proof import Proof, Scale, Side, worst
from server_kit import add_agent, agent, document, task
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.domain.task import OPEN_STATES
from core.server.db import schema, tasks
from core.server.db.engine import Database
from core.server.dispatching import dispatch_waiting
from core.server.loading import load

LISTS = 4
_CHUNK = 10
_TRIES = 50
Bring = Callable[[Database, int, list[int]], int]


def prove(scale: Scale, _folder: Path) -> Proof:
    customers = scale.of(quick=150, full=3840)
    with both() as new:
        products = [run(url, customers, product_list) for url in new().values()]
        controls = [run(url, 30, naive_list(), with_index=False) for url in new().values()]
    failed = not any(side.holds for side in controls)
    return Proof(
        what="customers brought by four lists at once, both databases",
        product=_summed(products, holds=worst(*products)),
        control=_summed(controls, holds=not failed),
    )


def _summed(sides: list[Side], *, holds: bool) -> Side:
    return Side(holds=holds, figures={name: sum(int(s.figures[name]) for s in sides) for name in sides[0].figures})


def run(url: str, customers: int, bring: Bring, *, with_index: bool = True) -> Side:
    """All lists at once, then everything out to the desks."""
    with opened(url) as database:
        if not with_index:
            with database.write() as unit:
                unit.conn.execute(text("DROP INDEX uq_task_open_customer"))
        load(database, [(document(n), None) for n in range(customers)])
        for number in range(80):
            add_agent(database, agent(str(number), daily_target=200))
        start = threading.Barrier(LISTS)

        def one(which: int) -> int:
            order = list(range(customers))
            random.Random(which).shuffle(order)
            start.wait(60)
            return bring(database, which, order)

        with ThreadPoolExecutor(LISTS) as pool:
            refused = sum(future.result() for future in [pool.submit(one, which) for which in range(LISTS)])
        dispatch_waiting(database, actor="r6")
        with database.read() as unit:
            held = select(schema.task.c.customer_id).where(
                schema.task.c.state.in_(OPEN_STATES), schema.task.c.assigned_to != ""
            )
            desks = Counter(unit.conn.execute(held).scalars())
    return Side(
        holds=len(desks) == customers and max(desks.values(), default=0) == 1,
        figures={
            "customers": customers,
            "tasks wanted": customers * LISTS,
            "lists tried again": refused,
            "customers on two desks": sum(count > 1 for count in desks.values()),
        },
    )


def product_list(database: Database, which: int, order: list[int]) -> int:
    """As an import brings a list, chunk by chunk; one that collides is brought once more."""
    again = 0
    for start in range(0, len(order), _CHUNK):
        pairs = [(document(n), task(n, id=f"T{n}-{which}")) for n in order[start : start + _CHUNK]]
        for _ in range(_TRIES):
            try:
                load(database, pairs)
                break
            except DBAPIError:
                again += 1
    return again


def naive_list() -> Bring:
    """Look, then add; all lists look before one has added."""
    between = threading.Barrier(LISTS)

    def bring(database: Database, which: int, order: list[int]) -> int:
        for n in sorted(order):
            with database.read() as unit:
                busy = bool(tasks.open_of(unit, f"C{n}"))
            between.wait(60)
            if not busy:
                with database.write() as unit:
                    tasks.insert(unit, [task(n, id=f"T{n}-{which}")])
        return 0

    return bring
