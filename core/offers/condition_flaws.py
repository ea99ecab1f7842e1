"""What is wrong with a condition over the facts of plans or of offers: form, fields, and what it compares with."""

from collections.abc import Collection, Mapping, Set

from core.domain.condition import Condition
from core.domain.customer import Value
from core.domain.task import Tier
from core.offers.facts import FACTS
from core.offers.offer_facts import OFFER_DAYS, OFFER_FACTS, OFFER_WORDS, OFFER_YES_NO
from core.rules import ValueKind, flaws_of, kind_flaws


def _kind(name: str) -> ValueKind:
    if name in OFFER_YES_NO:
        return ValueKind.YES_NO
    if name in OFFER_WORDS:
        return ValueKind.WORD
    return ValueKind.DAY if name in OFFER_DAYS else ValueKind.NUMBER


KINDS = {name: _kind(name) for name in FACTS | OFFER_FACTS}


WORDS: Mapping[str, Collection[str]] = {
    "tier": frozenset(one.value for one in Tier),
    "value": frozenset(one.value for one in Value),
}
"""facts that are one of these words, whatever the content"""


def condition_flaws(condition: Condition, known: Set[str], words: Mapping[str, Collection[str]] = WORDS) -> list[str]:
    """In words; `known` are the facts that this condition may ask for, `words` the few that a fact can be."""
    return flaws_of(condition, frozenset(known)) or kind_flaws(condition, KINDS, words)
