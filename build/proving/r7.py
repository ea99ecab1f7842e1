"""R7: leases that lapsed are taken back within ten seconds, also while one customer is held by a long transaction.

Quick: 150 leases a database, full: 10,000, that lapse at one moment on a database whose server does its housekeeping as
it does in a centre; one customer of PostgreSQL is held all the while. Measured is how late the last one was.
The control takes them back one after the other and waits for whoever holds a customer.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
from cluster import both, is_postgres, opened
from cores import branched_off
from proof import Proof, Scale, Side, worst
from server_kit import add_agent, agent, document, task
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from core.content import shipped
from core.domain import decoding
from core.domain.task import OPEN_STATES, Task
from core.server import leases
from core.server.db import schema, tasks
from core.server.db.engine import Database, Unit
from core.server.loading import load
from core.server.publishing import publish_shipped
from core.server.sync.effects import given_up

GOAL_S = 10.0
_LEAD_S = 3.0
"""after loading, until all lapse"""
_HELD = "C0"
_WARM = 99_999
_START_S = 90.0
_ROOT = Path(leases.__file__).parent.parent.parent


def prove(scale: Scale, folder: Path) -> Proof:
    many = scale.of(quick=150, full=10_000)
    # A server that starts would publish first, and take back nothing meanwhile. What that takes long to read is read
    # while PostgreSQL starts.
    with ExitStack() as running:
        publisher = running.enter_context(branched_off(1))
        publisher.submit(_read)
        new, beside = running.enter_context(both()), running.enter_context(ThreadPoolExecutor(1))
        # Nearly all of it is waiting for leases to lapse. At the full scale each database has the machine to itself.
        first = beside.submit(lambda: [run(new()["PostgreSQL"], 20, one_by_one, patience_s=2.0)])
        if scale is Scale.FULL:
            first.result()
        urls = list(new().values())
        for url in urls:
            publisher.submit(_publish, url).result()
        with ThreadPoolExecutor(scale.of(quick=len(urls), full=1)) as pool:
            products = list(pool.map(lambda url: run(url, many, partial(serving, url, _own(folder, url))), urls))
        controls = first.result()
    return Proof(
        what="leases that lapse at once, one customer held",
        product=_summed(products, holds=worst(*products)),
        control=_summed(controls, holds=worst(*controls)),
    )


def _read() -> None:
    shipped()


def _publish(url: str) -> None:
    with opened(url) as database:
        publish_shipped(database)


def _own(folder: Path, url: str) -> Path:
    """A server's folder."""
    own = folder / ("PostgreSQL" if is_postgres(url) else "SQLite")
    own.mkdir()
    return own


def _summed(sides: list[Side], *, holds: bool) -> Side:
    return Side(
        holds=holds,
        figures={
            "leases": sum(int(side.figures["leases"]) for side in sides),
            "never taken back": sum(int(side.figures["left"]) for side in sides),
            "seconds late at most": max(float(side.figures["late"]) for side in sides),
        },
    )


Reaper = Callable[[Database], AbstractContextManager[None]]


def run(url: str, many: int, reaper: Reaper, *, patience_s: float = GOAL_S + 2) -> Side:
    """`reaper(database)` is a context in which leases are taken back."""
    with opened(url) as database:
        add_agent(database, agent("1"))
        now = datetime.now(UTC)
        for start in range(0, many, 500):
            rows = [(document(n), task(n, to="1", lease_expires_at=now + timedelta(days=1), created_at=now))
                    for n in range(start, min(many, start + 500))]  # fmt: skip
            load(database, rows)
        with _holding(database, url), reaper(database):
            _let_lapse(database)
            lapsed = time.monotonic() + _LEAD_S
            left, late = many, 0.0
            held = 1 if is_postgres(url) else 0
            while left > held and time.monotonic() < lapsed + patience_s:
                # Looking costs the database more the more leases there are.
                time.sleep(0.25)
                left = _standing(database)
                late = time.monotonic() - lapsed
    return Side(
        holds=left <= held and late <= GOAL_S,
        figures={"leases": many - held, "left": max(0, left - held), "late": max(0.0, late)},
    )


def _let_lapse(database: Database) -> None:
    """All in a few seconds, in column and body alike."""
    with database.write() as unit:
        until = unit.now + timedelta(seconds=_LEAD_S)
        for task_id, body in unit.conn.execute(select(schema.task.c.id, schema.task.c.body)).all():
            value = msgspec.structs.replace(decoding.decode(body, Task), lease_expires_at=until)
            unit.conn.execute(
                schema.task.update()
                .where(schema.task.c.id == task_id)
                .values(lease_expires_at=until, body=msgspec.json.encode(value))
            )


def _standing(database: Database) -> int:
    with database.read() as unit:
        late = select(func.count()).where(
            schema.task.c.state.in_(OPEN_STATES), schema.task.c.assigned_to != "", schema.task.c.lease_epoch == 1
        )
        return int(unit.conn.execute(late).scalar_one())


@contextmanager
def _holding(database: Database, url: str) -> Iterator[None]:
    """Somebody's long transaction over one customer; on SQLite there is but one writer, and none is held."""
    if not is_postgres(url):
        yield
        return
    with database.engine.connect() as connection, connection.begin():
        connection.execute(text("SELECT id FROM customer WHERE id = :id FOR UPDATE"), {"id": _HELD})
        yield


@contextmanager
def serving(url: str, folder: Path, database: Database) -> Iterator[None]:
    """The real server with its own housekeeping, as often as it comes, once it is under way."""
    command = [sys.executable, "-m", "core.server.cli", "serve", "--port", "0", "--data", str(folder), "--announce",
               "--die-with-parent"]  # fmt: skip
    environment = {**os.environ, "STAYLINE_DATABASE_URL": url, "PYTHONPATH": str(_ROOT)}
    with (folder / "r7.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, cwd=_ROOT, stdout=subprocess.PIPE, stderr=log)
    assert process.stdout is not None
    try:
        if not process.stdout.readline():
            raise RuntimeError("the server did not start: " + (folder / "r7.log").read_text()[-2000:])
        _await_housekeeping(database)
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        process.stdout.close()


def _await_housekeeping(database: Database) -> None:
    """A server that starts publishes its content first: until it has taken back a lease that lapsed long ago."""
    before = _standing(database)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    load(database, [(document(_WARM), task(_WARM, to="1", lease_expires_at=long_ago, created_at=long_ago))])
    deadline = time.monotonic() + _START_S
    while _standing(database) > before:
        if time.monotonic() > deadline:
            raise RuntimeError("the housekeeping never began")
        time.sleep(0.1)


@contextmanager
def one_by_one(database: Database) -> Iterator[None]:
    """Each in its turn, with patience."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.5):
            with database.read() as unit:
                late = leases._lapsed(unit)
            for task_id in sorted(late):
                with database.write() as unit:
                    unit.conn.execute(text("SET LOCAL lock_timeout = '8s'"))
                    with suppress(OperationalError):
                        patiently(unit, task_id)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()


def patiently(unit: Unit, task_id: str) -> None:
    """One task, once its customer is free."""
    value = tasks.get(unit, task_id)
    if value is None or not tasks.lock_customer(unit, value.customer_id):
        return
    tasks.change(unit, value, given_up(value))
