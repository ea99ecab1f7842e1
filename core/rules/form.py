"""The form of a condition: a branch, or a leaf with one field and one comparison."""

from core.domain.condition import Condition

COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge", "in_", "known")


def comparisons_of(condition: Condition) -> list[str]:
    """The names of the comparisons that are given."""
    return [name for name in COMPARISONS if getattr(condition, name) is not None]


def branches_of(condition: Condition) -> list[Condition]:
    """The conditions right below this one."""
    out = [*(condition.all or ()), *(condition.any or ())]
    return out if condition.not_ is None else [*out, condition.not_]


def fields_of(condition: Condition) -> frozenset[str]:
    """Every field that the tree asks for."""
    own = frozenset({condition.field}) if condition.field else frozenset[str]()
    return own.union(*(fields_of(branch) for branch in branches_of(condition)))


def flaws_of(condition: Condition, known: frozenset[str] | None = None) -> list[str]:
    """What is wrong with the tree, in words; `known` are the fields that exist, None asks no field."""
    flaws = _own_flaws(condition)
    if condition.field and known is not None and condition.field not in known:
        flaws.append(f"unknown field `{condition.field}`")
    return flaws + [flaw for branch in branches_of(condition) for flaw in flaws_of(branch, known)]


def _own_flaws(condition: Condition) -> list[str]:
    kinds = [name for name in ("all", "any", "not_") if getattr(condition, name) is not None]
    given = comparisons_of(condition)
    if len(kinds) > 1 or (kinds and (condition.field or given)):
        return ["a condition is `all`, `any`, `not_` or a field with one comparison, never two of them"]
    if kinds:
        empty = condition.all == () or condition.any == ()
        return [f"`{kinds[0]}` over nothing"] if empty else []
    if not condition.field:
        return ["a comparison needs a field"]
    if len(given) != 1:
        return [f"field `{condition.field}` needs exactly one comparison, not {len(given)}"]
    return []
