"""Invented names, and numbers that cannot be dialled, for lists that have none: the same ones at each run."""

import hashlib
from functools import cache

from core.domain.customer import Gender
from core.domain.errors import ContentError
from core.server.importing.resources import load

_PREFIX = "100"
_SPAN = 10**8


class DemoPeople:
    """Gives each customer of one run a number of their own."""

    def __init__(self) -> None:
        self._given: set[int] = set()

    def number(self, key: str) -> str:
        """Eleven digits beginning with 100, which no subscriber has."""
        for attempt in range(_SPAN):
            figure = _draw(f"number:{key}:{attempt}") % _SPAN
            if figure not in self._given:
                self._given.add(figure)
                return f"{_PREFIX}{figure:08d}"
        raise OverflowError(_SPAN)

    def name(self, key: str, gender: Gender | None) -> str:
        """A Chinese name that suits the gender, where it is known."""
        drawn = _draw(f"name:{key}")
        names = _names()
        group = "female" if gender is Gender.FEMALE or (gender is None and drawn % 2) else "male"
        surnames, given = names["surnames"], names[group]
        return surnames[drawn // 2 % len(surnames)] + given[drawn // 1_000 % len(given)]


def _draw(seed: str) -> int:
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest())


@cache
def _names() -> dict[str, tuple[str, ...]]:
    parsed, file = load("demo_names.yaml")
    if not isinstance(parsed.value, dict):
        raise ContentError(file=file, line=1, reason="surnames, female and male names are expected")
    out = {str(group): tuple(str(names).split()) for group, names in parsed.value.items()}
    for group in ("surnames", "female", "male"):
        if not out.get(group):
            raise ContentError(file=file, line=1, reason=f"`{group}` is missing")
    return out
