"""Headers made comparable: one canonical form for 网龄（月）, NET_AGE and netAge(months)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

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
_LIST_MARK = re.compile(r"^[(\[]?\d{1,2}\s*[.)\]、]\s*(?=\D)")
"""the mark of a numbered list: `1.姓名`, `(2) Mobile`"""
_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’]s\b")
_MONTH = re.compile(r"(20\d{2})\D{0,2}(0?[1-9]|1[0-2])月?")
_UNIT_WORDS = ("cny", "rmb", "yuan", "fen")
_FILLING_TAIL = re.compile(r"(?<=.{2})(?:情况|信息|资料|明细|详情|全称|全名|一栏|栏|项)$")
"""words after which a header means what it means without them"""
_FILLING_WORDS = frozenset(
    {"the", "a", "an", "currently", "held", "with", "us", "in", "use", "used", "our", "your", "per"}
)


class Canonical(Struct, frozen=True):
    forms: tuple[str, ...]
    """what rules are compared with, the whole header first"""
    notes: tuple[str, ...]
    """what stood in brackets: a unit, as a rule"""
    loose: tuple[str, ...] = ()
    """the header less its filling words, or joined with its notes: close to what was written, not the same"""
    whole: str = ""
    """header and notes, for what may stand anywhere"""


def canonical(header: str, tokens: Mapping[str, str]) -> Canonical:
    """The canonical form; `tokens` gives each English word the token that it belongs to."""
    text = _LIST_MARK.sub("", unicodedata.normalize("NFKC", header).strip())
    if unit := _UNIT_AFTER_SLASH.match(text):
        text = f"{unit[1]}({unit[2]})"
    notes = tuple(filter(None, map(_note, _BRACKETS.findall(text))))
    base = _BRACKETS.sub(" ", text).strip() or " ".join(notes)
    if _CJK.search(base):
        return _of_chinese(base, notes)
    return _of_english(base, notes, tokens)


def _of_chinese(base: str, notes: tuple[str, ...]) -> Canonical:
    whole = _SIGNS.sub("", base).lower()
    parts = [_SIGNS.sub("", part).lower() for part in _ALTERNATIVES.split(base)]
    forms = (whole, whole.removesuffix("1"), *parts) if re.search(r"\d$", whole) else (whole, _chinese(base), *parts)
    # Hours of the line in brackets or not: 宽带时长(2026-10) is 宽带时长202610.
    forms += tuple(f"{whole}{month[1]}{month[2]}" for month in map(_MONTH.fullmatch, notes) if month)
    bare = _FILLING_TAIL.sub("", whole.replace("的", ""))
    joined = [_chinese(f"{base}{note}") for note in notes if _CJK.search(note)]
    return Canonical(
        _distinct(forms), notes, loose=_distinct((bare, _chinese(bare), *joined)), whole=" ".join((whole, *notes))
    )


def _of_english(base: str, notes: tuple[str, ...], tokens: Mapping[str, str]) -> Canonical:
    form, spoken = _english(base, tokens), [_english(note, tokens) for note in notes]
    words = form.split()
    if len(words) > 1 and words[-1] in _UNIT_WORDS:
        notes, form = (*notes, words[-1]), " ".join(words[:-1])
    bare = " ".join(word for word in form.split() if word not in _FILLING_WORDS)
    apart = [" ".join(word for word in note.split() if word not in _UNIT_WORDS) for note in spoken]
    joined = [f"{first} {second}" for note in filter(None, apart) for first, second in ((form, note), (note, form))]
    dated = [f"{form} {month[1]} {month[2]}" for month in map(_MONTH.fullmatch, notes) if month]
    return Canonical(
        _distinct((form, *dated)), notes, loose=_distinct((bare, *joined)), whole=" ".join((form, *notes, *spoken))
    )


def _distinct(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, forms)))


def _note(note: str) -> str:
    """`单位：月数` → `月`."""
    return note.strip().lower().removeprefix("单位").lstrip(":： ").removesuffix("数")


def _chinese(text: str) -> str:
    return "".join(_CJK.findall(text))


def _english(text: str, tokens: Mapping[str, str]) -> str:
    spaced = re.sub(r"[^0-9A-Za-z]+", " ", _CAMEL.sub(" ", _POSSESSIVE.sub("", text))).lower()
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
