"""How far one column of today's customers is from training, as it is kept: knows nothing that learns."""

from msgspec import Struct

WATCH, MISTRUST = 0.1, 0.25
_CHANCE = 3.0


class Shift(Struct, frozen=True, kw_only=True):
    """One column then and now."""

    column: str
    index: float
    by_chance: float
    """what so few customers would give if nothing had moved"""

    @property
    def far(self) -> bool:
        return self.index > max(MISTRUST, _CHANCE * self.by_chance)

    @property
    def seen(self) -> bool:
        return self.index > max(WATCH, _CHANCE * self.by_chance)
