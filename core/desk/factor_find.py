"""Factors by what a planner types: label, group, initials of the pinyin, or the name in files."""

from collections.abc import Sequence

from core.wire.screening import FactorRow

MOST = 40


def found_factors(factors: Sequence[FactorRow], asked: str) -> list[FactorRow]:
    """At most 40; those whose label or initials begin so come first, then those that hold every word asked."""
    words = asked.lower().split()
    if not words:
        return list(factors[:MOST])
    ranked = [(rank, at, one) for at, one in enumerate(factors) if (rank := _rank(one, words)) is not None]
    return [one for _rank_, _at, one in sorted(ranked, key=lambda found: found[:2])[:MOST]]


def _rank(one: FactorRow, words: Sequence[str]) -> int | None:
    label, english = one.label.zh.lower(), one.label.en.lower()
    whole = f"{label} {english} {one.initials} {one.group.zh} {one.group.en.lower()} {one.name}"
    if not all(word in whole for word in words):
        return None
    first = words[0]
    if first in (label, one.initials, english):
        return 0
    if label.startswith(first) or one.initials.startswith(first) or english.startswith(first):
        return 1
    return 2 if first in label or first in english or first in one.initials else 3
