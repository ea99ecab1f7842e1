"""A snapshot of files that the operator's warehouse delivers, in the place of one of this database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select

from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.snapshots.delivered import Delivery, Loaded
from core.screening.snapshots.delivered_columns import resembling
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.server.customer_ids import of_source
from core.server.db import customers
from core.server.db.engine import Database, Unit
from core.server.db.schema import departure
from core.server.screening.arrivals import arrivals
from core.server.screening.kept import keep
from core.server.screening.taking import library_of


class Taken(Struct, frozen=True, kw_only=True):
    snapshot: Snapshot
    loaded: Loaded
    resembling: dict[str, str]
    """by factor that did not come, a column that may be it under another name"""
    stranger_to: int
    """of so many of its customers that were looked up none is known here; 0: some are"""


def load_files(
    database: Database, data: Path, files: Sequence[Path], *, by: str, said: Mapping[str, str], customer: str = "",
    taken_at: datetime | None = None, root: Path | None = None,
) -> Taken:  # fmt: skip
    """The snapshot, judged against the one before; on record. `said` are factors by column.

    Raises InputError, before anything is kept, where a file cannot be read, its columns do not say what they are, a
    customer stands twice, or nobody is there."""
    missing = next((one for one in files if not one.is_file()), None)
    if missing is not None:
        raise _no_file(missing)
    shelf = Shelf(data, database.tenant)
    with database.read() as unit:
        library, told, now = library_of(unit, root), arrivals(unit), taken_at or unit.now
        left_on = _left(unit, local_day(now))
    snapshot_id = shelf.new_id(now)
    path = shelf.path(snapshot_id)
    beside = path.with_suffix(".partial")
    delivery = Delivery(files, library, said=said, customer=customer, left_on=left_on, spill=shelf.folder / "spill")
    try:
        if _by_their_ids(database, delivery.some()):
            delivery.rename(partial(_ours, database))
        loaded = delivery.write(beside, taken_at=now, owner=by, tenant=database.tenant)
        beside.chmod(0o400)
        beside.replace(path)
    finally:
        delivery.close()
        beside.unlink(missing_ok=True)
    snapshot = keep(
        database, shelf, library, snapshot_id, taken_at=now, rows=loaded.rows, columns=loaded.columns,
        rows_of=loaded.rows_of, arrivals=told, by=by, absent=loaded.absent, files=[one.name for one in files],
    )  # fmt: skip
    return Taken(
        snapshot=snapshot, loaded=loaded, resembling=resembling(library, loaded.absent, loaded.unknown),
        stranger_to=_strangers(database, loaded.some),
    )  # fmt: skip


def _by_their_ids(database: Database, ids: Sequence[str]) -> bool:
    """Whether customers are known here by the ids of the lists that brought them."""
    with database.read() as unit:
        return bool(customers.known(unit, [of_source(one) for one in ids]))


def _ours(database: Database, ids: Sequence[str]) -> list[str]:
    """Whom nobody knows yet gets the id under which a list will bring them."""
    with database.read() as unit:
        there = customers.known(unit, ids)
    return [one if one in there else of_source(one) for one in ids]


def _strangers(database: Database, ids: Sequence[str]) -> int:
    with database.read() as unit:
        return 0 if customers.known(unit, ids) else len(ids)


def _left(unit: Unit, day: date) -> dict[str, date]:
    """ID-11: who has left is known here, whatever the warehouse says of them; a delivery of an earlier day does not
    tell who left since."""
    statement = select(departure.c.customer_id, departure.c.left_on).where(
        departure.c.tenant_id == unit.tenant, departure.c.left_on <= day
    )
    return {row.customer_id: row.left_on for row in unit.conn.execute(statement)}


def _no_file(path: Path) -> InputError:
    return InputError(
        title=Text("没有这个文件", "No such file"),
        message=Text(f"{path} 不存在。", f"{path} is not there."),
        next_step=Text("请核对路径；没有取快照。", "Check the path; no snapshot was taken."),
    )
