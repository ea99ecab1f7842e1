"""How old a customer without a name is: as old as no published rule tells from their own age (4G-06)."""

from bisect import bisect_right
from datetime import date
from functools import lru_cache
from math import ceil, floor
from typing import Any

from core.domain import decoding
from core.domain.birthday import age_on
from core.domain.care_class import CARE_CLASSES, CLASSES
from core.domain.offer_content import ELIGIBILITY, PLANS
from core.server.db import published
from core.server.db.engine import Unit

_ASKING = ((PLANS, PLANS), (ELIGIBILITY, ELIGIBILITY), (CARE_CLASSES, CLASSES))
"""kind and name of what the base is weighed by"""


def first_ages(unit: Unit) -> tuple[int, ...]:
    """The ages from which a published rule holds or no longer does, youngest first: between two of them all are alike
    to every rule. In years."""
    bodies = (published.body(unit, kind, name) for kind, name in _ASKING)
    return tuple(sorted({age for body in bodies if body is not None for age in _told_apart(bytes(body))}))


def coarse_birthday(birthday: date, ages: tuple[int, ...], today: date) -> date:
    """The same day of the year in which the youngest was born whom no rule tells from this customer; 1 March where
    that year has no 29 February, on which they are greeted in such years."""
    own = age_on(birthday, today)
    at = bisect_right(ages, own)
    years_younger = own - (ages[at - 1] if at else 0)
    year = birthday.year + years_younger
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


@lru_cache(maxsize=8)
def _told_apart(body: bytes) -> frozenset[int]:
    # Every page of the base asks, and a catalogue changes a few times a year.
    found: set[int] = set()
    _gather(decoding.plain(body), found)
    return frozenset(found)


def _gather(part: Any, found: set[int]) -> None:
    """The ages of all conditions in it: what is published by a site may hold them anywhere."""
    if isinstance(part, list):
        for one in part:
            _gather(one, found)
    elif isinstance(part, dict):
        if part.get("field") == "age":
            found |= _of_leaf(part)
        for one in part.values():
            _gather(one, found)


def _of_leaf(leaf: dict[str, Any]) -> set[int]:
    from_here = [ceil(leaf[key]) for key in ("ge", "lt") if leaf.get(key) is not None]
    from_next = [floor(leaf[key]) + 1 for key in ("le", "gt") if leaf.get(key) is not None]
    single = [leaf[key] for key in ("eq", "ne") if isinstance(leaf.get(key), int | float)]
    single += [one for one in leaf.get("in_") or () if isinstance(one, int | float)]
    return {*from_here, *from_next, *(age for one in single for age in (ceil(one), floor(one) + 1))}
