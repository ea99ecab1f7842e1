"""A customer's places in the snapshots of responsibility packages, in one word of a pack; and whose word it is."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.review.frame import Array, Table

_PART, _NEXT = "/", " "
COLUMN = "snapshots"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose customer somebody is in a snapshot."""

    package: str
    team: str
    owner: str | None = None
    """staff number; empty: nobody's own; None where it is asked for: of the whole team"""


def word_of(places: Iterable[Place]) -> str:
    """The same for the same places."""
    return _NEXT.join(sorted(_PART.join((one.package, one.team, one.owner or "")) for one in places))


def has_place(calls: Table, place: Place) -> Array:
    """Which calls were with a customer of that place; none where the packs know no snapshot."""
    codes = [at for at, word in enumerate(calls.words[COLUMN]) if _is_in(word, place)]
    found: Array = np.isin(calls[COLUMN], codes)
    return found


def _is_in(word: str, place: Place) -> bool:
    wanted = _PART.join((place.package, place.team, place.owner or ""))
    parts = word.split(_NEXT) if word else []
    return any(one.startswith(wanted) if place.owner is None else one == wanted for one in parts)
