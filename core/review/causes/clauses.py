"""A note as words: cut into clauses and words, and which known causes it tells of."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import rjieba
from msgspec import Struct

from core.domain.causes import CauseWords
from core.review.causes.folding import any_of, folded
from core.review.causes.learnt import HINT_WEIGHT, learnt

_CLAUSE = re.compile(r"[。！？；，,.!?;\n\r…、]+|(?<=[\u4e00-\u9fff])\s+")
_WORD = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z][A-Za-z0-9+]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_STRESS = 2.0
PAIR = "~"
"""begins what stands for two neighbouring characters"""
PAIR_WEIGHT = 0.4
"""of two neighbouring characters, beside a word"""
LEARNT_WEIGHT = 2.0
"""of what a note is likely about as a whole, beside a plain word"""
_LONGER = 0.25
"""a word of more characters says more: so much for each beyond the second"""


class Note(Struct, frozen=True):
    """What a note holds, once it is cut."""

    words: Mapping[str, float]
    """words and pairs of characters, with how much they are stressed"""
    causes: Mapping[int, float]
    """known causes by their place in the content, with the weight of what tells of them"""
    told: bool = False
    """a word of a known cause stands in it, more than a hint; else its cause is only the likeliest"""


class Cutter:
    """Cuts notes by the content's words. Safe to use from one thread at a time."""

    def __init__(self, content: CauseWords) -> None:
        self._ignored = frozenset(content.ignored)
        self._dismissed = any_of(content.dismissed)
        self._stressed = any_of(content.stressed)
        self._cause_of = _cause_of(content)
        long = sorted((word for word in self._cause_of if len(word) > 1), key=len, reverse=True)
        self._long = any_of(long)
        self._learnt = learnt(content)

    def note(self, text: str) -> Note:
        """The note cut; an empty one where it says nothing."""
        words: dict[str, float] = defaultdict(float)
        told = False
        causes: dict[int, float] = defaultdict(float)
        clauses = list(self._clauses(folded(text)))
        for clause, weight in clauses:
            cut = [word for word in rjieba.cut(clause) if _WORD.fullmatch(word)]
            for word in cut:
                if len(word) > 1 and word not in self._ignored:
                    words[word] += weight
            for pair in _pairs([word for word in cut if word not in self._ignored]):
                words[pair] += PAIR_WEIGHT * weight
            for found in self._told(clause, cut):
                cause, plain = self._cause_of[found]
                told = told or plain == 1.0
                causes[cause] += weight * plain * (1 + _LONGER * max(0, len(found) - 2))
        for cause, likely in self._learnt.of([clause for clause, _ in clauses]).items():
            causes[cause] += LEARNT_WEIGHT * likely
        return Note(words, causes, told)

    def _clauses(self, text: str) -> Iterator[tuple[str, float]]:
        for clause in _CLAUSE.split(text):
            if not clause or (self._dismissed and self._dismissed.search(clause)):
                continue
            yield clause, _STRESS if self._stressed and self._stressed.search(clause) else 1.0

    def _told(self, clause: str, cut: list[str]) -> set[str]:
        long = set(self._long.findall(clause)) if self._long else set()
        return long | {word for word in cut if len(word) == 1 and word in self._cause_of}


def _cause_of(content: CauseWords) -> dict[str, tuple[int, float]]:
    """Each word's cause by its place, and how much it says of it; of two causes the one that stands first."""
    told: dict[str, tuple[int, float]] = {}
    for at, cause in enumerate(content.causes):
        for words, plain in ((cause.words, 1.0), (cause.hints, HINT_WEIGHT)):
            for word in words:
                told.setdefault(folded(word), (at, plain))
    return told


def _pairs(cut: list[str]) -> Iterator[str]:
    """Neighbouring characters within a word and over its edge: 没人来 and 没有人 are alike though cut otherwise."""
    run = "".join(word if _CHINESE.fullmatch(word) else " " for word in cut)
    return (PAIR + run[at : at + 2] for at in range(len(run) - 1) if " " not in run[at : at + 2])
