"""Figures for Prometheus; none names a person."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from core.domain.task import TaskState
from core.server.db.engine import Database
from core.server.db.schema import task


class Metrics:
    """The counters of one server."""

    def __init__(self, database: Database, *, listening: Callable[[], int] = int) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "stayline_requests", "Requests by route and status", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "stayline_request_seconds", "Time to answer by route", ["route"], registry=self.registry
        )
        self.items = Counter("stayline_push_items", "Pushed items by verdict", ["verdict"], registry=self.registry)
        self.changes = Counter("stayline_pull_changes", "Changes handed out", registry=self.registry)
        desks = Gauge("stayline_listening_desks", "Desks that listen for news", registry=self.registry)
        desks.set_function(listening)
        self.registry.register(_Tasks(database))

    def render(self) -> bytes:
        return generate_latest(self.registry)


class _Tasks(Collector):
    """Counted when asked for, not kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> list[GaugeMetricFamily]:
        return []

    def collect(self) -> list[GaugeMetricFamily]:
        family = GaugeMetricFamily("stayline_tasks", "Tasks by state", labels=["state"])
        with self._database.read() as unit:
            statement = select(task.c.state, func.count()).where(task.c.tenant_id == unit.tenant)
            counts = {row[0]: row[1] for row in unit.conn.execute(statement.group_by(task.c.state))}
        for state in TaskState:
            family.add_metric([state.value], counts.get(state.value, 0))
        return [family]
