"""Who has left the net, for a model that learns from snapshots."""

from datetime import date

from sqlalchemy import select

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.db.engine import Database
from core.server.db.schema import departure
from core.server.review.departures import on_net_day


def ends_of(database: Database) -> tuple[dict[str, date], date]:
    """By customer the day on which they left, and the last day of which that is known.

    Raises InputError where nobody has said who left."""
    with database.read() as unit:
        known_until = on_net_day(unit)
        if known_until is None:
            raise InputError(
                title=Text("不知道谁离网了", "Who left is not known"),
                message=Text("还没有导入离网名单。", "No list of those who left was brought in."),
                next_step=Text("请先运行 stayline-server on-net，或给出带标注的名单。",
                               "Run stayline-server on-net first, or give a labelled list."),
            )  # fmt: skip
        statement = select(departure.c.customer_id, departure.c.left_on).where(departure.c.tenant_id == unit.tenant)
        return {row.customer_id: row.left_on for row in unit.conn.execute(statement)}, known_until
