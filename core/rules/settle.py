"""A condition as far as some facts settle it, for when many rows share these facts and differ in others."""

from collections.abc import Mapping, Set

from msgspec.structs import replace

from core.domain.condition import Condition
from core.rules.evaluate import holds


def settled(condition: Condition | None, facts: Mapping[str, object], unsettled: Set[str]) -> Condition | bool:
    """What is left to ask: a condition over the fields of `unsettled` alone, or the answer where none is left.

    For any values of these fields it holds exactly where the whole condition holds over both. Raises ValueError on a
    malformed condition."""
    if condition is None:
        return True
    if condition.all is not None:
        return _joined(condition.all, facts, unsettled, ends=False)
    if condition.any is not None:
        return _joined(condition.any, facts, unsettled, ends=True)
    if condition.not_ is not None:
        inner = settled(condition.not_, facts, unsettled)
        return not inner if isinstance(inner, bool) else replace(condition, not_=inner)
    return condition if condition.field in unsettled else holds(condition, facts)


def _joined(
    branches: tuple[Condition, ...], facts: Mapping[str, object], unsettled: Set[str], *, ends: bool
) -> Condition | bool:
    """`ends` is the answer of one branch that settles them all."""
    left: list[Condition] = []
    for branch in branches:
        found = settled(branch, facts, unsettled)
        if found is ends:
            return ends
        if not isinstance(found, bool):
            left.append(found)
    if len(left) < 2:
        return left[0] if left else not ends
    return Condition(any=tuple(left)) if ends else Condition(all=tuple(left))
