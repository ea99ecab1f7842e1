"""What comes of a customer whose data were let go meanwhile: refused with that reason, so that the desk lets go too."""

from typing import Any

import msgspec

from core.server.db import past
from core.server.db.engine import Unit
from core.server.sync.answers import Code, Ruling, rejected
from core.wire.push import Item

_NOBODY_KNOWN = frozenset({Code.UNKNOWN_CUSTOMER, Code.UNKNOWN_TASK, Code.UNKNOWN_OUTCOME, Code.UNKNOWN_CASE})


def of_past(unit: Unit, item: Item, ruling: Ruling) -> Ruling:
    """The ruling, or a plainer one where the customer is not known because nothing is kept of them any more."""
    if ruling.code not in _NOBODY_KNOWN:
        return ruling
    customer_id = _whose(item)
    return rejected(Code.LET_GO) if customer_id and past.gone_of(unit, [customer_id]) else ruling


def _whose(value: Any) -> str:
    """The first customer that the item names."""
    if not isinstance(value, msgspec.Struct):
        return ""
    named = getattr(value, "customer_id", "")
    if isinstance(named, str) and named:
        return named
    inner = (_whose(getattr(value, name)) for name in value.__struct_fields__)
    return next((one for one in inner if one), "")
