"""A note as words: cut into clauses and words, and which known causes it tells of."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

import rjieba
from msgspec import Struct

from core.domain.causes import CauseWords

_CLAUSE = re.compile(r"[。！？；，,.!?;\n\r…、]+|(?<=[\u4e00-\u9fff])\s+")
_WORD = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z][A-Za-z0-9+]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_STRESS = 2.0
PAIR = "~"
"""begins what stands for two neighbouring characters"""
PAIR_WEIGHT = 0.4
"""of two neighbouring characters, beside a word"""
_LONGER = 0.25
"""a word of more characters says more: so much for each beyond the second"""


class Note(Struct, frozen=True):
    """What a note holds, once it is cut."""

    words: Mapping[str, float]
    """words and pairs of characters, with how much they are stressed"""
    causes: Mapping[int, float]
    """known causes by their place in the content, with the weight of what tells of them"""


class Cutter:
    """Cuts notes by the content's words. Safe to use from one thread at a time."""

    def __init__(self, content: CauseWords) -> None:
        self._ignored = frozenset(content.ignored)
        self._dismissed = _any_of(content.dismissed)
        self._stressed = _any_of(content.stressed)
        self._cause_of = {folded(w): at for at, cause in reversed([*enumerate(content.causes)]) for w in cause.words}
        long = sorted((word for word in self._cause_of if len(word) > 1), key=len, reverse=True)
        self._long = _any_of(long)

    def note(self, text: str) -> Note:
        """The note cut; an empty one where it says nothing."""
        words: dict[str, float] = defaultdict(float)
        causes: dict[int, float] = defaultdict(float)
        for clause, weight in self._clauses(folded(text)):
            cut = [word for word in rjieba.cut(clause) if _WORD.fullmatch(word)]
            for word in cut:
                if len(word) > 1 and word not in self._ignored:
                    words[word] += weight
            for pair in _pairs([word for word in cut if word not in self._ignored]):
                words[pair] += PAIR_WEIGHT * weight
            for found in self._told(clause, cut):
                causes[self._cause_of[found]] += weight * (1 + _LONGER * max(0, len(found) - 2))
        return Note(words, causes)

    def _clauses(self, text: str) -> Iterator[tuple[str, float]]:
        for clause in _CLAUSE.split(text):
            if not clause or (self._dismissed and self._dismissed.search(clause)):
                continue
            yield clause, _STRESS if self._stressed and self._stressed.search(clause) else 1.0

    def _told(self, clause: str, cut: list[str]) -> set[str]:
        long = set(self._long.findall(clause)) if self._long else set()
        return long | {word for word in cut if len(word) == 1 and word in self._cause_of}


def _pairs(cut: list[str]) -> Iterator[str]:
    """Neighbouring characters within a word and over its edge: 没人来 and 没有人 are alike though cut otherwise."""
    run = "".join(word if _CHINESE.fullmatch(word) else " " for word in cut)
    return (PAIR + run[at : at + 2] for at in range(len(run) - 1) if " " not in run[at : at + 2])


def folded(text: str) -> str:
    """One way of writing: half width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def _any_of(words: "tuple[str, ...] | list[str]") -> re.Pattern[str] | None:
    """Finds any of them, a longer one before a shorter one that begins alike; None for none."""
    ordered = sorted({folded(word) for word in words}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None
