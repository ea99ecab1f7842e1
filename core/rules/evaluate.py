"""Whether a condition holds for one row of facts."""

from collections.abc import Callable, Mapping
from operator import attrgetter

from core.domain.condition import Condition, Scalar
from core.rules.form import COMPARISONS

_given: Callable[[Condition], tuple[object, ...]] = attrgetter(*COMPARISONS)


def holds(condition: Condition | None, facts: Mapping[str, object]) -> bool:
    """No condition always holds. A fact that is absent or None is not known.

    Raises ValueError on a malformed condition: content is checked before it is used."""
    if condition is None:
        return True
    if condition.all is not None:
        return all(holds(branch, facts) for branch in condition.all)
    if condition.any is not None:
        return any(holds(branch, facts) for branch in condition.any)
    if condition.not_ is not None:
        return not holds(condition.not_, facts)
    return _leaf(condition, facts.get(condition.field))


def _leaf(condition: Condition, value: object) -> bool:
    # Asked for every plan and customer: counted without a list of names.
    given = len(COMPARISONS) - _given(condition).count(None)
    if not condition.field or given != 1:
        raise ValueError(f"malformed condition over {condition.field!r}: {given} comparisons")
    if condition.known is not None:
        return (value is not None) is condition.known
    if value is None:
        return False
    if condition.in_ is not None:
        return any(_same(value, option) for option in condition.in_)
    if condition.eq is not None:
        return _same(value, condition.eq)
    if condition.ne is not None:
        return not _same(value, condition.ne)
    return _ordered(condition, value)


def _same(value: object, other: Scalar) -> bool:
    """Equal and of one kind: yes is not 1."""
    if isinstance(value, bool) or isinstance(other, bool):
        return value is other
    return value == other


def _ordered(condition: Condition, value: object) -> bool:
    """Order is asked of numbers alone; of anything else it is false."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if condition.lt is not None:
        return value < condition.lt
    if condition.le is not None:
        return value <= condition.le
    if condition.gt is not None:
        return value > condition.gt
    return condition.ge is not None and value >= condition.ge
