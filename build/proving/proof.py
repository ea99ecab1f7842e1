"""What a proof is: the product and its negative control put through the same, and what of the goal held for each."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Figure = int | float | str


class Scale(StrEnum):
    """How much of it is run."""

    QUICK = "quick"
    FULL = "full"

    def of(self, *, quick: int, full: int) -> int:
        """The number that belongs to the scale."""
        return full if self is Scale.FULL else quick


@dataclass(frozen=True, kw_only=True)
class Side:
    """One run: its figures, and whether the goal was met in it."""

    holds: bool
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A goal is shown where the product meets it and the control, which lacks the protection, does not."""

    what: str
    product: Side
    control: Side

    @property
    def shown(self) -> bool:
        return self.product.holds and not self.control.holds

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "shown": self.shown}


def worst(*sides: Side) -> bool:
    """Whether the goal was met in every one of several runs."""
    return all(side.holds for side in sides)
