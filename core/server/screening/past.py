"""How rules would have done on the snapshots that are kept here, as far as it is known who left since."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from core.content.resources import folder
from core.screening.churn_causes import load_churn_causes
from core.screening.frame import opened_frame
from core.screening.past.harm import Harm, asked_by, harms
from core.screening.past.performance import Month, performance
from core.screening.snapshots.age import old_enough, too_young
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.scored import Scores
from core.server.db.engine import Database
from core.server.db.schema import dial
from core.server.screening.ends import ends_of
from core.server.screening.running import Desk

MOST_SNAPSHOTS = 12


def past_of(
    database: Database, data: Path, rules: Sequence[str], *, within_days: int, root: Path | None = None,
    most: int = MOST_SNAPSHOTS,
) -> list[Month]:  # fmt: skip
    """Those rules, all where none is named, on the newest `most` snapshots whose days after have passed; the oldest
    first.

    Raises InputError where nobody has said who left, no snapshot is old enough, or one lacks a factor of theirs."""
    left_on, found = _known(database, data, within_days)
    return [_month(database, data, one, rules, left_on, within_days, root) for one in found[-most:]]


def _known(database: Database, data: Path, within_days: int) -> tuple[dict[str, date], list[Snapshot]]:
    """Who left, and the snapshots whose days after have passed, the oldest first; at least one."""
    left_on, known_until = ends_of(database)
    found = [one for one in Shelf(data, database.tenant).all() if old_enough(one, known_until, within_days)]
    if not found:
        raise too_young(known_until, within_days)
    return left_on, found


def _month(
    database: Database, data: Path, snapshot: Snapshot, names: Sequence[str], left_on: Mapping[str, date],
    within_days: int, root: Path | None,
) -> Month:  # fmt: skip
    desk = Desk(database, data, snapshot_id=snapshot.id, root=root)
    rules = desk.named(names)
    # By a later model's scores a rule would be proved on the days that the model learnt from.
    model = Scores(data, database.tenant).at_the_time(snapshot.id, snapshot.taken_at)
    frame, called = desk.frame(rules, model=model), called_after(database, snapshot, within_days)
    return performance(frame, rules, snapshot, left_on=left_on, called=called, within_days=within_days)


def harm_of(
    database: Database, data: Path, *, within_days: int, root: Path | None = None
) -> tuple[Snapshot, list[Harm]]:
    """What each churn cause costs, on the newest snapshot whose days after have passed. Raises InputError as
    `past_of`."""
    left_on, found = _known(database, data, within_days)
    snapshot = found[-1]
    desk = Desk(database, data, snapshot_id=snapshot.id, root=root)
    causes = load_churn_causes(root or folder(), desk.library)
    frame = opened_frame(desk.shelf, snapshot, desk.library, asked_by(causes))
    called = called_after(database, snapshot, within_days)
    return snapshot, harms(frame, causes, snapshot, left_on=left_on, called=called, within_days=within_days)


def called_after(database: Database, snapshot: Snapshot, within_days: int) -> frozenset[str]:
    """Customers who were dialled within that many days of it, by id."""
    until = snapshot.taken_at + timedelta(days=within_days)
    with database.read() as unit:
        statement = select(dial.c.customer_id).where(
            dial.c.tenant_id == unit.tenant, dial.c.at > snapshot.taken_at, dial.c.at <= until
        )
        return frozenset(unit.conn.execute(statement.distinct()).scalars())
