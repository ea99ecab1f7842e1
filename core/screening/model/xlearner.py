"""T- and X-learner (Künzel 2019): by how much a call lowers a customer's chance of leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.screening.model import trees
from core.screening.model.reading import Flags, Floats

if TYPE_CHECKING:
    from lightgbm import Booster


@dataclass(frozen=True, slots=True)
class XLearner:
    """What is kept of it: the stages before are in these two."""

    from_called: "Booster"
    """learnt of those called: what the call spared them"""
    from_held: "Booster"
    """learnt of those held out: what it would have"""
    share: float
    """of those learnt from, who were called"""

    def effects(self, figures: Floats) -> Floats:
        """Lowered chances of leaving, -1…1, a row a customer; below 0 where a call is thought to do harm."""
        spared, would = trees.scores(self.from_called, figures), trees.scores(self.from_held, figures)
        return np.asarray(self.share * would + (1 - self.share) * spared, dtype=np.float64)

    def importance(self) -> Floats:
        """Each column's share of what splits gained."""
        both = [trees.importance(one) for one in (self.from_held, self.from_called)]
        weighed = self.share * both[0] + (1 - self.share) * both[1]
        return np.asarray(weighed / weighed.sum() if weighed.sum() else weighed, dtype=np.float64)

    def splits(self) -> Flags:
        """Which columns decide anything."""
        both = [one.feature_importance("split") for one in (self.from_held, self.from_called)]
        return np.asarray(np.add(*both) > 0, dtype=bool)


@dataclass(frozen=True, slots=True)
class TLearner:
    with_call: "Booster"
    without: "Booster"

    def effects(self, figures: Floats) -> Floats:
        """As `XLearner.effects`."""
        return trees.scores(self.without, figures) - trees.scores(self.with_call, figures)


def learnt(figures: Floats, left: Flags, called: Flags, words: Sequence[int]) -> tuple[TLearner, XLearner]:
    """`words`: columns that hold places of words."""
    lost = left.astype(np.float64)

    def fit(rows: Flags, target: Floats) -> "Booster":
        return trees.fitted_to(figures[rows], target, words)

    t = TLearner(with_call=fit(called, lost[called]), without=fit(~called, lost[~called]))
    spared = trees.scores(t.without, figures[called]) - lost[called]
    would = lost[~called] - trees.scores(t.with_call, figures[~called])
    return t, XLearner(fit(called, spared), fit(~called, would), float(called.mean()))
