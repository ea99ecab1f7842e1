"""From a labelled list to a model with all that is to be known of it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from core.domain.call_costs import Costs
from core.screening.model import scorecard, trees
from core.screening.model.applying import fitted
from core.screening.model.cautioning import of_training
from core.screening.model.columns import Kind, matrix
from core.screening.model.drift import shifts
from core.screening.model.labels import no_column
from core.screening.model.learning import Learnt, Step, learn
from core.screening.model.measuring import ahead, measured, worth
from core.screening.model.met import last_of, met_in
from core.screening.model.naming import Naming
from core.screening.model.preparing import Asked, Ready, prepare
from core.screening.model.reading import Floats, Listed
from core.screening.model.record import Learner, Record, Source
from core.screening.model.shift import Shift

_OWN_SEGMENTS, _MOST_LEVELS = 3, 6


@dataclass(frozen=True, slots=True)
class Trained:
    record: Record
    trees: str
    """LightGBM's own text"""
    met: str
    """of whom it learnt, as `met_in` gives it"""


def train(
    listed: Listed, naming: Naming, asked: Asked, *, costs: Costs | None, by_segment: tuple[str, ...], model_id: str,
    at: datetime, by: str, step: Step, today: Listed | None = None,
) -> Trained:  # fmt: skip
    """`today`: a list of those who would be called, whose drift from training is told.

    Raises InputError where the list says too little, or a named column is not there."""
    ready = prepare(listed, naming, asked)
    for name in by_segment:
        if name not in ready.frame:
            raise no_column(name, list(ready.frame.columns))
    learnt = learn(ready, step)
    tested, left = learnt.tested, ready.left[learnt.tested]
    clusters = np.unique(ready.clusters[tested], return_inverse=True)[1].astype(np.int64)
    gap = ahead(left, learnt.trees.scores, learnt.scorecard.scores, clusters)
    used, other = (Learner.TREES, Learner.SCORECARD) if gap.low > 0 else (Learner.SCORECARD, Learner.TREES)
    proofs = {Learner.TREES: learnt.trees, Learner.SCORECARD: learnt.scorecard}
    proof, beaten = proofs[used], proofs[other]
    weights = _importance(learnt, used)
    frame = ready.frame.iloc[tested].reset_index(drop=True)
    found = measured(
        frame, left, proof.scores, proof.chances, clusters, costs=costs, by=by_segment or _own(learnt, weights)
    )
    worths = {used: found.worth, other: worth(left, beaten.scores, beaten.chances, clusters, costs)}
    moved = _moved(ready, learnt, today)
    text = learnt.booster.model_to_string()
    record = Record(
        id=model_id, made_at=at, by=by, source=_source(ready), roles=ready.roles, columns=learnt.columns,
        left_out=list(ready.left_out), knows=list(ready.knows), used=used, card=learnt.card,
        curve=learnt.tree_curve if used is Learner.TREES else learnt.card_curve,
        importance=[float(one) for one in weights], trees=worths[Learner.TREES],
        scorecard=worths[Learner.SCORECARD], ahead=gap, measured=found, shifts=moved,
        cautions=of_training(ready, found.worth, moved), costs=costs,
        trees_sha256=hashlib.sha256(text.encode()).hexdigest(), engine=engine(),
    )  # fmt: skip
    return Trained(record, text, met_in(ready.frame[ready.roles.customer]) if ready.roles.customer else "")


def _importance(learnt: Learnt, used: Learner) -> Floats:
    if used is Learner.TREES:
        return trees.importance(learnt.booster)
    return scorecard.importance(learnt.card, learnt.columns, learnt.figures)


def _own(learnt: Learnt, weights: Floats) -> tuple[str, ...]:
    """The columns of few words that weigh most."""
    few = [
        (float(weight), one.name)
        for one, weight in zip(learnt.columns, weights, strict=True)
        if one.kind is Kind.WORD and 2 <= len(one.levels) <= _MOST_LEVELS
    ]
    return tuple(name for _weight, name in sorted(few, reverse=True)[:_OWN_SEGMENTS])


def _moved(ready: Ready, learnt: Learnt, today: Listed | None) -> list[Shift]:
    """Against today's list where there is one, else between the rows of training and the later ones of the proof."""
    trained = len(ready.split.parts[0].train)
    if today is not None:
        frame, moment = fitted(learnt.columns, ready.roles, today)
        return shifts(learnt.columns, matrix(learnt.columns, frame, moment), trained_on=trained)
    if not ready.split.by_time:
        return []
    return shifts(learnt.columns, learnt.figures[ready.split.parts[0].test], trained_on=trained)


def _source(ready: Ready) -> Source:
    split, first = ready.split, ready.split.first_test_day
    day = "" if first is None else (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=first)).date().isoformat()
    return Source(
        file=ready.listed.file, sha256=ready.listed.sha256, rows=len(ready.frame), left=int(ready.left.sum()),
        passed_over=ready.unanswered + ready.undated,
        trained=len(ready.frame) if split.folded else len(split.parts[0].train),
        tested=len(split.tested()), by_time=split.by_time, first_test_day=day, last_day=last_of(ready.moment),
        customers=int(ready.clusters.max()) + 1, sampled_of=ready.listed.of,
    )  # fmt: skip


def engine() -> str:
    """Which versions learnt."""
    from importlib.metadata import version

    return f"lightgbm {version('lightgbm')}, scikit-learn {version('scikit-learn')}"
