"""Amounts as authors write them, with their unit: `58 yuan`, `1.5 GB`, `100 min`, `0.29 yuan/MB`, `6 yuan/50 MB`.

An amount without its unit, with another kind's unit, below zero, or finer than what is counted (a fen, an MB) is
refused: a figure that was meant otherwise must not become somebody's bill.
"""

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from core.domain.plan import UNLIMITED


class Kind(StrEnum):
    """What is counted, by the word for it in messages."""

    MONEY = "money"
    DATA = "data"
    MINUTES = "minutes"
    SMS = "messages"
    SPEED = "speed"
    MONTHS = "months"
    DAYS = "days"
    HOURS = "hours"


UNITS: dict[Kind, dict[str, int]] = {
    Kind.MONEY: {"yuan": 100, "fen": 1},
    Kind.DATA: {"MB": 1, "GB": 1024},
    Kind.MINUTES: {"min": 1},
    Kind.SMS: {"SMS": 1},
    Kind.SPEED: {"Mbps": 1},
    Kind.MONTHS: {"months": 1},
    Kind.DAYS: {"days": 1},
    Kind.HOURS: {"hours": 1, "hour": 1},
}
"""kind → unit → how many of what is counted (fen, MB, minutes …) it is"""

_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)\s*([A-Za-z]+)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNLIMITED = "unlimited"
_MOST = UNLIMITED - 1


class Price(NamedTuple):
    fen: int
    unit: int
    """charged for each begun amount of this size"""


def amount(text: str, kind: Kind) -> int:
    """The amount in what `kind` counts; raises ValueError with the reason for the author."""
    found = _AMOUNT.fullmatch(text.strip())
    units = UNITS[kind]
    if _NUMBER.fullmatch(text.strip()):
        raise ValueError(unitless(text, kind))
    if found is None or found[2] not in units:
        raise ValueError(f"`{text}` is no amount of {kind}; write it in {' or '.join(units)}")
    exact = Decimal(found[1]) * units[found[2]]
    if exact < 0:
        raise ValueError(f"`{text}` is below zero")
    if exact != int(exact):
        raise ValueError(f"`{text}` is finer than is counted")
    if exact > _MOST:
        raise ValueError(f"`{text}` is more than any plan has")
    return int(exact)


def unitless(text: str, kind: Kind) -> str:
    """What is said of a bare number: what to write instead."""
    return f"`{text}` has no unit; write {' or '.join(f'{text.strip()} {unit}' for unit in UNITS[kind])}"


def allowance(text: str, kind: Kind) -> int:
    """An amount, or the word `unlimited`; raises ValueError."""
    return UNLIMITED if text.strip() == _UNLIMITED else amount(text, kind)


def price(text: str, kind: Kind) -> Price:
    """`0.29 yuan/MB`, or by begun units `6 yuan/50 MB`; raises ValueError."""
    money, slash, unit = text.partition("/")
    if not slash:
        raise ValueError(f"`{text}` is no price; write an amount of money for an amount of {kind}, as in `1 yuan/…`")
    size = amount(unit if unit.strip()[:1].isdigit() else f"1 {unit}", kind)
    if not size:
        raise ValueError(f"`{text}` is a price for nothing")
    return Price(amount(money, Kind.MONEY), size)
