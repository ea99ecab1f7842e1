"""Saves that the customer denied, and what scores establish, told to leads for the double deduction (BB-12)."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from sqlalchemy import select

from core.domain.clock import local_day
from core.domain.incentive import POINT_FAULTS, FaultFound, PointKind, TeamFaults
from core.domain.quality.save_check import CheckState
from core.server.db import published
from core.server.db.engine import Database, Unit
from core.server.db.reviewed import day_of
from core.server.db.schema import review_call, save_check
from core.server.packages.scored_faults import scored_faults
from core.server.packages.telling import Told, readers, tell_news
from core.server.review.codes import coder, prepare_codes


def tell_faults(database: Database) -> int:
    """Tell each team's leads of its faults, and of those that were taken back; who leads the team no more forgets them.
    What has not changed is not sent again. How many teams changed."""
    prepare_codes(database)
    return tell_news(database, _told)


def _told(unit: Unit) -> Iterator[Told]:
    for one in _standing(unit):
        yield Told(POINT_FAULTS, one.team, one, readers(unit, one.team))


def _standing(unit: Unit) -> list[TeamFaults]:
    """What is found, and nothing for teams that were told of a fault which stands no more."""
    found = _found(unit)
    freed = set(published.names(unit, POINT_FAULTS)) - {one.team for one in found}
    return [*found, *(TeamFaults(team=team, faults=()) for team in sorted(freed))]


def faults_now(unit: Unit) -> list[FaultFound]:
    """What stands now, of all teams."""
    return [fault for one in _found(unit) for fault in one.faults]


def _found(unit: Unit) -> list[TeamFaults]:
    """A save that its customer denies and a lead marks as faked is one fault."""
    teams: dict[str, list[FaultFound]] = defaultdict(list)
    code = coder(unit)
    for team, fault in (*_denied(unit, code), *scored_faults(unit, code)):
        if fault not in teams[team]:
            teams[team].append(fault)
    return [TeamFaults(team=team, faults=tuple(faults)) for team, faults in sorted(teams.items())]


def _denied(unit: Unit, code: Callable[[str], int]) -> Iterator[tuple[str, FaultFound]]:
    """On the day on which the review counts the call: that on which its record was saved may be the next."""
    check = save_check.c
    statement = (
        select(check.team_id, check.staff_number, check.saved_at, check.customer_id, check.scenario, review_call.c.day)
        .select_from(save_check)
        .outerjoin(
            review_call,
            (review_call.c.tenant_id == check.tenant_id) & (review_call.c.outcome_id == check.save_id),
        )
        .where(check.tenant_id == unit.tenant, check.state == CheckState.DENIED.value)
        .order_by(check.saved_at, check.save_id)
    )
    for row in unit.conn.execute(statement):
        yield (
            row.team_id,
            FaultFound(
                kind=PointKind.FAKED,
                agent=row.staff_number,
                day=local_day(row.saved_at) if row.day is None else day_of(row.day),
                customer=code(row.customer_id),
                scenario=row.scenario,
            ),
        )
