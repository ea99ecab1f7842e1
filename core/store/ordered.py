"""Orders as the server last told of them: content of the mirror, a document a sale under the id of its first record."""

import msgspec
from sqlalchemy import Connection

from core.domain.order_state import OPEN_ORDERS, ORDER_STATE, OrderState, OrderTold

_decode = msgspec.json.Decoder(OrderTold).decode
_OPEN = ", ".join(f"'{state.value}'" for state in sorted(OPEN_ORDERS))
TOLD = f"(SELECT c.body FROM content AS c WHERE c.kind = '{ORDER_STATE}' AND c.name = o.root_id)"
"""of an outcome `o`: what the server said of its order, NULL where it has said nothing"""
HAS_ORDER = "json_extract(CAST(o.body AS TEXT), '$.outcome.order') IS NOT NULL"
"""of an outcome `o`: whether something was ordered"""
STATE = f"coalesce(json_extract(CAST({TOLD} AS TEXT), '$.state'), '{OrderState.PENDING.value}')"
"""of an outcome `o`: its order's state; pending as long as the server has said nothing"""
COUNTS = f"(o.success AND NOT ({HAS_ORDER} AND {STATE} <> '{OrderState.ACCEPTED.value}'))"
"""of an outcome `o`: a sale is a success once the CRM has accepted its order"""
AWAITED = f"(o.success AND {HAS_ORDER} AND {STATE} IN ({_OPEN}))"
"""of an outcome `o`: it may still become one"""


def told(connection: Connection) -> list[OrderTold]:
    """This agent's orders, those changed last first."""
    rows = connection.exec_driver_sql("SELECT body FROM content WHERE kind = ?", (ORDER_STATE,))
    return sorted((_decode(row[0]) for row in rows), key=lambda one: one.at, reverse=True)


def of_body(body: bytes | None) -> OrderTold | None:
    return None if body is None else _decode(body)
