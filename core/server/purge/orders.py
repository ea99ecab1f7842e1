"""Orders that ended so long ago that no law wants them any more: number and words go, sums and states stay."""

from datetime import datetime

from sqlalchemy import select

from core.domain.data_periods import Kept
from core.domain.order_state import OPEN_ORDERS, PlacedOrder
from core.server.db import schema
from core.server.purge.letting_go import has_words, strip
from core.server.purge.steps import AT_ONCE, Run


def orders(run: Run, before: datetime) -> int:
    """How many had any."""
    table, done, after = schema.placed_order, 0, ""
    while not run.stop():
        with run.database.read() as unit:
            over = (table.c.changed_at < before, table.c.state.not_in(sorted(OPEN_ORDERS)), table.c.id > after)
            statement = select(table.c.id, table.c.body).where(table.c.tenant_id == unit.tenant, *over)
            page = unit.conn.execute(statement.order_by(table.c.id).limit(AT_ONCE)).all()
        if not page:
            break
        after = page[-1].id
        worded = [row.id for row in page if has_words(bytes(row.body), PlacedOrder)]
        if run.really and worded:
            with run.database.write() as unit:
                strip(unit, table, PlacedOrder, table.c.id.in_(worded))
        done += len(worded)
        run.report(Kept.ORDERS, done)
    return done
