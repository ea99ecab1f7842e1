"""Taking the snapshot (拍照): who was a customer as the package began, whose they were, what they paid."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Row, func, select

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.package import Package, PackageUnit
from core.domain.text import Text
from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.reviewed import number_of, touch_team_days
from core.server.db.schema import customer, customer_section, departure, package_snapshot, review_call
from core.server.packages.billed import billed, month_before

BASE_MONTHS = 3
"""complete months before the package begins whose mean is what a customer paid"""
_BATCH = 500


class SnapshotEmpty(InputError):
    """Nobody would be in it: customers are not imported yet, or the package names districts that are not here."""

    def __init__(self, package: Package) -> None:
        super().__init__(
            title=Text("拍照没有做：里面一个客户也没有", "No snapshot was taken: nobody would be in it"),
            message=Text(
                f"{package.title.zh} 的班组、片区和客户价值在库里对不上任何客户，拍照一旦做了就不能重来。",
                f"No customer here fits the teams, districts and values of {package.title.en}, and a snapshot is taken"
                " once for good.",
            ),
            next_step=Text(
                "先导入客户，再核对责任包文件里的 units 和 values。",
                "Import the customers first, then look at `units` and `values` in the package's file.",
            ),
        )


class _Since(msgspec.Struct):
    on_net_since: date | None = None


_since = decoding.decoder(_Since).decode


def taken(unit: Unit, package: str) -> int:
    """How many customers the snapshot holds; 0 where none was taken."""
    statement = select(func.count()).where(
        package_snapshot.c.tenant_id == unit.tenant, package_snapshot.c.package == package
    )
    return unit.conn.execute(statement).scalar_one()


def take(database: Database, package: Package, *, by: str) -> int:
    """Take it once and for good; returns how many customers are in it.

    Raises InputError where it was taken before: what a team answers for does not change under way; and SnapshotEmpty
    where it would hold nobody, which could not be taken again either."""
    with database.write() as unit:
        if before := taken(unit, package.id):
            raise _taken_before(package, before)
        count, day = 0, local_day(unit.now)
        for rows in _batches(unit, package, day):
            unit.conn.execute(package_snapshot.insert(), rows)
            count += len(rows)
        if not count:
            raise SnapshotEmpty(package)
        _in_packs(unit, package)
        audit.write(unit, writer=by, action=Action.PACKAGE_SNAPSHOT, object_=package.id, rows=count)
    return count


def _in_packs(unit: Unit, package: Package) -> None:
    """The review's packs of calls with these customers are made anew: they say whose customer each call was with."""
    calls, held = review_call.c, package_snapshot.c
    statement = (
        select(calls.team_id, calls.day)
        .join(package_snapshot, (held.tenant_id == calls.tenant_id) & (held.customer_id == calls.customer_id))
        .where(calls.tenant_id == unit.tenant, held.package == package.id, calls.day >= number_of(package.begins))
        .distinct()
    )
    touch_team_days(unit, {(row.team_id, row.day) for row in unit.conn.execute(statement)})


def _batches(unit: Unit, package: Package, day: date) -> Iterator[list[dict[str, Any]]]:
    after = ""
    while found := _customers(unit, package, after):
        after = found[-1].id
        rows = [row for one in found if (row := _row(unit, package, one, day)) is not None]
        base = billed(unit, [row["customer_id"] for row in rows], month_before(package.begins), BASE_MONTHS)
        for row in rows:
            months = base.get(row["customer_id"], {})
            row["base_fen"] = sum(months.values()) // len(months) if months else 0
        if rows:
            yield rows


def _customers(unit: Unit, package: Package, after: str) -> Sequence[Row[*tuple[Any, ...]]]:
    statement = (
        select(
            customer.c.id, customer.c.area, customer.c.manager, customer.c.value, customer_section.c.body,
            departure.c.left_on,
        )
        .select_from(customer)
        .outerjoin(
            customer_section,
            (customer_section.c.tenant_id == customer.c.tenant_id)
            & (customer_section.c.customer_id == customer.c.id)
            & (customer_section.c.section == "identity"),
        )
        .outerjoin(
            departure, (departure.c.tenant_id == customer.c.tenant_id) & (departure.c.customer_id == customer.c.id)
        )
        .where(customer.c.tenant_id == unit.tenant, customer.c.id > after)
        .order_by(customer.c.id)
        .limit(_BATCH)
    )  # fmt: skip
    if package.values:
        statement = statement.where(customer.c.value.in_([value.value for value in package.values]))
    return unit.conn.execute(statement).all()


def _row(unit: Unit, package: Package, one: Row[*tuple[Any, ...]], day: date) -> dict[str, Any] | None:
    """None for who was no customer yet, or no more, as the package began, or is nobody's."""
    since = _since(one.body).on_net_since if one.body else None
    gone = one.left_on is not None and one.left_on < package.begins
    of = unit_of(package, area=one.area, manager=one.manager)
    if gone or of is None or (since is not None and since > package.begins):
        return None
    return {
        "tenant_id": unit.tenant,
        "package": package.id,
        "customer_id": one.id,
        "taken_on": day,
        "team_id": of.team,
        "staff_number": one.manager,
        "value": one.value,
        "base_fen": 0,
    }


def unit_of(package: Package, *, area: str, manager: str) -> PackageUnit | None:
    """Whose customer it is: a manager's own first, then the district's, then who takes all."""
    for one in package.units:
        if manager and manager in one.managers:
            return one
    for one in package.units:
        if area in one.areas or not (one.areas or one.managers):
            return one
    return None


def _taken_before(package: Package, count: int) -> InputError:
    return InputError(
        title=Text("拍照已经做过", "The snapshot was taken before"),
        message=Text(
            f"{package.title.zh} 的拍照里有 {count} 个客户，不会再变。",
            f"The snapshot of {package.title.en} holds {count} customers and does not change any more.",
        ),
        next_step=Text(
            "要看进度请用 package standing；新的一年请用新的责任包文件。",
            "See how it stands with package standing; a new year has a package of its own.",
        ),
    )
