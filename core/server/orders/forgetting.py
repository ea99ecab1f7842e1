"""Orders that ended long ago: their agents' desks are told of them no longer. The orders themselves stay on record."""

from core.domain.order_state import ORDER_STATE, order_name
from core.server.db import orders, published, tasks
from core.server.db.engine import Database

AT_ONCE = 500
"""in one run of the housekeeping"""


def forget_ended(database: Database) -> int:
    """Each in a short transaction of its own, so that desks are never held up. Returns how many."""
    with database.read() as unit:
        ids = orders.told_long_enough(unit, AT_ONCE)
    return sum(_forget(database, one) for one in ids)


def _forget(database: Database, order_id: str) -> bool:
    with database.write() as unit:
        order = orders.get(unit, order_id)
        if order is None:
            return False
        # Of who was erased nothing is told any more; their orders would else be looked at for good, before all others.
        tasks.lock_customer(unit, order.customer_id)
        name = order_name(order.first_outcome, order.offer)
        published.drop(unit, ORDER_STATE, name, audience=order.agent)
        if order.follower != order.agent:
            published.withdraw(unit, ORDER_STATE, name, audience=order.follower)
        orders.told_no_more(unit, order_id)
        return True
