"""What becomes of customers, which nobody but the simulation knows.

Each has a chance of leaving within the days; a talk lowers it by so much that, over all who were drawn, being drawn to
be called changes the share who stay by exactly the effect that was asked for. Who is never reached is as before.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

REACHED = 0.6
"""share of those called who answer themselves"""
_LEAVER, _STAYER = (0.45, 0.85), (0.02, 0.14)
"""chances of leaving, of those of whom the list says that they left and of the others"""
_UNKNOWN = (0.05, 0.55)
_HALVINGS = 60


class TooMuch(ValueError):
    """No talk could change as much."""


@dataclass(frozen=True)
class Truth:
    """The hidden effect, share of customers: expected, and of these very customers with this very luck."""

    effect: float
    of_these: float


@dataclass(frozen=True)
class Fates:
    """One seed's luck."""

    seed: int
    leavers: frozenset[str] | None
    """None: the list does not say"""

    def reached(self, customer: str) -> bool:
        """Whether the customer answers a call."""
        return self._luck(customer, "reached") < REACHED

    def chance(self, customer: str) -> float:
        """Of leaving, without a talk."""
        low, high = _UNKNOWN if self.leavers is None else _LEAVER if customer in self.leavers else _STAYER
        return low + (high - low) * self._luck(customer, "chance", fixed=True)

    def left(
        self, everybody: Collection[str], drawn: Sequence[str], spoken: Collection[str], *, effect: float, world: str,
        begin: date, days: int,
    ) -> tuple[dict[str, date], Truth]:  # fmt: skip
        """Who leaves when; `spoken`: with whom somebody talked. Raises TooMuch."""
        chances = {one: self.chance(one) for one in {*everybody, *drawn}}
        by = _lowered_by([chances[one] for one in drawn], effect)
        gone = {}
        for one, chance in sorted(chances.items()):
            if self._luck(one, "fate", world) < (_after(chance, by) if one in spoken else chance):
                gone[one] = begin + timedelta(days=1 + int(self._luck(one, "day") * days))
        return gone, Truth(effect, self._of_these(drawn, chances, by, world))

    def _of_these(self, drawn: Sequence[str], chances: Mapping[str, float], by: float, world: str) -> float:
        """Had all been drawn to be called, less had nobody been."""
        kept = 0
        for one in drawn:
            if self.reached(one):
                luck = self._luck(one, "fate", world)
                kept += (luck >= _after(chances[one], by)) - (luck >= chances[one])
        return kept / len(drawn)

    def _luck(self, customer: str, *what: str, fixed: bool = False) -> float:
        """0 … 1, even; `fixed`: the customer's own, whatever the seed."""
        seed = "" if fixed else str(self.seed)
        digest = hashlib.sha256("\0".join((seed, customer, *what)).encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64


def _after(chance: float, by: float) -> float:
    return min(1.0, max(0.0, chance - by))


def _lowered_by(chances: Sequence[float], effect: float) -> float:
    """By how much a talk lowers a chance, so that being drawn changes the mean by `effect`."""

    def changes(by: float) -> float:
        return REACHED * sum(chance - _after(chance, by) for chance in chances) / len(chances)

    low, high = -1.0, 1.0
    if not changes(low) <= effect <= changes(high):
        most = changes(high if effect > 0 else low)
        raise TooMuch(f"at most {most * 100:+.1f} points are possible here: so few would leave anyway")
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if changes(middle) < effect else (low, middle)
    return high if effect else 0.0
