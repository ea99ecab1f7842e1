"""Bringing many customers and tasks into the database at once: for the demo and for imports.

Loading is by section and field: what a list does not carry stays, what agents added since stays, and loading the same
again changes nothing.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from core.domain.customer import Document
from core.domain.indicator import Indicator
from core.domain.task import Task
from core.server.db import feed
from core.server.db.engine import Database, Unit
from core.server.db.feed import EVERYONE, Entry
from core.server.db.schema import indicator_catalogue
from core.server.db.upsert import upsert
from core.server.loading.customers import CustomerBatch
from core.server.loading.history import BATCH, load_history
from core.server.loading.new_tasks import add_tasks
from core.wire.pull import Kind

__all__ = ["BATCH", "Counts", "load", "load_history", "load_indicators", "load_tasks"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load did, in customers, and the tasks that came with them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    tasks: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.tasks + other.tasks,
        )


def load(
    database: Database,
    pairs: Sequence[tuple[Document, Task | None]],
    *,
    list_id: str = "",
    remarks: frozenset[str] = frozenset(),
    without_task: Callable[[Unit, Sequence[str]], Collection[str]] = lambda _unit, _ids: (),
) -> Counts:
    """Load customers with their tasks, each customer at most once in `pairs`, in one transaction.

    `remarks`: names of indicators of which a customer keeps one for each text, whatever list brought it.
    `without_task`: asked first, in that transaction, which of those who would have a task are to get none.
    """
    with database.write() as unit:
        tasked = [value for _, value in pairs if value is not None]
        barred = without_task(unit, [value.customer_id for value in tasked]) if tasked else ()
        batch = CustomerBatch(unit, [document for document, _ in pairs], remarks=remarks)
        batch.write()
        tasks = add_tasks(unit, [value for value in tasked if value.customer_id not in barred], list_id=list_id)
        known, changed = len(batch.known), len(batch.changed)
        return Counts(added=len(pairs) - known, changed=changed, unchanged=known - changed, tasks=tasks)


def load_tasks(database: Database, wanted: Iterable[Task], *, list_id: str = "") -> int:
    """Tasks for customers who are there already. Returns how many were new."""
    waiting = list(wanted)
    added = 0
    for start in range(0, len(waiting), BATCH):
        with database.write() as unit:
            added += add_tasks(unit, waiting[start : start + BATCH], list_id=list_id)
    return added


def load_indicators(database: Database, source: str, catalogue: Sequence[Indicator]) -> None:
    """Publish a catalogue of indicators; the same again changes nothing."""
    body = msgspec.json.encode(list(catalogue))
    where = (indicator_catalogue.c.tenant_id == database.tenant, indicator_catalogue.c.source == source)
    with database.write() as unit:
        if unit.conn.execute(select(indicator_catalogue.c.body).where(*where)).scalar_one_or_none() == body:
            return
        values = {"tenant_id": unit.tenant, "source": source, "body": body}
        upsert(unit, indicator_catalogue, [values], keys=("tenant_id", "source"))
        feed.publish(unit, [Entry(EVERYONE, Kind.INDICATORS, source)])
