"""A rule while a planner builds it: groups and comparisons that can be changed, in the units that people use."""

from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import structs

from core.domain.condition import Condition, Scalar
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.domain.warning_rule import Missing, Population, Unknown, WarningRule
from core.wire.screening import FactorRow

FEN = 100
_JOINT = "、"
NUMBERS = frozenset({IndicatorType.INTEGER, IndicatorType.DECIMAL, IndicatorType.FEN})


class Joint(StrEnum):
    """What of a group's parts has to hold."""

    ALL = "all"
    ANY = "any"
    NOT_ALL = "not_all"
    NONE = "none"


class Op(StrEnum):
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    EQ = "eq"
    NE = "ne"
    IN = "in_"
    KNOWN = "known"
    UNKNOWN = "unknown"


BARE = frozenset({Op.KNOWN, Op.UNKNOWN})
"""compare with nothing"""
OPS: dict[IndicatorType, tuple[Op, ...]] = {
    **dict.fromkeys(NUMBERS, (Op.LT, Op.LE, Op.GT, Op.GE, Op.EQ, Op.NE, Op.KNOWN, Op.UNKNOWN)),
    IndicatorType.YES_NO: (Op.EQ, Op.KNOWN, Op.UNKNOWN),
    IndicatorType.DATE: (Op.KNOWN, Op.UNKNOWN),
    IndicatorType.TEXT: (Op.EQ, Op.NE, Op.IN, Op.KNOWN, Op.UNKNOWN),
}


@dataclass(eq=False, slots=True)
class Leaf:
    """One comparison; `typed` is the bound as it stands in the field."""

    factor: FactorRow
    op: Op
    typed: str = ""

    @property
    def complete(self) -> bool:
        return self.op in BARE or operand_of(self) is not None


@dataclass(eq=False, slots=True)
class Group:
    joint: Joint = Joint.ALL
    parts: list["Leaf | Group"] = field(default_factory=list)


def new_leaf(factor: FactorRow) -> Leaf:
    """With the comparison that is wanted most often."""
    return Leaf(factor, OPS[factor.kind][0], "true" if factor.kind is IndicatorType.YES_NO else "")


def operand_of(leaf: Leaf) -> Scalar | tuple[Scalar, ...]:
    """What the comparison is with, in the unit of the snapshot: money in fen; None where it cannot be read."""
    kind, typed = leaf.factor.kind, leaf.typed.strip().replace(",", "")
    if kind is IndicatorType.YES_NO:
        return typed == "true" if typed in ("true", "false") else None
    if kind is IndicatorType.TEXT:
        words = tuple(one.strip() for one in leaf.typed.replace(",", _JOINT).split(_JOINT) if one.strip())
        return (words if leaf.op is Op.IN else words[0]) if words else None
    try:
        figure = float(typed.lstrip("¥"))
    except ValueError:
        return None
    if kind is IndicatorType.FEN:
        return round(figure * FEN)
    return int(figure) if figure.is_integer() else figure


def typed_of(kind: IndicatorType, value: Scalar | tuple[Scalar, ...]) -> str:
    """The bound as people write it: money in yuan."""
    if isinstance(value, tuple):
        return _JOINT.join(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind is IndicatorType.FEN and isinstance(value, int | float):
        return f"{value / FEN:g}" if value % FEN == 0 else f"{value / FEN:.2f}"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def group_of(condition: Condition, factors: dict[str, FactorRow]) -> Group:
    """The tree to change. Raises KeyError where it asks for a factor that there is not."""
    part = _part_of(condition, factors)
    return part if isinstance(part, Group) else Group(Joint.ALL, [part])


def _part_of(condition: Condition, factors: dict[str, FactorRow]) -> Leaf | Group:
    if condition.all is not None:
        return Group(Joint.ALL, [_part_of(one, factors) for one in condition.all])
    if condition.any is not None:
        return Group(Joint.ANY, [_part_of(one, factors) for one in condition.any])
    if condition.not_ is not None:
        inner = condition.not_
        if inner.all is not None:
            return Group(Joint.NOT_ALL, [_part_of(one, factors) for one in inner.all])
        return Group(Joint.NONE, [_part_of(one, factors) for one in inner.any or (inner,)])
    factor = factors[condition.field]
    if condition.known is not None:
        return Leaf(factor, Op.KNOWN if condition.known else Op.UNKNOWN)
    op = next(one for one in Op if one not in BARE and getattr(condition, one.value) is not None)
    return Leaf(factor, op, typed_of(factor.kind, getattr(condition, op.value)))


def condition_of(group: Group) -> Condition | None:
    """The condition that stands there; None while a bound is missing, or a group has no part."""
    parts = [condition_of(one) if isinstance(one, Group) else _leaf(one) for one in group.parts]
    found = tuple(one for one in parts if one is not None)
    if not found or len(found) < len(parts):
        return None
    match group.joint:
        case Joint.ALL:
            return Condition(all=found)
        case Joint.ANY:
            return Condition(any=found)
        case Joint.NOT_ALL:
            return Condition(not_=Condition(all=found))
        case Joint.NONE:
            return Condition(not_=found[0] if len(found) == 1 else Condition(any=found))


def _leaf(leaf: Leaf) -> Condition | None:
    name = leaf.factor.name
    if leaf.op in BARE:
        return Condition(field=name, known=leaf.op is Op.KNOWN)
    value = operand_of(leaf)
    if value is None:
        return None
    return structs.replace(Condition(field=name), **{leaf.op.value: value})


def leaves_of(group: Group) -> list[Leaf]:
    """In the order in which they are read."""
    found: list[Leaf] = []
    for one in group.parts:
        found += leaves_of(one) if isinstance(one, Group) else [one]
    return found


def own_words(group: Group) -> Text:
    """The reason in words with the customer's values, where the planner has written none."""
    named = {one.factor.name: one.factor for one in leaves_of(group) if one.op is not Op.UNKNOWN}
    told = list(named.values())[:3]
    return Text(
        "，".join(f"{one.label.zh} {{{one.name}:unit}}" for one in told),
        ", ".join(f"{one.label.en}: {{{one.name}:unit}}" for one in told),
    )


def empty_rule(rule_id: str, scenario: str) -> WarningRule:
    """What a new rule begins as."""
    return WarningRule(
        id=rule_id, version=1, name=Text("", ""), code=rule_id.replace("-", "_"), population=Population.CHURN_INCLINED,
        scenario=scenario, when=Condition(), missing=Missing(Unknown.LEFT_OUT), reason=Text("", ""),
    )  # fmt: skip
