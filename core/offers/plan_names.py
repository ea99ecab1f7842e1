"""Plans found as somebody asks for them: by name in either language, by the initials of its pinyin, or by code."""

from collections.abc import Iterable
from typing import NamedTuple

from core.content.initials import initials_of
from core.domain.text import Text


class Named(NamedTuple):
    """A plan's code with all by which it is found, in one line."""

    code: str
    words: str


def names_of(plans: Iterable[tuple[str, Text, Text]]) -> tuple[Named, ...]:
    """Of (code, name, what it is called beside that): made once for a catalogue."""
    found = []
    for code, name, beside in plans:
        words = (code, name.zh, name.en, beside.zh, beside.en, initials_of(name.zh), pinyin_of(name.zh))
        found.append(Named(code, "\n".join(_bare(word) for word in words)))
    return tuple(found)


def looked_up(names: Iterable[Named], typed: str, most: int) -> list[str]:
    """Codes of those that hold every word that was typed, in their order; the code or the name itself comes first."""
    words = [_bare(word) for word in typed.split()]
    if not any(words):
        return []
    whole = _bare(typed)
    found = [one for one in names if whole in one.words or all(word in one.words for word in words)]
    found.sort(key=lambda one: whole not in one.words.split("\n"))
    return [one.code for one in found[:most]]


def pinyin_of(name: str) -> str:
    """The whole pinyin: 飞享 is feixiang."""
    # Its tables take a tenth of a second, which no start may wait for.
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name)).lower()


def _bare(word: str) -> str:
    return "".join(word.split()).casefold()
