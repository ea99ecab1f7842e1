"""One way of writing for all that is compared."""

import re
import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """Half width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of them, a longer one before a shorter one that begins alike; None for none."""
    ordered = sorted({folded(word) for word in words}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None
