"""What a condition compares with must be of its fact's kind: another never holds, however the customer stands."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from core.domain.condition import Condition, Scalar
from core.rules.form import branches_of

NO_WORDS: Mapping[str, Collection[str]] = MappingProxyType({})
_ORDER = ("lt", "le", "gt", "ge")


class ValueKind(StrEnum):
    """What a fact's value is to a condition."""

    YES_NO = "yes_no"
    NUMBER = "number"
    WORD = "word"
    DAY = "day"


_WANTED = {
    ValueKind.YES_NO: "is true or false",
    ValueKind.NUMBER: "is a number",
    ValueKind.WORD: "is a word",
    ValueKind.DAY: "is a day, of which only `known` can be asked",
}


def kind_flaws(
    condition: Condition | None, kinds: Mapping[str, ValueKind], words: Mapping[str, Collection[str]] = NO_WORDS
) -> list[str]:
    """Comparisons that can never hold, in words; a field without a kind is not looked at.

    `words` are all the words that a field can be, where they are known."""
    if condition is None:
        return []
    kind = kinds.get(condition.field)
    own = [] if kind is None else _own(condition, kind, words.get(condition.field))
    return own + [flaw for branch in branches_of(condition) for flaw in kind_flaws(branch, kinds, words)]


def _own(condition: Condition, kind: ValueKind, words: Collection[str] | None) -> list[str]:
    given: list[Scalar] = [one for one in (condition.eq, condition.ne) if one is not None]
    asked = (*given, *(condition.in_ or ()))
    wrong = [one for one in asked if not _fits(one, kind)]
    flaws = [f"`{condition.field}` {_WANTED[kind]}, never `{_written(one)}`" for one in wrong]
    if words is not None:
        strange = [one for one in asked if isinstance(one, str) and one not in words]
        flaws += [f"`{condition.field}` is one of {', '.join(sorted(words))}, never `{one}`" for one in strange]
    if kind is not ValueKind.NUMBER:
        flaws += [
            f"`{condition.field}` {_WANTED[kind]}, so `{name}` never holds"
            for name in _ORDER
            if getattr(condition, name) is not None
        ]
    return flaws


def _fits(value: Scalar, kind: ValueKind) -> bool:
    if isinstance(value, bool):
        return kind is ValueKind.YES_NO
    if isinstance(value, int | float):
        return kind is ValueKind.NUMBER
    return kind is ValueKind.WORD and value is not None


def _written(value: Scalar) -> str:
    """As it stands in a file."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
