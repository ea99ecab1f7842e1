"""By what ids others name a customer: as they are kept here, or as the source whose list brought them has them."""

from collections.abc import Collection

from core.server.customer_ids import of_source
from core.server.db import customers
from core.server.db.engine import Unit


def kept_ids(unit: Unit, told: Collection[str]) -> dict[str, str]:
    """By what was told, the id under which each is kept here; without those whom nobody knows by it."""
    brought = {one: of_source(one) for one in told if one}
    there = customers.known(unit, [*brought, *brought.values()])
    return {one: one if one in there else own for one, own in brought.items() if one in there or own in there}


def kept_id(unit: Unit, told: str) -> str:
    """Empty where nobody is known by it."""
    return kept_ids(unit, [told]).get(told, "")
