"""Reinstall cards in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from core.server.db.engine import Unit
from core.server.db.schema import reinstall_card
from core.server.db.upsert import upsert

_COLUMNS = (
    reinstall_card.c.number,
    reinstall_card.c.customer_id,
    reinstall_card.c.staff_number,
    reinstall_card.c.given_at,
    reinstall_card.c.good_until,
    reinstall_card.c.withdrawn,
    reinstall_card.c.redeemed_at,
    reinstall_card.c.redeemed_by,
)


@dataclass(frozen=True, slots=True)
class GivenCard:
    number: str
    customer_id: str
    staff_number: str
    given_at: datetime
    good_until: date
    withdrawn: bool
    redeemed_at: datetime | None
    redeemed_by: str


def add(unit: Unit, number: str, *, customer_id: str, outcome_id: str, by: str, at: datetime, until: date) -> None:
    """The card as its newest record has it; when it was given, and whether it came back, stay."""
    row = {
        "tenant_id": unit.tenant,
        "number": number,
        "customer_id": customer_id,
        "outcome_id": outcome_id,
        "staff_number": by,
        "given_at": at,
        "good_until": until,
        "withdrawn": False,
        "redeemed_at": None,
        "redeemed_by": "",
    }
    kept = ("customer_id", "staff_number", "given_at", "redeemed_at", "redeemed_by")
    upsert(unit, reinstall_card, [row], keys=("tenant_id", "number"), keep=kept)


def withdraw(unit: Unit, outcome_id: str) -> None:
    """Those of a record that was corrected; the correction adds again what it keeps."""
    unit.conn.execute(
        update(reinstall_card)
        .where(reinstall_card.c.tenant_id == unit.tenant, reinstall_card.c.outcome_id == outcome_id)
        .values(withdrawn=True)
    )


def get(unit: Unit, number: str, *, lock: bool = False) -> GivenCard | None:
    """The card; with `lock` it stays as it is until the transaction ends."""
    statement = select(*_COLUMNS).where(reinstall_card.c.tenant_id == unit.tenant, reinstall_card.c.number == number)
    row = unit.conn.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else _card(row)


def given_between(unit: Unit, start: datetime, end: datetime) -> Sequence[GivenCard]:
    """Given in [start, end) and not taken back, oldest first."""
    statement = (
        select(*_COLUMNS)
        .where(reinstall_card.c.tenant_id == unit.tenant, ~reinstall_card.c.withdrawn)
        .where(reinstall_card.c.given_at >= start, reinstall_card.c.given_at < end)
        .order_by(reinstall_card.c.given_at, reinstall_card.c.number)
    )
    return [_card(row) for row in unit.conn.execute(statement)]


def mark_redeemed(unit: Unit, number: str, *, by: str) -> None:
    unit.conn.execute(
        update(reinstall_card)
        .where(reinstall_card.c.tenant_id == unit.tenant, reinstall_card.c.number == number)
        .values(redeemed_at=unit.now, redeemed_by=by)
    )


def _card(row: Any) -> GivenCard:
    return GivenCard(*row)
