"""Customers whose data are gone: that they are, since when, and what their past calls still count as."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import select

from core.domain import decoding
from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import customer, customer_section, past_customer
from core.server.db.upsert import upsert

_DEALER = 80


class Why(StrEnum):
    PERIOD = "period"
    """kept for as long as their period says"""
    ASKED = "asked"
    """the customer asked for it (PIPL art. 47)"""


class _Contact(msgspec.Struct):
    acquiring_dealer: str = ""


def note(unit: Unit, customer_id: str, why: Why) -> None:
    """Keeps of a customer who is still there what past calls count as; called before the rows go."""
    head = unit.conn.execute(
        select(customer.c.tier, customer.c.value, customer.c.area, customer.c.manager).where(
            customer.c.tenant_id == unit.tenant, customer.c.id == customer_id
        )
    ).one()
    contact = unit.conn.execute(
        select(customer_section.c.body).where(
            customer_section.c.tenant_id == unit.tenant,
            customer_section.c.customer_id == customer_id,
            customer_section.c.section == "contact",
        )
    ).scalar_one_or_none()
    dealer = decoding.decode(contact, _Contact).acquiring_dealer if contact is not None else ""
    row: dict[str, Any] = {
        "tenant_id": unit.tenant, "customer_id": customer_id, "tier": head.tier, "value": head.value,
        "area": head.area, "manager": head.manager, "dealer": dealer[:_DEALER], "why": why.value, "at": unit.now,
    }  # fmt: skip
    upsert(unit, past_customer, [row], keys=("tenant_id", "customer_id"))


def asked(unit: Unit) -> dict[str, datetime]:
    """Who asked to be erased, and when that was done."""
    statement = select(past_customer.c.customer_id, past_customer.c.at).where(
        past_customer.c.tenant_id == unit.tenant, past_customer.c.why == Why.ASKED.value
    )
    return {row[0]: row[1] for row in unit.conn.execute(statement)}


def gone_of(unit: Unit, customer_ids: Iterable[str]) -> frozenset[str]:
    """Which of these customers were let go, and have not come with a list since."""
    ids, found = sorted(set(customer_ids)), set[str]()
    for some in chunks(ids):
        statement = (
            select(past_customer.c.customer_id)
            .outerjoin(
                customer,
                (customer.c.tenant_id == past_customer.c.tenant_id) & (customer.c.id == past_customer.c.customer_id),
            )
            .where(
                past_customer.c.tenant_id == unit.tenant,
                past_customer.c.customer_id.in_(some),
                customer.c.id.is_(None),
            )
        )
        found |= set(unit.conn.execute(statement).scalars())
    return frozenset(found)
