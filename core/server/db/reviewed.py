"""Where each call counts in a review, and what has changed since packs were made. Written with every record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select

from core.domain.clock import local_day
from core.domain.outcome import Outcome
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import review_call, review_touch
from core.server.db.upsert import upsert

AHEAD = timedelta(minutes=10)
"""a desk's clock may run so far ahead of the server's"""
LATE = timedelta(days=8)
"""a record may come in so long after its call: longer than a desk may work offline"""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome as it came in."""

    outcome: Outcome
    team_id: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Touch:
    """Something changed that counts on a day: of a team, or of whatever team somebody is in."""

    id: str
    team_id: str
    staff_number: str
    day: int


def number_of(day: date) -> int:
    """Days since 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def when(outcome: Outcome, received_at: datetime) -> tuple[datetime, bool]:
    """The moment at which a call counts: as the desk states it, else, where that cannot be, when its record came in."""
    stated = outcome.call.dialled_at or outcome.recorded_at
    wrong = stated > received_at + AHEAD or stated < received_at - LATE
    return (received_at if wrong else stated), wrong


def place(unit: Unit, records: Sequence[Recorded]) -> None:
    """Note where these outcomes count; a correction counts where the call did that it corrects. Known ones stay."""
    if not records:
        return
    roots = _roots(unit, [one.outcome for one in records])
    rows: dict[str, dict[str, Any]] = {}
    for one in records:
        corrects = str(one.outcome.corrects or "")
        row = _row(unit, one, rows.get(corrects) or roots.get(corrects))
        rows[row["outcome_id"]] = row
    upsert(
        unit, review_call, list(rows.values()), keys=("tenant_id", "outcome_id"), keep=tuple(next(iter(rows.values())))
    )
    _touch(unit, [Touch(row["outcome_id"], row["team_id"], "", row["day"]) for row in rows.values()])


def _row(unit: Unit, one: Recorded, root: Mapping[str, Any] | None) -> dict[str, Any]:
    outcome = one.outcome
    own = {"tenant_id": unit.tenant, "outcome_id": str(outcome.id)}
    if root is not None:
        return {**root, **own}
    at, wrong = when(outcome, one.received_at)
    return {
        **own,
        "root_id": str(outcome.id),
        "customer_id": outcome.customer_id,
        "staff_number": outcome.agent,
        "team_id": one.team_id,
        "at": at,
        "day": number_of(local_day(at)),
        "dialled": outcome.call.dialled_at is not None,
        "clock_wrong": wrong,
    }


def _roots(unit: Unit, outcomes: Iterable[Outcome]) -> dict[str, Mapping[str, Any]]:
    """By id of a corrected record where it counts."""
    ids = [str(one.corrects) for one in outcomes if one.corrects is not None]
    found: dict[str, Mapping[str, Any]] = {}
    for some in chunks(ids):
        statement = select(review_call).where(
            review_call.c.tenant_id == unit.tenant, review_call.c.outcome_id.in_(some)
        )
        found |= {row["outcome_id"]: dict(row) for row in unit.conn.execute(statement).mappings()}
    return found


def touch_outcomes(unit: Unit, outcome_ids: Sequence[str]) -> None:
    """Something of these calls changed, an order's state say."""
    for some in chunks(outcome_ids):
        statement = select(review_call.c.team_id, review_call.c.day).where(
            review_call.c.tenant_id == unit.tenant, review_call.c.outcome_id.in_(some)
        )
        found = {(row.team_id, row.day) for row in unit.conn.execute(statement)}
        _touch(unit, [Touch(str(uuid4()), team, "", day) for team, day in sorted(found)])


def touch_promises(unit: Unit, promises: Iterable[tuple[str, datetime]]) -> None:
    """Callbacks changed: id of the outcome that promised, and when they are due."""
    days = {(outcome_id, number_of(local_day(due_at))) for outcome_id, due_at in promises}
    if not days:
        return
    statement = select(review_call.c.outcome_id, review_call.c.team_id).where(
        review_call.c.tenant_id == unit.tenant, review_call.c.outcome_id.in_({outcome_id for outcome_id, _ in days})
    )
    teams = {row.outcome_id: row.team_id for row in unit.conn.execute(statement)}
    found = {(teams[outcome_id], day) for outcome_id, day in days if outcome_id in teams}
    _touch(unit, [Touch(str(uuid4()), team, "", day) for team, day in sorted(found)])


def touch_desks(unit: Unit, staff_numbers: Iterable[str]) -> None:
    """Tasks came to these desks today."""
    touch_days(unit, {(staff, unit.now) for staff in staff_numbers})


def touch_days(unit: Unit, came: Iterable[tuple[str, datetime]]) -> None:
    """Tasks came to these desks then."""
    days = {(staff, number_of(local_day(at))) for staff, at in came}
    _touch(unit, [Touch(str(uuid4()), "", staff, day) for staff, day in sorted(days)])


def touch_team_days(unit: Unit, days: Iterable[tuple[str, int]]) -> None:
    """Something of these teams changed that counts on these days (since 1970); nobody's team has no review."""
    _touch(unit, [Touch(str(uuid4()), team, "", day) for team, day in sorted(set(days)) if team])


def touch_moments(unit: Unit, moments: Iterable[tuple[str, datetime | None]]) -> None:
    """The same, of moments; of none nothing."""
    touch_team_days(unit, {(team, number_of(local_day(at))) for team, at in moments if at is not None})


def _touch(unit: Unit, touches: Sequence[Touch]) -> None:
    rows = [
        {"tenant_id": unit.tenant, "id": one.id, "team_id": one.team_id, "staff_number": one.staff_number,
         "day": one.day}
        for one in touches
    ]  # fmt: skip
    upsert(unit, review_touch, rows, keys=("tenant_id", "id"), keep=("team_id", "staff_number", "day"))


def touches(unit: Unit) -> list[Touch]:
    """All that wait."""
    statement = select(review_touch).where(review_touch.c.tenant_id == unit.tenant)
    return [Touch(row.id, row.team_id, row.staff_number, row.day) for row in unit.conn.execute(statement)]


def settle(unit: Unit, ids: Sequence[str]) -> None:
    """These changes are in their packs."""
    for some in chunks(ids):
        unit.conn.execute(
            delete(review_touch).where(review_touch.c.tenant_id == unit.tenant, review_touch.c.id.in_(some))
        )
