"""What speaks of a competitor without an approval, wherever in a piece of content it stands (BB-09)."""

import msgspec

from core.content.flaws import Flaw, Where
from core.domain.text import Text
from core.domain.watched import WordList, found

CUSTOMERS_OWN = frozenset({"label", "customer"})
"""keys of words that customers say, or that name a choice: they may call anybody by name"""


def unapproved(value: object, words: WordList, where: Where = ()) -> list[Flaw]:
    """A flaw for each text with a watched word; an `approval` covers the texts that stand directly beside it."""
    if isinstance(value, Text):
        word = found(value, words)
        return [Flaw(where, f"“{word}” speaks of a competitor: it needs an approval")] if word else []
    if isinstance(value, tuple):
        return [flaw for at, one in enumerate(value) for flaw in unapproved(one, words, (*where, at))]
    if not isinstance(value, msgspec.Struct):
        return []
    covered = getattr(value, "approval", None) is not None
    parts = [(name, getattr(value, name)) for name in value.__struct_fields__ if name not in CUSTOMERS_OWN]
    return [
        flaw
        for name, part in parts
        if not (covered and _words_alone(part))
        for flaw in unapproved(part, words, (*where, name))
    ]


def _words_alone(part: object) -> bool:
    return isinstance(part, Text) or (isinstance(part, tuple) and all(isinstance(one, Text) for one in part))
