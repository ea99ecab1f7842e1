"""Repair cases and promises in the database: their events as they came, and beside them how they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, select

from core.domain import decoding
from core.domain.case import Case, CaseEvent, CaseState
from core.domain.promise import Promise, PromiseEvent, PromiseState
from core.domain.task import TIER_RANK
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.reviewed import touch_moments
from core.server.db.schema import case_event, case_hold, promise, promise_event, repair_case
from core.server.db.upsert import upsert

_case_event = decoding.decoder(CaseEvent).decode
_promise_event = decoding.decoder(PromiseEvent).decode
_encode = msgspec.json.Encoder().encode
_KEYS = ("tenant_id", "id")
_CASE_DAYS = ("first_contact_due", "closed_at")
_CASE_FIGURES = ("owner", "team_id", "state", "contacted", "missed")
_PROMISE_FIGURES = ("owner", "team_id", "state", "settled_at")
"""columns that a review's figures rest on"""


@dataclass(frozen=True, slots=True)
class CaseHead:
    id: UUID
    customer_id: str
    owner: str
    team: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PromiseHead:
    id: UUID
    customer_id: str
    case: UUID | None
    owner: str
    team: str


def case_head(unit: Unit, case_id: UUID) -> CaseHead | None:
    found = unit.conn.execute(
        select(repair_case).where(repair_case.c.tenant_id == unit.tenant, repair_case.c.id == str(case_id))
    ).one_or_none()
    if found is None:
        return None
    is_open = found.state == CaseState.OPEN.value
    return CaseHead(UUID(found.id), found.customer_id, found.owner, found.team_id, is_open)


def promise_head(unit: Unit, promise_id: UUID) -> PromiseHead | None:
    found = unit.conn.execute(
        select(promise).where(promise.c.tenant_id == unit.tenant, promise.c.id == str(promise_id))
    ).one_or_none()
    if found is None:
        return None
    case = UUID(found.case_id) if found.case_id else None
    return PromiseHead(UUID(found.id), found.customer_id, case, found.owner, found.team_id)


def case_events(unit: Unit, case_id: UUID) -> list[CaseEvent]:
    statement = select(case_event.c.body).where(
        case_event.c.tenant_id == unit.tenant, case_event.c.case_id == str(case_id)
    )
    return [_case_event(body) for body in unit.conn.execute(statement).scalars()]


def promise_events(unit: Unit, promise_id: UUID) -> list[PromiseEvent]:
    statement = select(promise_event.c.body).where(
        promise_event.c.tenant_id == unit.tenant, promise_event.c.promise_id == str(promise_id)
    )
    return [_promise_event(body) for body in unit.conn.execute(statement).scalars()]


def add_case_events(unit: Unit, events: Sequence[CaseEvent]) -> None:
    """One that is there already stays as it is."""
    rows = [{**_row(unit, one), "case_id": str(one.case)} for one in events]
    upsert(unit, case_event, rows, keys=_KEYS, keep=tuple(rows[0]) if rows else ())


def add_promise_events(unit: Unit, events: Sequence[PromiseEvent]) -> None:
    rows = [{**_row(unit, one), "promise_id": str(one.promise)} for one in events]
    upsert(unit, promise_event, rows, keys=_KEYS, keep=tuple(rows[0]) if rows else ())


def _row(unit: Unit, event: CaseEvent | PromiseEvent) -> dict[str, object]:
    return {
        "tenant_id": unit.tenant,
        "id": str(event.id),
        "staff_number": event.by,
        "at": event.at,
        "received_at": unit.now,
        "body": _encode(event),
    }


def put_case(unit: Unit, case: Case, *, team: str) -> None:
    values = {
        "tenant_id": unit.tenant,
        "id": str(case.id),
        "customer_id": case.began.customer_id,
        "owner": case.owner.staff_number,
        "team_id": team,
        "state": case.state.value,
        "tier_rank": TIER_RANK[case.began.tier],
        "first_contact_due": case.began.first_contact_due,
        "contacted": case.contacted_at is not None,
        "missed": case.contact_missed,
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "changed_at": unit.now,
    }
    before = unit.conn.execute(
        select(repair_case).where(repair_case.c.tenant_id == unit.tenant, repair_case.c.id == values["id"])
    ).one_or_none()
    upsert(unit, repair_case, [values], keys=_KEYS)
    _reviewed(unit, before, values, _CASE_DAYS, _CASE_FIGURES)


def put_promise(unit: Unit, value: Promise, *, team: str) -> None:
    values = {
        "tenant_id": unit.tenant,
        "id": str(value.id),
        "customer_id": value.made.customer_id,
        "case_id": str(value.made.case) if value.made.case else "",
        "owner": value.owner.staff_number,
        "team_id": team,
        "state": value.state.value,
        "owed": value.is_owed,
        "due_at": value.due_at,
        "made_at": value.made_at,
        "settled_at": value.settled_at,
    }
    before = unit.conn.execute(
        select(promise).where(promise.c.tenant_id == unit.tenant, promise.c.id == values["id"])
    ).one_or_none()
    upsert(unit, promise, [values], keys=_KEYS)
    _reviewed(unit, before, values, ("due_at",), _PROMISE_FIGURES)


def _reviewed(
    unit: Unit, before: Row[Any] | None, now: Mapping[str, Any], days: Sequence[str], figures: Sequence[str]
) -> None:
    """A review counts it on these days, of its team: where it has changed, there and where it counted before."""
    if before is not None and all(getattr(before, name) == now[name] for name in (*days, *figures)):
        return
    touch_moments(unit, [(now["team_id"], now[name]) for name in days])
    if before is not None:
        touch_moments(unit, [(before.team_id, getattr(before, name)) for name in days])


def open_cases(unit: Unit, *, customer_id: str = "", owner: str = "") -> list[UUID]:
    """Of a customer or of an owner, by customer: locks are taken in that order."""
    statement = select(repair_case.c.id).where(
        repair_case.c.tenant_id == unit.tenant, repair_case.c.state == CaseState.OPEN.value
    )
    if customer_id:
        statement = statement.where(repair_case.c.customer_id == customer_id)
    if owner:
        statement = statement.where(repair_case.c.owner == owner)
    ordered = statement.order_by(repair_case.c.customer_id, repair_case.c.id)
    return [UUID(one) for one in unit.conn.execute(ordered).scalars()]


def owed_promises(unit: Unit, *, customer_id: str = "", owner: str = "", case: UUID | None = None) -> list[UUID]:
    statement = select(promise.c.id).where(promise.c.tenant_id == unit.tenant, promise.c.owed)
    if customer_id:
        statement = statement.where(promise.c.customer_id == customer_id)
    if owner:
        statement = statement.where(promise.c.owner == owner)
    if case is not None:
        statement = statement.where(promise.c.case_id == str(case))
    ordered = statement.order_by(promise.c.customer_id, promise.c.id)
    return [UUID(one) for one in unit.conn.execute(ordered).scalars()]


def promises_of(unit: Unit, case: UUID) -> list[UUID]:
    """All of a case, settled ones too."""
    statement = select(promise.c.id).where(promise.c.tenant_id == unit.tenant, promise.c.case_id == str(case))
    return [UUID(one) for one in unit.conn.execute(statement.order_by(promise.c.id)).scalars()]


def owners(unit: Unit, customer_ids: Sequence[str]) -> dict[str, str]:
    """VIP-06: of these customers, who follows an open case through."""
    found: dict[str, str] = {}
    for some in chunks(customer_ids):
        statement = select(repair_case.c.customer_id, repair_case.c.owner).where(
            repair_case.c.tenant_id == unit.tenant,
            repair_case.c.state == CaseState.OPEN.value,
            repair_case.c.customer_id.in_(some),
        )
        found |= {row[0]: row[1] for row in unit.conn.execute(statement.order_by(repair_case.c.opened_at))}
    return found


def without_contact_past(unit: Unit) -> list[tuple[UUID, str]]:
    """Cases whose first contact is overdue and not marked so yet, with their customers."""
    statement = select(repair_case.c.id, repair_case.c.customer_id).where(
        repair_case.c.tenant_id == unit.tenant,
        repair_case.c.state == CaseState.OPEN.value,
        ~repair_case.c.contacted,
        ~repair_case.c.missed,
        repair_case.c.first_contact_due < unit.now,
    )
    return [(UUID(row[0]), row[1]) for row in unit.conn.execute(statement.order_by(repair_case.c.customer_id))]


def promises_past(unit: Unit) -> list[tuple[UUID, str]]:
    """Open promises whose time has passed, with their customers."""
    statement = select(promise.c.id, promise.c.customer_id).where(
        promise.c.tenant_id == unit.tenant,
        promise.c.state == PromiseState.OPEN.value,
        promise.c.due_at < unit.now,
    )
    return [(UUID(row[0]), row[1]) for row in unit.conn.execute(statement.order_by(promise.c.customer_id))]


def held_by(unit: Unit, subject: UUID) -> frozenset[str]:
    """Whose desks hold the customer for this case or promise."""
    statement = select(case_hold.c.staff_number).where(
        case_hold.c.tenant_id == unit.tenant, case_hold.c.subject_id == str(subject)
    )
    return frozenset(unit.conn.execute(statement).scalars())


def hold(unit: Unit, subject: UUID, customer_id: str, staff: Iterable[str]) -> None:
    rows = [
        {"tenant_id": unit.tenant, "subject_id": str(subject), "staff_number": one, "customer_id": customer_id}
        for one in sorted(staff)
    ]
    upsert(unit, case_hold, rows, keys=("tenant_id", "subject_id", "staff_number"))


def let_go(unit: Unit, subject: UUID, staff: Iterable[str]) -> None:
    gone = sorted(staff)
    if gone:
        unit.conn.execute(
            delete(case_hold).where(
                case_hold.c.tenant_id == unit.tenant,
                case_hold.c.subject_id == str(subject),
                case_hold.c.staff_number.in_(gone),
            )
        )
