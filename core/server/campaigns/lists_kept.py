"""Lists that campaigns choose from, as they are kept; a list that the import made tasks of counts as one too."""

from typing import NamedTuple

from sqlalchemy import Select, func, select

from core.server.db.engine import Unit
from core.server.db.schema import campaign_list, campaign_list_entry, task
from core.wire.campaigns import ListTold


class Entry(NamedTuple):
    customer_id: str
    place: int
    """from 1"""
    score: float | None = None
    reason: str = ""


def entries(unit: Unit, list_id: str) -> list[Entry]:
    """In the list's order; of one that the import brought, in the order of the tasks' customers."""
    table = campaign_list_entry
    statement = select(table.c.customer_id, table.c.place, table.c.score, table.c.reason).where(
        table.c.tenant_id == unit.tenant, table.c.list_id == list_id
    )
    found = [Entry(*row) for row in unit.conn.execute(statement.order_by(table.c.place, table.c.customer_id))]
    if found or name_of(unit, list_id) is not None:
        return found
    brought = select(task.c.customer_id).where(task.c.tenant_id == unit.tenant, task.c.list_id == list_id).distinct()
    ids = unit.conn.execute(brought.order_by(task.c.customer_id)).scalars()
    return [Entry(one, at) for at, one in enumerate(ids, 1)]


def customers_of(unit: Unit, list_id: str) -> Select[str]:
    """The ids of those whom `entries` would give."""
    # Another name for the tasks: who asks of the customers of tasks reads them as well.
    table = task.alias("brought") if name_of(unit, list_id) is None else campaign_list_entry
    return select(table.c.customer_id).where(table.c.tenant_id == unit.tenant, table.c.list_id == list_id)


def name_of(unit: Unit, list_id: str) -> str | None:
    """None where no list of that id was brought in for campaigns."""
    table = campaign_list
    statement = select(table.c.name).where(table.c.tenant_id == unit.tenant, table.c.id == list_id)
    return unit.conn.execute(statement).scalar_one_or_none()


def told(unit: Unit) -> tuple[ListTold, ...]:
    """The newest first."""
    table, entry = campaign_list, campaign_list_entry
    counts = (
        select(entry.c.list_id, func.count().label("customers"))
        .where(entry.c.tenant_id == unit.tenant)
        .group_by(entry.c.list_id)
        .subquery()
    )
    statement = (
        select(table, func.coalesce(counts.c.customers, 0).label("customers"))
        .outerjoin(counts, counts.c.list_id == table.c.id)
        .where(table.c.tenant_id == unit.tenant)
        .order_by(table.c.made_at.desc(), table.c.id)
    )
    return tuple(
        ListTold(list_id=row.id, name=row.name, owner=row.owner, made_at=row.made_at, customers=row.customers)
        for row in unit.conn.execute(statement)
    )
