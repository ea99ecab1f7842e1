"""Headers made comparable: one canonical form for 网龄（月）, NET_AGE and netAge(months)."""

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

_BRACKETS = re.compile(r"[(\[{【〔<《]([^)\]}】〕>》]*)[)\]}】〕>》]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_SIGNS = re.compile(r"[\s_\-.:：,，、;；*#\"'“”?？!！|/\\]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TRAILING_DIGITS = re.compile(r"(?<=[a-z])(?=\d+$)")
_ALTERNATIVES = re.compile(r"[/|、]|或")
_UNIT_AFTER_SLASH = re.compile(
    r"^(.+)/\s*(元|分|厘|年|月|天|日|m|g|mb|gb|yuan|fen|months?|years?|days?)$", re.IGNORECASE
)
_SPLIT_HEAD, _SPLIT_TAIL = 3, 2


class Canonical(Struct, frozen=True):
    forms: tuple[str, ...]
    """what rules are compared with, the whole header first"""
    notes: tuple[str, ...]
    """what stood in brackets: a unit, as a rule"""

    @property
    def whole(self) -> str:
        """Header and notes, for what may stand anywhere."""
        return " ".join((*self.forms[:1], *self.notes))


def canonical(header: str, tokens: Mapping[str, str]) -> Canonical:
    """The canonical form; `tokens` gives each English word the token that it belongs to."""
    text = unicodedata.normalize("NFKC", header).strip()
    if unit := _UNIT_AFTER_SLASH.match(text):
        text = f"{unit[1]}({unit[2]})"
    notes = [_note(note) for note in _BRACKETS.findall(text)]
    base = _BRACKETS.sub(" ", text).strip() or " ".join(notes)
    if not _CJK.search(base):
        return Canonical((_english(base, tokens),), tuple(filter(None, notes)))
    whole = _SIGNS.sub("", base).lower()
    parts = [_SIGNS.sub("", part).lower() for part in _ALTERNATIVES.split(base)]
    forms = (whole, whole.removesuffix("1"), *parts) if re.search(r"\d$", whole) else (whole, _chinese(base), *parts)
    return Canonical(tuple(dict.fromkeys(filter(None, forms))), tuple(filter(None, notes)))


def _note(note: str) -> str:
    """`单位：月数` → `月`."""
    return note.strip().lower().removeprefix("单位").lstrip(":： ").removesuffix("数")


def _chinese(text: str) -> str:
    return "".join(_CJK.findall(text))


def _english(text: str, tokens: Mapping[str, str]) -> str:
    spaced = re.sub(r"[^0-9A-Za-z]+", " ", _CAMEL.sub(" ", text)).lower()
    words = [part for word in spaced.split() for part in _TRAILING_DIGITS.sub(" ", word).split()]
    found = [token for word in words for token in _tokens_of(word, tokens)]
    if found[-1:] == ["1"]:
        found.pop()
    if "of" in found[1:-1]:
        at = found.index("of", 1)
        found = [*found[at + 1 :], *found[:at]]
    return " ".join(found)


def _tokens_of(word: str, tokens: Mapping[str, str]) -> list[str]:
    """The word's token; for words run together (custname) the tokens of its parts, else the word itself."""
    if word in tokens:
        return [tokens[word]]
    for cut in range(len(word) - _SPLIT_TAIL, _SPLIT_HEAD - 1, -1):
        head, tail = word[:cut], word[cut:]
        if head in tokens:
            rest = _tokens_of(tail, tokens)
            if rest != [tail] or tail in tokens:
                return [tokens[head], *rest]
    return [word]
