"""P14, P15: nights on a PostgreSQL of their own, and what each cost."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cluster import Cluster, opened
from made_night import Evening, evening
from started import HERE, ROOT, environment
from tree import Cost, run_tree

from core.domain.people import Agent, Role
from core.server.db import people
from core.server.db.engine import Database

AGENTS = 200


class DidNotEnd(Exception):
    """The process of one side ended early; what it wrote stands above."""


@dataclass(frozen=True, kw_only=True)
class Spent:
    seconds: float
    phases: dict[str, float]
    customers: list[str]
    cost: Cost


@dataclass(frozen=True, kw_only=True)
class Nights:
    evening: Evening
    database: Database
    url: str

    def product(self) -> Spent:
        return self._run("night_side.py")

    def reference(self) -> Spent:
        return self._run("bare_night.py")

    def _run(self, script: str) -> Spent:
        self.evening.clear(self.database)
        command = [sys.executable, "-W", "ignore", str(HERE / script), self.url, str(self.evening.data)]
        cost = run_tree(command, cwd=ROOT, environment=environment())
        if cost.status:
            raise DidNotEnd(f"{script} ended with {cost.status}")
        said = json.loads(cost.output)
        return Spent(seconds=said["seconds"], phases=said["phases"], customers=said["customers"], cost=cost)


@contextmanager
def nights(customers: int) -> Iterator[Nights]:
    with (
        tempfile.TemporaryDirectory(prefix="stayline-night-", ignore_cleanup_errors=True) as folder,
        Cluster(Path(folder) / "pg") as cluster,
        opened(cluster.new_database()) as database,
    ):
        url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        before = evening(customers)
        before.fill(database)
        with database.write() as unit:
            for number in range(AGENTS):
                people.put(unit, _agent(f"{2000 + number}"), password_hash="-")
        yield Nights(evening=before, database=database, url=url)


def _agent(staff_number: str) -> Agent:
    return Agent(
        staff_number=staff_number, name="员工", role=Role.OUTBOUND_REPRESENTATIVE, team="A", team_name="一班",
        skills=("zero-usage",),
    )  # fmt: skip
