"""How a snapshot stands: who has left, what those who stay pay; sums by team and owner, told to leads and planners."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select

from core.domain import decoding
from core.domain.clock import day_start, local_day
from core.domain.customer import Value
from core.domain.package import PACKAGE, PACKAGE_STANDING, MonthRevenue, OwnerStanding, Package, PackageStanding
from core.server.db import published
from core.server.db.engine import Database, Unit
from core.server.db.schema import departure, package_snapshot
from core.server.packages.billed import billed, month_before, months_until
from core.server.packages.migrated import migrated
from core.server.packages.telling import Told, readers, tell_news
from core.server.review.departures import on_net_day

LATELY_DAYS = 90
_HIGH = frozenset({Value.HIGH.value, Value.MID.value})
_Member = Row[*tuple[Any, ...]]


def packages(unit: Unit) -> list[Package]:
    """The packages that are published, by id."""
    return [decoding.decode(body, Package) for body in published.bodies(unit, PACKAGE)]


def standings(unit: Unit, package: Package) -> list[PackageStanding]:
    """One for each team in the snapshot, by team; none before it was taken."""
    members: dict[str, list[_Member]] = defaultdict(list)
    for row in unit.conn.execute(_members(unit, package)):
        members[row.team_id].append(row)
    return [_standing(unit, package, team, rows) for team, rows in sorted(members.items())]


def _members(unit: Unit, package: Package) -> Any:
    snapshot = package_snapshot.c
    return (
        select(
            snapshot.customer_id, snapshot.taken_on, snapshot.team_id, snapshot.staff_number, snapshot.value,
            snapshot.base_fen, departure.c.left_on,
        )
        .select_from(package_snapshot)
        .outerjoin(
            departure,
            (departure.c.tenant_id == snapshot.tenant_id) & (departure.c.customer_id == snapshot.customer_id),
        )
        .where(snapshot.tenant_id == unit.tenant, snapshot.package == package.id)
        .order_by(snapshot.customer_id)
    )  # fmt: skip


def _standing(unit: Unit, package: Package, team: str, rows: Sequence[_Member]) -> PackageStanding:
    known = on_net_day(unit)
    as_of = min(known or rows[0].taken_on, package.ends)
    gone = {row.customer_id: row.left_on for row in rows if row.left_on is not None and row.left_on <= as_of}
    months = _complete_months(package, local_day(unit.now))
    paid = billed(unit, [row.customer_id for row in rows], months[-1], len(months)) if months else {}
    # A bill of a month after the customer left is the old operator's last word, not income that was kept.
    kept = {
        row.customer_id: {
            month: fen
            for month, fen in paid.get(row.customer_id, {}).items()
            if row.customer_id not in gone or month <= f"{gone[row.customer_id]:%Y-%m}"
        }
        for row in rows
    }
    since = as_of - timedelta(days=LATELY_DAYS)
    moved = migrated(
        unit, [row.customer_id for row in rows], day_start(package.begins), day_start(package.ends + timedelta(days=1))
    )
    return PackageStanding(
        package=package.id,
        team=team,
        taken_on=rows[0].taken_on,
        as_of=as_of,
        left_known=known is not None,
        customers=len(rows),
        left=len(gone),
        left_lately=sum(1 for day in gone.values() if day > since),
        lately_days=LATELY_DAYS,
        base_fen=sum(row.base_fen for row in rows),
        months=tuple(
            MonthRevenue(month=month, fen=sum(each.get(month, 0) for each in kept.values())) for month in months
        ),
        owners=_owners(rows, gone, kept, months[-1] if months else "", moved),
    )


def _complete_months(package: Package, today: date) -> list[str]:
    """Of the package's period, until the month before this one."""
    last = min(month_before(today), f"{package.ends:%Y-%m}")
    first = f"{package.begins:%Y-%m}"
    return [month for month in months_until(last, 120) if month >= first]


def _owners(
    rows: Sequence[_Member], gone: dict[str, date], kept: dict[str, dict[str, int]], newest: str, moved: Counter[str]
) -> tuple[OwnerStanding, ...]:
    of: dict[str, list[_Member]] = defaultdict(list)
    for row in rows:
        of[row.staff_number].append(row)
    return tuple(
        OwnerStanding(
            staff_number=owner,
            customers=len(own),
            on_net=sum(1 for row in own if row.customer_id not in gone),
            base_fen=sum(row.base_fen for row in own),
            fen=sum(kept[row.customer_id].get(newest, 0) for row in own),
            high_fen=sum(kept[row.customer_id].get(newest, 0) for row in own if row.value in _HIGH),
            migrations=sum(moved[row.customer_id] for row in own),
        )
        for owner, own in sorted(of.items())
    )


def tell(database: Database) -> int:
    """Give leads, their deputies and planners how every package stands; what has not changed is not sent again, who
    came since is told, who leads the team no more forgets it. How many were told anew."""
    return tell_news(database, _told)


def _told(unit: Unit) -> Iterator[Told]:
    for package in packages(unit):
        for one in standings(unit, package):
            yield Told(PACKAGE_STANDING, f"{one.package}/{one.team}", one, readers(unit, one.team))
