"""What a note without any known word is probably about: learnt from the content's words and example notes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from core.domain.causes import CauseWords
from core.review.causes.folding import any_of, folded

HINT_WEIGHT = 0.35
"""of a word that other problems are told with too"""
_LONGEST = 3
"""Chinese characters of the longest piece that is looked at; a Latin word is one piece"""
_SMOOTHING = 0.1
_EVIDENCE = 3.0
"""how sharply likelihoods are told apart: notes are short, and their pieces hang on each other"""
LEAST_SURE = 0.3
"""probability below which nothing is said"""
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]+")


class Learnt:
    """Multinomial naive Bayes over pieces of one to three characters, weighed by TF-IDF and brought to one length, as
    Rennie et al. (2003) mend it for text. No chance in it."""

    def __init__(self, content: CauseWords) -> None:
        self._ignored = any_of(content.ignored)
        self._causes = len(content.causes)
        told = list(_examples(content))
        seen = Counter(piece for text, _, _ in told for piece in set(self._pieces(text)))
        self._at = {piece: at for at, piece in enumerate(sorted(seen))}
        self._rarity = np.array([log((1 + len(told)) / (1 + seen[piece])) + 1 for piece in self._at], np.float32)
        counts = np.full((self._causes, len(self._at)), _SMOOTHING, np.float32)
        for text, cause, weight in told:
            places, weights = self._weighed(text)
            counts[cause, places] += weight * weights
        self._likely: NDArray[np.float32] = np.log(counts / counts.sum(axis=1, keepdims=True)).T.copy()

    def of(self, clauses: list[str]) -> Mapping[int, float]:
        """Causes by their place with their probability, where likely enough; none where nothing is known."""
        places, weights = self._weighed(" ".join(clauses))
        if not len(places) or not self._causes:
            return {}
        told = _EVIDENCE * (weights @ self._likely[places])
        share = np.exp(told - told.max())
        share /= share.sum()
        return {int(at): float(share[at]) for at in np.flatnonzero(share >= LEAST_SURE)}

    def _weighed(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        counts: dict[int, int] = defaultdict(int)
        for piece in self._pieces(text):
            place = self._at.get(piece)
            if place is not None:
                counts[place] += 1
        places = np.fromiter(counts, np.intp, len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._rarity[places]
        length = float(np.linalg.norm(weights))
        return places, (weights / length if length else weights).astype(np.float32)

    def _pieces(self, text: str) -> Iterator[str]:
        bare = self._ignored.sub(" ", folded(text)) if self._ignored else folded(text)
        for run in _RUN.findall(bare):
            if run.isascii():
                yield run
                continue
            for length in range(1, _LONGEST + 1):
                yield from (run[at : at + length] for at in range(len(run) - length + 1))


@lru_cache(maxsize=2)
def learnt(content: CauseWords) -> Learnt:
    """Learnt once for a content: it takes tenths of a second, and a lead groups at every filter."""
    return Learnt(content)


def _examples(content: CauseWords) -> Iterator[tuple[str, int, float]]:
    for at, cause in enumerate(content.causes):
        yield from ((text, at, 1.0) for text in (*cause.words, *cause.notes))
        yield from ((text, at, HINT_WEIGHT) for text in cause.hints)
