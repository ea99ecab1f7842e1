"""Who follows an order once its seller's customers have gone to somebody else: what the CRM answers, and a failure, are
theirs. The sale stays the seller's, in the figures and under the day's records."""

import msgspec

from core.domain.order_state import OPEN_ORDERS, PlacedOrder
from core.server.db import orders
from core.server.db.engine import Unit
from core.server.orders.telling import tell


def hand_on(unit: Unit, order: PlacedOrder, to: str) -> bool:
    """Called with the customer held; False where it has ended, or is that person's already."""
    found = orders.get(unit, str(order.id), lock=True)
    if found is None or found.state not in OPEN_ORDERS or found.follower != order.follower or found.follower == to:
        return False
    given = msgspec.structs.replace(found, taken_over_by="" if to == found.agent else to)
    orders.edit(unit, given)
    tell(unit, given)
    return True
