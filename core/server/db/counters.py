"""Numbers that grow by one, each by its name."""

from sqlalchemy import update

from core.server.db.engine import Unit
from core.server.db.schema import counter
from core.server.db.upsert import upsert


def next_number(unit: Unit, name: str) -> int:
    """The next number of that name, from 1. Who takes one makes others wait until the transaction ends."""
    first = {"tenant_id": unit.tenant, "name": name, "value": 0}
    upsert(unit, counter, [first], keys=("tenant_id", "name"), keep=("value",))
    return int(
        unit.conn.execute(
            update(counter)
            .where(counter.c.tenant_id == unit.tenant, counter.c.name == name)
            .values(value=counter.c.value + 1)
            .returning(counter.c.value)
        ).scalar_one()
    )
