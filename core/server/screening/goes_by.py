"""What travels with a task of why it was made: the values that its rule goes by, and what a model does, in words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.domain.factor import Library
from core.domain.task import InUse
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.rules.form import fields_of
from core.screening.snapshots.scored import RISK
from core.screening.words import factors_in, said_value

WHY = "why:"
"""before a number: names among the values in use what the model goes by, in words"""
_WHY_WORDS = Text("模型依据", "What the model goes by")


class GoesBy(NamedTuple):
    in_use: tuple[InUse, ...]
    figure: Text | None
    """the first of what the rule itself names; None where none of it is known"""


def of_rule(rule: WarningRule, library: Library, values: Mapping[str, object]) -> GoesBy:
    """Factors as the words name them, then those that the rule asks for, then the risk; without what is not known."""
    words = sorted(factors_in(rule.reason), key=lambda name: rule.reason.zh.find(f"{{{name}"))
    own = dict.fromkeys([*words, *sorted(fields_of(rule.when))])
    said = {
        name: said_value(library.factors[name], value)
        for name in [*own, *({RISK} - own.keys())]
        if name in library.factors and (value := values.get(name)) is not None
    }
    in_use = tuple(InUse(name=name, label=library.factors[name].label, value=value) for name, value in said.items())
    return GoesBy(in_use, next((said[name] for name in own if name in said), None))


def of_model(why: Sequence[Text]) -> tuple[InUse, ...]:
    """The strongest first."""
    return tuple(InUse(name=f"{WHY}{at}", label=_WHY_WORDS, value=words) for at, words in enumerate(why, 1))
