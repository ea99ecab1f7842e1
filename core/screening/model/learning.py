"""Trees and the scorecard beside them, learnt from the same rows and proved on others that neither saw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.screening.model import scorecard, trees
from core.screening.model.calibrating import Calibration, calibrated
from core.screening.model.columns import Column, Kind, matrix, seen
from core.screening.model.preparing import Ready
from core.screening.model.reading import Flags, Floats, Whole
from core.screening.model.scorecard import Scorecard
from core.screening.model.splitting import Split

if TYPE_CHECKING:
    from lightgbm import Booster

Step = Callable[[int, int], None]
"""how many steps are done, of how many"""


@dataclass(frozen=True, slots=True)
class Proof:
    """One learner's word on the rows of the proof, in their order."""

    scores: Floats
    chances: Floats


@dataclass(frozen=True, slots=True)
class Learnt:
    columns: list[Column]
    booster: "Booster"
    card: Scorecard
    tree_curve: Calibration
    card_curve: Calibration
    tested: Whole
    """places of the rows of the proof"""
    trees: Proof
    scorecard: Proof
    figures: Floats
    """of all rows, by `columns`"""


@dataclass(frozen=True, slots=True)
class _Pair:
    booster: "Booster"
    card: Scorecard

    def scores(self, columns: list[Column], figures: Floats) -> tuple[Floats, Floats]:
        return trees.scores(self.booster, figures), scorecard.scores(self.card, columns, figures)


def learn(ready: Ready, step: Step) -> Learnt:
    """Where the proof is by time what is kept was learnt before it; by folds it is learnt from every row at last."""
    first = ready.split.parts[0]
    rows = np.arange(len(ready.left)) if ready.split.folded else first.train
    sample, moment = ready.frame.iloc[rows], ready.moment[rows]
    columns = [seen(name, sample[name], moment) for name in ready.names]
    figures = matrix(columns, ready.frame, ready.moment)
    steps = len(ready.split.parts) + 1

    def pair(places: Whole) -> _Pair:
        return _pair(columns, figures[places], ready.left[places])

    if ready.split.folded:
        return _by_folds(ready, columns, figures, pair, lambda done: step(done, steps))
    kept = pair(_in_order(ready, first.train))
    step(1, steps)
    held = kept.scores(columns, figures[first.calibrate])
    curves = [calibrated(one, ready.left[first.calibrate]) for one in held]
    proofs = [
        Proof(one, curve.chance(one))
        for one, curve in zip(kept.scores(columns, figures[first.test]), curves, strict=True)
    ]
    step(2, steps)
    return Learnt(columns, kept.booster, kept.card, curves[0], curves[1], first.test, proofs[0], proofs[1], figures)


def _by_folds(
    ready: Ready, columns: list[Column], figures: Floats, pair: Callable[[Whole], _Pair], step: Callable[[int], None]
) -> Learnt:
    outside = np.empty((len(ready.left), 2))
    for at, part in enumerate(ready.split.parts, 1):
        fold = pair(_in_order(ready, part.train))
        outside[part.test] = np.column_stack(fold.scores(columns, figures[part.test]))
        step(at)
    kept = pair(_in_order(ready, np.arange(len(ready.left))))
    step(len(ready.split.parts) + 1)
    proofs = [_chances_across(outside[:, at], ready.left, ready.split) for at in (0, 1)]
    tree_curve, card_curve = (calibrated(outside[:, at], ready.left) for at in (0, 1))
    tested = np.arange(len(ready.left), dtype=np.int64)
    return Learnt(columns, kept.booster, kept.card, tree_curve, card_curve, tested, proofs[0], proofs[1], figures)


def _chances_across(scores: Floats, left: Flags, split: Split) -> Proof:
    """Each fold's probabilities by a curve through the other folds alone."""
    chances = np.empty(len(scores))
    for part in split.parts:
        chances[part.test] = calibrated(scores[part.train], left[part.train]).chance(scores[part.test])
    return Proof(scores, chances)


def _in_order(ready: Ready, places: Whole) -> Whole:
    """By time, or by customer where there is none: a list is often in order of who left."""
    behind = ready.moment[places] if ready.split.by_time else ready.clusters[places]
    return places[np.argsort(behind, kind="stable")]


def _pair(columns: list[Column], figures: Floats, left: Flags) -> _Pair:
    words = [at for at, column in enumerate(columns) if column.kind is Kind.WORD]
    return _Pair(trees.grown(figures, left, words), scorecard.drawn_up(columns, figures, left))
