"""Taking a snapshot of every customer from the database, batch by batch, in one moment of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from core.content.resources import folder
from core.domain import decoding
from core.domain.clock import local_day
from core.domain.factor import Fact, Library
from core.domain.indicator import Indicator
from core.screening.factor_files import load_library
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import SnapshotWriter
from core.server.db.engine import Database, Unit
from core.server.db.schema import customer, customer_section, indicator_catalogue
from core.server.review.reading import departures
from core.server.screening.arrivals import arrivals
from core.server.screening.facts import SECTIONS, Facts
from core.server.screening.kept import keep
from core.server.screening.plan_fitting import SECTIONS as BILLED
from core.server.screening.plan_fitting import PlanFitting
from core.server.screening.progress import Progress, unheard

BATCH = 500
"""customers: keys in one IN list, below SQLite's oldest bound of variables"""


def library_of(unit: Unit, root: Path | None = None) -> Library:
    """The factors of that folder of content (what ships by default), and the indicators that lists and other systems
    brought beside them. Raises ContentError where a file of factors is wrong."""
    statement = select(indicator_catalogue.c.body).where(indicator_catalogue.c.tenant_id == unit.tenant)
    bodies = unit.conn.execute(statement.order_by(indicator_catalogue.c.source)).scalars()
    brought = [one for body in bodies for one in decoding.decode(body, list[Indicator])]
    return load_library(root or folder(), brought)


def take(
    database: Database, data: Path, *, by: str, root: Path | None = None, progress: Progress = unheard
) -> Snapshot:
    """The snapshot, written and judged against the one before; on record."""
    shelf = Shelf(data, database.tenant)
    with database.read() as unit:
        library, told, taken_at = library_of(unit, root), arrivals(unit), unit.now
        snapshot_id = shelf.new_id(taken_at)
        path = shelf.path(snapshot_id)
        with SnapshotWriter(path, library, taken_at=taken_at, owner=by, tenant=unit.tenant) as writer:
            facts, fitting = Facts(library), PlanFitting(unit, local_day(taken_at))
            for ids, sections in _batches(unit):
                each = [sections.get(one, {}) for one in ids]
                left_on, fits = departures(unit, ids), fitting.of(each)
                beside = [{**fit, Fact.LEFT_ON: left_on.get(one)} for one, fit in zip(ids, fits, strict=True)]
                writer.add(ids, [facts.row(of, more) for of, more in zip(each, beside, strict=True)])
                progress(writer.rows, None)
            columns = writer.finish()
    return keep(
        database, shelf, library, snapshot_id, taken_at=taken_at, rows=writer.rows, columns=columns,
        rows_of=writer.rows_of, arrivals=told, by=by,
    )  # fmt: skip


def _batches(unit: Unit) -> Iterator[tuple[list[str], dict[str, dict[str, bytes]]]]:
    """Customers by id with their sections, a page after the other: nothing is held longer than its page."""
    last: BindParameter[str] = bindparam("last")
    page = (
        select(customer.c.id)
        .where(customer.c.tenant_id == unit.tenant, customer.c.id > last)
        .order_by(customer.c.id)
        .limit(BATCH)
    )
    reached = ""
    while ids := list(unit.conn.execute(page, {"last": reached}).scalars()):
        yield ids, _sections(unit, ids)
        reached = ids[-1]


def _sections(unit: Unit, ids: list[str]) -> dict[str, dict[str, bytes]]:
    statement = select(customer_section.c.customer_id, customer_section.c.section, customer_section.c.body).where(
        customer_section.c.tenant_id == unit.tenant,
        customer_section.c.customer_id.in_(ids),
        customer_section.c.section.in_({*SECTIONS, *BILLED}),
    )
    found: dict[str, dict[str, bytes]] = {}
    rows: Any = unit.conn.execute(statement)
    for customer_id, section, body in rows:
        found.setdefault(customer_id, {})[section] = bytes(body)
    return found
