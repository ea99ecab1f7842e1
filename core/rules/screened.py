"""Whether a warning rule matches one customer, with its stated treatment of what is not known. Pure."""

from collections.abc import Callable, Mapping

from core.domain.condition import Condition
from core.domain.warning_rule import LEFT_ON, Population, Unknown, WarningRule
from core.rules.evaluate import holds
from core.rules.form import branches_of, fields_of


def compared_by(condition: Condition) -> frozenset[str]:
    """The fields that are compared with something, and not only asked whether they are known."""
    own = frozenset({condition.field}) if condition.field and condition.known is None else frozenset[str]()
    return own.union(*(compared_by(branch) for branch in branches_of(condition)))


def needed_by(rule: WarningRule) -> frozenset[str]:
    """The factors without which the rule does not match, whatever else is known."""
    if rule.missing.rest is not Unknown.LEFT_OUT:
        return frozenset()
    return compared_by(rule.when) - rule.missing.taken_as.keys()


def matches(rule: WarningRule, value_of: Callable[[str], object]) -> bool:
    """`value_of` gives a factor's value by its name, None where it is unknown."""
    if (value_of(LEFT_ON) is not None) is not (rule.population is Population.LEFT):
        return False
    values: Mapping[str, object] = {name: _taken(rule, name, value_of(name)) for name in fields_of(rule.when)}
    if any(values[name] is None for name in needed_by(rule)):
        return False
    return holds(rule.when, values)


def _taken(rule: WarningRule, name: str, value: object) -> object:
    return rule.missing.taken_as.get(name) if value is None else value
