"""P7: claims per second on 200 connections, durable and audited, beside a signed-in ping of the same application.

A claim is `POST /v1/tasks/next`. After every measurement each task that was told must be told once and lie in the
database as it was told; at the end every chain of the audit must hold. The ping is held against bare ASGI in its turn.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asked_by_many
from claimed_centre import Centre
from cluster import Cluster
from frame import Plan, Row, alternate, row
from started import HERE, ROOT, environment

from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.migrate import upgrade

GOAL, PING_GOAL = 0.5, 0.1
CLAIM, PING = "/v1/tasks/next", "/v1/ping"


@dataclass(frozen=True)
class Size:
    connections: int = 200
    each: int = 5
    waiting: int = 5_000

    @classmethod
    def of(cls, plan: Plan) -> "Size":
        return cls(connections=20, each=2, waiting=60) if plan.smoke else cls()


def rows(plan: Plan) -> Iterator[Row]:
    # On the disk, not in memory: a claim that is told is to outlast the machine.
    with tempfile.TemporaryDirectory(prefix="stayline-p7-", ignore_cleanup_errors=True) as folder:
        yield from _on("SQLite", sqlite_url(Path(folder)), Path(folder), plan)
        apart = Path(folder) / "postgres"
        apart.mkdir()
        with Cluster(apart / "cluster") as cluster:
            yield from _on("PostgreSQL", cluster.url(), apart, plan)


def _on(name: str, url: str, folder: Path, plan: Plan) -> Iterator[Row]:
    size = Size.of(plan)
    database = Database(open_engine(url))
    upgrade(database.engine)
    centre = Centre.filled(database, folder, agents=size.connections, waiting=size.waiting)
    if database.engine.dialect.name == "postgresql":
        # A centre's PostgreSQL does so by itself; the cluster of a proof is told not to.
        with database.write() as unit:
            unit.conn.exec_driver_sql("ANALYZE")
    answer = (folder / "claimed.json").stat().st_size
    with _running("claims_server.py", url, str(folder)) as ours, _running("bare_ping.py", str(answer)) as bare:
        claims = alternate(_claims(centre, ours, size), _asks(centre, ours, size), plan)
        pings = alternate(_asks(centre, ours, size), _asks(centre, bare, size), plan)
    centre.prove_audit()
    database.close()
    what = f"claims on {name}, {size.connections} connections, durable, audited, none twice; beside a ping"
    yield row(id="P7", what=what, pairs=claims, goal=GOAL, unit="/s", at_least=True)
    what = f"that ping on {name}, beside bare ASGI"
    yield row(id="P7", what=what, pairs=pings, goal=PING_GOAL, unit="/s", at_least=True)


def _claims(centre: Centre, port: int, size: Size) -> Callable[[], float]:
    def measure() -> float:
        asked = asked_by_many.ask(port, CLAIM, centre.tokens(), each=size.each)
        centre.settle(asked.bodies)
        return asked.rate

    return measure


def _asks(centre: Centre, port: int, size: Size) -> Callable[[], float]:
    return lambda: asked_by_many.ask(port, PING, centre.tokens(), each=size.each).rate


@contextmanager
def _running(script: str, *arguments: str) -> Iterator[int]:
    """The port of a process that ends with the block."""
    command: Sequence[str] = [sys.executable, str(HERE / script), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
