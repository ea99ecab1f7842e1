"""Whom chance holds out: drawn by hashes of a seed, so that anybody can draw again and see the same. Pure.

Within a stratum those with the smallest hash of seed and customer are held out, however the others are ordered. How
many of a stratum follows systematic rounding (Cox, L. H.: A constructive procedure for unbiased controlled rounding,
JASA 82, 1987): each stratum gets the whole number below or above its share, all together the one below or above
theirs, and each customer has the same chance, in a stratum of three as in one of three thousand.
"""

import hashlib
from collections.abc import Mapping
from fractions import Fraction

from core.domain.campaign import Arm

_SPAN = 2**64
BETWEEN = "|"
"""columns of a stratum"""


def draw(seed: str, strata: Mapping[str, str], percent: float, *, batch: str = "") -> dict[str, Arm]:
    """The arm of each customer; `strata` by customer id, `percent` of control, 0 ≤ percent < 100.

    `batch` names those who are drawn together, such as the moment: customers chosen later are a drawing of their own
    that leaves the earlier one as it was."""
    members: dict[str, list[str]] = {}
    for customer_id, stratum in strata.items():
        members.setdefault(stratum, []).append(customer_id)
    share = _share(percent)
    arms: dict[str, Arm] = dict.fromkeys(strata, Arm.TREATED)
    reached = _begin(seed, batch)
    for stratum in sorted(members, key=lambda one: (_number(seed, "stratum", batch, one), one)):
        own = members[stratum]
        before, reached = reached, reached + len(own) * share
        held_out = int(reached) - int(before)
        # Sorted for each other, never by the order in which they were given.
        own.sort(key=lambda one: place(seed, one))
        arms |= dict.fromkeys(own[:held_out], Arm.CONTROL)
    return arms


def held_out(seed: str, customers: int, percent: float, *, batch: str = "") -> int:
    """How many `draw` holds out of so many, however they are parted into strata."""
    return int(_begin(seed, batch) + customers * _share(percent))


def _begin(seed: str, batch: str) -> Fraction:
    return Fraction(_number(seed, "batch", batch), _SPAN)


def _share(percent: float) -> Fraction:
    return Fraction(str(percent)) / 100


def place(seed: str, customer_id: str) -> tuple[int, str]:
    """Where chance puts a customer: of those drawn together in a stratum the lowest are held out."""
    return _number(seed, customer_id), customer_id


def still_holds(seed: str, arms: Mapping[str, Arm]) -> bool:
    """Whether those of one stratum that were drawn together have the arms that chance gave them. Also where some of
    them are gone since, whom `draw` would need to give the same again."""
    held_out = [place(seed, one) for one, arm in arms.items() if arm is Arm.CONTROL]
    others = [place(seed, one) for one, arm in arms.items() if arm is Arm.TREATED]
    return not held_out or not others or max(held_out) < min(others)


def _number(*parts: str) -> int:
    """0 … 2⁶⁴ − 1, even."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big")
