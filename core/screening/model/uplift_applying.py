"""A kept uplift model on others: on a later list with a control group, on a plain list, on customers of a snapshot."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from core.domain.clock import local_day
from core.domain.text import Text
from core.screening.model.applying import fitted, refuse_unfit, too_many
from core.screening.model.blocks import Misfits, figures_of, refuse_other_schema
from core.screening.model.cautioning import of_drift, of_others
from core.screening.model.columns import matrix
from core.screening.model.drift import Today, shifts
from core.screening.model.evaluating import same_list
from core.screening.model.figures import Figure, interval
from core.screening.model.labels import moments
from core.screening.model.met import all_later, met_again, of_met
from core.screening.model.qini import Curve, effect_of
from core.screening.model.reading import Floats, Listed
from core.screening.model.record import Caution, CautionKind
from core.screening.model.sampling import rows_of, these
from core.screening.model.uplift import Trial, drawn
from core.screening.model.uplift_record import UpliftRecord
from core.screening.model.xlearner import XLearner
from core.screening.snapshots.record import Snapshot
from core.screening.snapshots.writing import CUSTOMER_ID


class UpliftEvaluation(Struct, frozen=True, kw_only=True):
    """What a kept model is worth on a list that came after it."""

    file: str
    called: int
    held_out: int
    drawn: bool = False
    """of campaigns: called are those whom chance drew to be, whoever was reached"""
    effect: Figure
    """percentage points by which fewer left of those called"""
    qini: Figure
    """customers kept for each 1,000 called, above what calling at random keeps"""
    curve: list[tuple[float, float]]
    """share of customers, customers kept for each 1,000"""
    cautions: list[Caution]
    """how far the customers have moved since training, and whether it learnt from this very list, or from a campaign
    whose members these are"""


class Effects(Struct, frozen=True, kw_only=True):
    """What a kept model expects of a call, of some customers of a snapshot."""

    by_customer: dict[str, float]
    """lowered chance of leaving, -1…1; whom the snapshot does not hold is left out"""
    cautions: list[Caution]
    """how far they are from whom it learnt from: a choice of customers is no day's whole, so it is no drift"""


def evaluate_uplift(
    record: UpliftRecord, learner: XLearner, made: Trial, *, campaigns: Sequence[str] = (), met: str = ""
) -> UpliftEvaluation:
    """`campaigns`: whose members the list holds; none of one that was brought. `met`: of whom it learnt.

    Raises InputError where the list has another schema."""
    ready = made.ready
    figures = _figures(record, Listed(ready.frame, ready.listed.file, ready.listed.sha256))
    curve = Curve(made.called, ready.left, learner.effects(figures))
    moved = shifts(record.columns, figures, trained_on=record.source.rows)
    # Whom another campaign chose says nothing of what time changed.
    of_moved = of_others(moved) if campaigns else of_drift(moved)
    return UpliftEvaluation(
        file=ready.listed.file, called=made.customers(made.called),
        held_out=made.customers(~made.called), drawn=bool(campaigns),
        effect=interval(effect_of(made.called, ready.left), ready.clusters),
        qini=interval(curve.coefficient, ready.clusters), curve=drawn(curve, len(figures)),
        cautions=[*_seen_before(record, made, campaigns, met), *of_moved],
    )  # fmt: skip


def _seen_before(record: UpliftRecord, made: Trial, campaigns: Sequence[str], met: str) -> list[Caution]:
    """A campaign's list is another each day: who left meanwhile, and who was drawn, change what it says of the same
    customers."""
    if found := same_list(record.source.sha256, made.ready.listed):
        return found
    same = [one for one in record.source.campaigns if one in campaigns]
    if not same:
        frame, customer = made.ready.frame, made.roles.customer
        if not customer or all_later(moments(frame, made.roles), record.source.last_day):
            return []
        return of_met(met_again(met, frame[customer]))
    told = Text(
        f"模型就是从活动 {'、'.join(same)} 学来的，名单里有它见过的客户：以下数字偏好，请看训练报告。",
        f"It learnt from {', '.join(same)}, and saw customers of this list: these figures look too good; see the report"
        " of training.",
    )
    return [Caution(kind=CautionKind.TWICE, words=told)]


def effects_on(record: UpliftRecord, learner: XLearner, listed: Listed) -> tuple[Floats, list[Caution]]:
    """By row of a list. Raises InputError where it has another schema."""
    figures = _figures(record, listed)
    moved = shifts(record.columns, figures, trained_on=record.source.rows)
    return learner.effects(figures), list(of_drift(moved))


def effects_of(
    record: UpliftRecord, learner: XLearner, path: Path, snapshot: Snapshot, customers: Collection[str]
) -> Effects:
    """Of those customers alone, a group of the file after the other.

    Raises InputError where the snapshot has another schema than the model learnt from."""
    refuse_other_schema(record.columns, path)
    splits = learner.splits()
    asked = [one for one, used in zip(record.columns, splits, strict=True) if used]
    names, misfits, today = [CUSTOMER_ID, *(one.name for one in asked)], Misfits(), Today(record.columns, asked)
    found: dict[str, float] = {}
    day = local_day(snapshot.taken_at)
    for table in rows_of(path, names, these(customers)):
        for batch in table.combine_chunks().to_batches():
            figures = figures_of(record, asked, batch, day, misfits)
            today.add(figures)
            effects = learner.effects(figures)
            found |= zip(batch.column(CUSTOMER_ID).to_pylist(), map(float, effects), strict=True)
    retyped = [one for one in asked if too_many(one, misfits.filled.get(one.name, 0), misfits.other.get(one.name, 0))]
    refuse_unfit(record.columns, [], retyped, [])
    moved = today.shifts(trained_on=record.source.rows) if found else []
    return Effects(by_customer=found, cautions=list(of_others(moved)))


def _figures(record: UpliftRecord, listed: Listed) -> Floats:
    frame, moment = fitted(record.columns, record.roles, listed)
    return matrix(record.columns, frame, np.asarray(moment, dtype=np.float64))
