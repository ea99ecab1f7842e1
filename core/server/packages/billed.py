"""What customers were billed, month by month, read from their documents."""

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import customer_section


class _Bill(msgspec.Struct):
    month: str
    total_fen: int = 0


class _Billing(msgspec.Struct):
    bills: list[_Bill] = []


_decode = decoding.decoder(_Billing).decode


def billed(unit: Unit, customer_ids: Sequence[str], last: str, months: int) -> dict[str, dict[str, int]]:
    """By customer and month, in fen: of the `months` up to `last` (2026-10) those that have a bill."""
    wanted = set(months_until(last, months))
    found: dict[str, dict[str, int]] = {}
    for some in chunks(customer_ids):
        statement = select(customer_section.c.customer_id, customer_section.c.body).where(
            customer_section.c.tenant_id == unit.tenant,
            customer_section.c.customer_id.in_(some),
            customer_section.c.section == "billing",
        )
        for customer_id, body in unit.conn.execute(statement):
            found[customer_id] = {bill.month: bill.total_fen for bill in _decode(body).bills if bill.month in wanted}
    return found


def months_until(last: str, count: int) -> list[str]:
    """`count` months, the oldest first."""
    at = int(last[:4]) * 12 + int(last[5:7]) - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(at - count + 1, at + 1)]


def month_before(day: date) -> str:
    """The complete month before the day's own."""
    return months_until(f"{day:%Y-%m}", 2)[0]
