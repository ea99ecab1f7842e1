"""Trials that end and times at stores, in the database and on the desk of whoever looks after them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, select, update

from core.domain import decoding
from core.domain.clock import day_start
from core.domain.store import STORE_TIME, StoreTime
from core.domain.trial_told import TRIAL, TrialTold
from core.server.db import people, published
from core.server.db.engine import Unit
from core.server.db.schema import agreed_date
from core.server.db.upsert import upsert
from core.wire.pull import ContentDocument

Dated = TrialTold | StoreTime
_KINDS: dict[str, type[TrialTold] | type[StoreTime]] = {TRIAL: TrialTold, STORE_TIME: StoreTime}


def put(unit: Unit, value: Dated) -> None:
    """As it is now; its agent's desk is told, and one that had it before forgets it."""
    kind, body = _kind(value), msgspec.json.encode(value)
    row = {
        "tenant_id": unit.tenant,
        "kind": kind,
        "id": str(value.id),
        "outcome_id": str(value.outcome) if isinstance(value, TrialTold) else "",
        "customer_id": value.customer_id,
        "staff_number": value.agent,
        "team_id": team_of(unit, value),
        "at": ends_at(value),
        "told": True,
        "body": body,
    }
    upsert(unit, agreed_date, [row], keys=("tenant_id", "kind", "id"))
    document = ContentDocument(kind=kind, name=str(value.id), version=1, body=msgspec.Raw(body))
    published.put_for(unit, document, frozenset({value.agent}))


def forget(unit: Unit, value: Dated) -> None:
    """No desk is told of it any more; it stays on record."""
    kind = _kind(value)
    unit.conn.execute(
        update(agreed_date)
        .where(agreed_date.c.tenant_id == unit.tenant, agreed_date.c.kind == kind, agreed_date.c.id == str(value.id))
        .values(told=False)
    )
    published.drop(unit, kind, str(value.id), audience=value.agent)


def ends_at(value: Dated) -> datetime:
    """The last moment: of a trial the end of its last day."""
    if isinstance(value, TrialTold):
        return day_start(value.until) + timedelta(days=1)
    return value.slot.begins_at + timedelta(minutes=value.slot.minutes)


def store_time(unit: Unit, booking: str) -> StoreTime | None:
    """A booking that stands."""
    statement = select(agreed_date.c.body).where(
        agreed_date.c.tenant_id == unit.tenant, agreed_date.c.kind == STORE_TIME, agreed_date.c.id == booking,
        agreed_date.c.told,
    )  # fmt: skip
    body = unit.conn.execute(statement).scalar_one_or_none()
    return None if body is None else decoding.decode(body, StoreTime)


def team_of(unit: Unit, value: Dated) -> str:
    """The team of whoever looks after it."""
    account = people.get(unit, value.agent)
    return account.agent.team if account else ""


def trials_of(unit: Unit, outcome: str) -> list[TrialTold]:
    """What a call brought for a time; `outcome` is its first record."""
    statement = select(agreed_date.c.kind, agreed_date.c.body).where(
        agreed_date.c.tenant_id == unit.tenant, agreed_date.c.kind == TRIAL, agreed_date.c.outcome_id == outcome,
        agreed_date.c.told,
    )  # fmt: skip
    return [one for one in _read(unit.conn.execute(statement)) if isinstance(one, TrialTold)]


def of_agent(unit: Unit, staff_number: str) -> list[Dated]:
    """By customer: locks are taken in that order."""
    statement = select(agreed_date.c.kind, agreed_date.c.body).where(
        agreed_date.c.tenant_id == unit.tenant, agreed_date.c.staff_number == staff_number, agreed_date.c.told
    )
    return list(_read(unit.conn.execute(statement.order_by(agreed_date.c.customer_id, agreed_date.c.id))))


def past(unit: Unit, before: datetime, limit: int) -> list[Dated]:
    """Those that desks are still told of though they were over by then."""
    statement = select(agreed_date.c.kind, agreed_date.c.body).where(
        agreed_date.c.tenant_id == unit.tenant, agreed_date.c.told, agreed_date.c.at < before
    )
    return list(_read(unit.conn.execute(statement.order_by(agreed_date.c.at).limit(limit))))


def _read(rows: Iterable[Row[Any]]) -> Iterator[Dated]:
    for row in rows:
        yield decoding.decode(row.body, _KINDS[row.kind])


def _kind(value: Dated) -> str:
    return TRIAL if isinstance(value, TrialTold) else STORE_TIME
