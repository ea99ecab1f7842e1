"""Refusals of further calls that were saved here: they hold for all of the customer's numbers (OUTCOME-11).

Whoever refused elsewhere while a task of theirs stood here is one of them (`core.store.barred`).
Another customer of this desk who has one of these numbers is bound as well; the server says so of everybody's.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from core.store import barred
from core.store.outbox import CURRENT

_REFUSED = (
    "WITH own AS (SELECT o.customer_id, json_extract(CAST(o.body AS TEXT), '$.outcome.call.number') AS called"
    " FROM work.outcome AS o WHERE o.opt_out = 1"
    f" AND {CURRENT}),"
    " line AS (SELECT n.number FROM own JOIN number AS n ON n.customer_id = own.customer_id"
    " UNION SELECT a.number FROM own JOIN work.added_number AS a ON a.customer_id = own.customer_id"
    " UNION SELECT called FROM own WHERE called <> '')"
)
_CUSTOMERS = (
    f"{_REFUSED} SELECT customer_id FROM own UNION {barred.ALL}"
    " UNION SELECT n.customer_id FROM line JOIN number AS n ON n.number = line.number"
    " UNION SELECT a.customer_id FROM line JOIN work.added_number AS a ON a.number = line.number"
)
_ANY_LINE = f"{_REFUSED} SELECT 1 FROM line WHERE number IN (SELECT value FROM json_each(?)) LIMIT 1"


def customers(connection: Connection) -> list[str]:
    """Ids of all whom a refusal that was saved here, and that stands, concerns."""
    return [row[0] for row in connection.exec_driver_sql(f"{_CUSTOMERS} ORDER BY 1")]


def concerns(connection: Connection, customer_id: str, numbers: Iterable[str]) -> bool:
    """Whether one of them concerns that customer, or one of these numbers (digits)."""
    if customer_id in customers(connection):
        return True
    asked = msgspec.json.encode(list(numbers)).decode()
    return connection.exec_driver_sql(_ANY_LINE, (asked,)).first() is not None
