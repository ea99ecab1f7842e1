"""Facts of special needs: they change the words, so they are known of every call."""

from core.domain.customer import Contacting
from core.domain.text import Text

Facts = dict[str, object]

NEEDS: dict[str, frozenset[str]] = {
    "need_blind": frozenset({"blind"}),
    "need_hearing": frozenset({"hard_of_hearing", "deaf"}),
    "need_elderly": frozenset({"elderly"}),
    "need_dialect": frozenset({"dialect"}),
}
"""fact → codes of `SpecialNeed`"""


def need_facts(contact: Contacting | None) -> Facts:
    """Yes or no for each need; where nothing was supplied the words are the usual ones."""
    needs = contact.special_needs if contact else []
    codes = {need.code for need in needs}
    found: Facts = {name: bool(codes & meant) for name, meant in NEEDS.items()}
    if needs:
        found["special_need"] = _joined([need.label for need in needs])
        found["special_service"] = _joined([need.service for need in needs])
    return found


def _joined(texts: list[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
