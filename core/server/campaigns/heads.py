"""What of a customer's own row decides in a campaign, many at once."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from core.server.db.chunks import chunks
from core.server.db.engine import Unit
from core.server.db.schema import contact_number, customer


class Head(NamedTuple):
    value: str
    tier: str
    area: str
    grid: str
    branch: str
    manager: str


def heads_of(unit: Unit, ids: Sequence[str]) -> dict[str, Head]:
    """By customer id; who is there no more is left out."""
    found: dict[str, Head] = {}
    columns = (
        customer.c.id, customer.c.value, customer.c.tier, customer.c.area, customer.c.grid, customer.c.branch,
        customer.c.manager,
    )  # fmt: skip
    for chunk in chunks(ids):
        statement = select(*columns).where(customer.c.tenant_id == unit.tenant, customer.c.id.in_(chunk))
        for row in unit.conn.execute(statement):
            found[row[0]] = Head(*row[1:])
    return found


def numbers_of(unit: Unit, ids: Sequence[str]) -> dict[str, list[str]]:
    """By customer id the numbers that are not known to be wrong, the main one first; of nobody an empty list."""
    found: dict[str, list[str]] = {one: [] for one in ids}
    table = contact_number
    for chunk in chunks(ids):
        statement = (
            select(table.c.customer_id, table.c.number)
            .where(table.c.tenant_id == unit.tenant, table.c.customer_id.in_(chunk), table.c.bad.is_(False))
            .order_by(table.c.main.desc(), table.c.number)
        )
        for customer_id, number in unit.conn.execute(statement):
            found[customer_id].append(number)
    return found
