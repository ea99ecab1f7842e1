"""The customers of the invented CRM: the demo's city, as of today."""

import re
from functools import lru_cache

from core.demo.crm.rules import Standing
from core.demo.life import live
from core.demo.today import today_of
from core.domain.clock import Clock

_ID = re.compile(r"JC(\d{7})")


class City:
    """The same seed as the demo data."""

    def __init__(self, seed: int, customers: int, clock: Clock) -> None:
        self._customers = customers
        self._look = lru_cache(maxsize=1024)(lambda index: _standing(seed, index, clock))

    def __call__(self, customer_id: str) -> Standing | None:
        """None for an id that is nobody's."""
        found = _ID.fullmatch(customer_id)
        index = int(found.group(1)) - 1 if found else -1
        return self._look(index) if 0 <= index < self._customers else None


def _standing(seed: int, index: int, clock: Clock) -> Standing:
    life = live(seed, index, today_of(clock()))
    locks = [one.ends_on for one in life.ties.services.contracts if one.locked and one.ends_on]
    return Standing(
        arrears_fen=max(-life.account.balance_fen, 0), fee_fen=life.plan.fee_fen, locked_until=max(locks, default=None)
    )
