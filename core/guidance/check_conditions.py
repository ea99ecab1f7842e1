"""Conditions of a script: fields that exist, and answers that can really be given."""

from collections.abc import Mapping

from core.content import Flaw
from core.content.flaws import Where
from core.domain.condition import Condition
from core.guidance.fact_names import FACTS, FactKind
from core.rules import ValueKind, flaws_of, kind_flaws
from core.rules.form import branches_of

_VALUES = {FactKind.TEXT: ValueKind.WORD, FactKind.YES_NO: ValueKind.YES_NO, FactKind.DATE: ValueKind.DAY}
_KINDS = {name: _VALUES.get(fact.kind, ValueKind.NUMBER) for name, fact in FACTS.items()}

Said = Mapping[str, frozenset[str]]
"""what answers of the script can set: field → its values"""


def condition_flaws(condition: Condition | None, where: Where, said: Said) -> list[Flaw]:
    """Unknown fields, malformed branches, and comparisons with what a fact never is or no answer ever sets."""
    if condition is None:
        return []
    reasons = flaws_of(condition, frozenset(FACTS) | said.keys())
    return [Flaw(where, reason) for reason in reasons or kind_flaws(condition, _KINDS) + _never(condition, said)]


def _never(condition: Condition, said: Said) -> list[str]:
    wanted = [*(condition.in_ or ()), *([] if condition.eq is None else [condition.eq])]
    own = said.get(condition.field)
    flaws = [f"no answer sets `{condition.field}` to `{w}`" for w in wanted if w not in own] if own is not None else []
    return flaws + [flaw for branch in branches_of(condition) for flaw in _never(branch, said)]
