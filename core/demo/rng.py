"""Chance that can be repeated: one stream of random numbers per customer and purpose."""

from collections.abc import Sequence
from enum import IntEnum
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Purpose(IntEnum):
    """Streams are apart, so that a new draw in one part leaves the others as they were."""

    PROFILE = 1
    CALLS = 2
    USE = 3
    LEDGER = 4
    HOLDINGS = 5
    SERVICES = 6
    CARE = 7
    INDICATORS = 8
    TASK = 9
    DAYS = 10
    PLAN = 11
    CONTACT = 12
    DOCUMENT = 13
    WARNING = 14
    OUTCOME = 15
    DATA_KINDS = 16
    PACKS = 17
    SHARING = 18
    MEMBERS = 19
    PAST_WORK = 20
    LEFT = 21
    WALKED = 22
    LINE = 23
    DEALER = 24
    OFFERED = 25
    TEXTED = 26
    CONSENT = 27


def stream(seed: int, index: int, purpose: Purpose) -> Random:
    """The random numbers of one customer for one purpose."""
    return Random(((seed & 0xFFFF_FFFF) << 64) | (index << 8) | purpose)


def weighted(rng: Random, options: Sequence[tuple[T, float]]) -> T:
    """One of `options`, each with its share of 1; the last takes what rounding leaves."""
    point = rng.random()
    for option, share in options:
        point -= share
        if point < 0:
            return option
    return options[-1][0]


def around(rng: Random, centre: float, spread: float) -> float:
    """`centre` give or take the share `spread`, evenly."""
    return centre * (1 - spread + 2 * spread * rng.random())
