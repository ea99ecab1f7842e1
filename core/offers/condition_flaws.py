"""What is wrong with a condition over the facts of plans or of offers: form, fields, and what it compares with."""

from collections.abc import Set

from core.domain.condition import Condition
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


def condition_flaws(condition: Condition, known: Set[str]) -> list[str]:
    """In words; `known` are the facts that this condition may ask for."""
    return flaws_of(condition, frozenset(known)) or kind_flaws(condition, KINDS)
