"""S8: after its retention period a customer is gone from tables, indexes, search and the journal.

Same at both scales: a customer with a note of words that occur nowhere else is loaded and worked; ten years pass
with what the housekeeping does; then the database's files are searched.
The control deletes the row alone, without emptying what was deleted out of the file.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cluster import opened
from proof import Proof, Scale, Side
from server_kit import StillClock, add_agent, agent, document, saved, send, stored, task
from sqlalchemy import delete

from core.server.db import schema
from core.server.db.engine import Database, sqlite_url
from core.server.leases import reap
from core.server.loading import load
from core.server.orders.forgetting import forget_ended

CANARY = "金丝雀客户备注"
_YEARS = 10


def prove(_scale: Scale, folder: Path) -> Proof:
    return Proof(
        what="files of the database searched after retention",
        product=run(folder / "product", _housekeeping),
        control=run(folder / "control", _row_alone),
    )


def run(folder: Path, clean: Callable[[Database], None]) -> Side:
    folder.mkdir()
    clock = StillClock(datetime(2026, 11, 24, 4, tzinfo=UTC))
    with opened(sqlite_url(folder), clock) as database:
        caller = add_agent(database, agent("1"))
        load(database, [(document(1), task(1, to="1"))])
        send(database, caller, saved(stored(database, "T1"), "1", note=CANARY, success=True))
        clock.forward(days=365 * _YEARS)
        clean(database)
    hits = {path.name: path.read_bytes().count(CANARY.encode()) for path in folder.iterdir() if path.is_file()}
    return Side(holds=not any(hits.values()), figures={"years": _YEARS, "hits": sum(hits.values())})


def _housekeeping(database: Database) -> None:
    reap(database)
    forget_ended(database)


def _row_alone(database: Database) -> None:
    with database.write() as unit:
        unit.conn.execute(delete(schema.outcome).where(schema.outcome.c.customer_id == "C1"))
