"""Notes as rows of numbers: words weighed by how rare they are (TF-IDF), and the known causes that they tell of."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.review.causes.clauses import Note

Matrix = NDArray[np.float32]
MOST_WORDS = 1_500
CAUSE_WEIGHT = 1.6
"""what the known causes count beside a note's other words"""


class Weights:
    """Learns from notes which words there are and how rare each is, and turns notes into rows of length one."""

    def __init__(self, notes: Sequence[Note], causes: int) -> None:
        seen = Counter(word for note in notes for word in note.words)
        least = 2 if len(notes) < 2_000 else 3
        usual = [word for word, count in seen.most_common() if count >= least]
        self.words = sorted(usual, key=lambda word: (-seen[word], word))[:MOST_WORDS]
        self._at = {word: at for at, word in enumerate(self.words)}
        self._rarity = np.array([_rarity(len(notes), seen[word]) for word in self.words], dtype=np.float32)
        self.causes = causes

    def rows(self, notes: Sequence[Note]) -> Matrix:
        """A row a note: words, then causes. A note that says nothing known is a row of zeros."""
        words = np.zeros((len(notes), len(self.words)), dtype=np.float32)
        causes = np.zeros((len(notes), self.causes), dtype=np.float32)
        for at, note in enumerate(notes):
            for word, weight in note.words.items():
                place = self._at.get(word)
                if place is not None:
                    words[at, place] = weight
            for cause, weight in note.causes.items():
                causes[at, cause] = weight
        weighed = np.hstack([unit(np.sqrt(words) * self._rarity), CAUSE_WEIGHT * unit(causes)])
        return unit(weighed)


def unit(rows: Matrix) -> Matrix:
    """Each row of length one; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    shaped: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return shaped


def _rarity(notes: int, seen: int) -> float:
    """Inverse document frequency, smoothed as Salton and Buckley (1988) weigh terms."""
    return float(np.log((1 + notes) / (1 + seen)) + 1)
