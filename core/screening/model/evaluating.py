"""A kept model on a later labelled list: what it is worth there, and how far the customers have moved since."""

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from core.domain.call_costs import Costs
from core.domain.text import Lang, Text
from core.screening.model import report_words as words
from core.screening.model.applying import apply
from core.screening.model.cautioning import of_drift, of_worth, unanswered
from core.screening.model.drift import shifts
from core.screening.model.labels import moments, no_column, read_labels, roles_of
from core.screening.model.measuring import Measured, measured
from core.screening.model.met import all_later, met_again, of_met
from core.screening.model.naming import Naming
from core.screening.model.page import page, sayer
from core.screening.model.reading import Listed
from core.screening.model.record import Caution, CautionKind, Record
from core.screening.model.report import cautions, costs_words, pictures, segments, worth_table
from core.screening.model.shift import Shift
from core.screening.model.splitting import keys_of

if TYPE_CHECKING:
    from lightgbm import Booster


class Evaluation(Struct, frozen=True, kw_only=True):
    model: str
    file: str
    label: str
    """the column that says who left"""
    rows: int
    left: int
    measured: Measured
    shifts: list[Shift]
    cautions: list[Caution]
    costs: Costs | None


def evaluate(
    record: Record, booster: "Booster", listed: Listed, naming: Naming, *, label: str, costs: Costs | None,
    by_segment: tuple[str, ...], met: str = "",
) -> Evaluation:  # fmt: skip
    """`met`: of whom it learnt, as it was kept.

    Raises InputError where the list has another schema, or does not say who left."""
    for name in by_segment:
        if name not in listed.frame:
            raise no_column(name, list(listed.frame.columns))
    same = record.roles.label if record.roles.label in listed.frame else ""
    roles = roles_of(listed.frame, naming, label=label or same)
    applied = apply(record, booster, listed)
    left, known = read_labels(listed.frame[roles.label], naming)
    customer = record.roles.customer
    keyed = keys_of(applied.frame[customer]) if customer in applied.frame else np.arange(len(left))
    clusters = np.unique(keyed[known], return_inverse=True)[1].astype(np.int64)
    by = by_segment or tuple(dict.fromkeys(one.column for one in record.measured.segments))
    found = measured(
        applied.frame[known].reset_index(drop=True), left[known], applied.scores[known], applied.chances[known],
        clusters, costs=costs, by=[one for one in by if one in applied.frame],
    )  # fmt: skip
    moved = shifts(record.columns, applied.figures, trained_on=record.source.trained)
    blank = [unanswered(int((~known).sum()), len(known), roles.label)] if not known.all() else []
    again = same_list(record.source.sha256, listed)
    if not again and roles.customer and not all_later(moments(listed.frame, roles), record.source.last_day):
        again = of_met(met_again(met, listed.frame[roles.customer][known]))
    said = [*again, *blank, *of_worth(found.worth), *of_drift(moved)]
    return Evaluation(
        model=record.id, file=listed.file, label=roles.label, rows=int(known.sum()), left=int(left.sum()),
        measured=found, shifts=moved,
        cautions=said, costs=costs,
    )  # fmt: skip


def same_list(learnt_from: str, listed: Listed) -> list[Caution]:
    """What has to be said where a list is the very one that was learnt from, by its SHA-256."""
    if learnt_from != listed.sha256:
        return []
    told = Text(
        "这就是训练用的名单：以下数字偏好，请看训练报告。",
        "This is the list that it learnt from: these figures look too good; see the report of training.",
    )
    return [Caution(kind=CautionKind.TWICE, words=told)]


def evaluation_report(found: Evaluation, lang: Lang, labels: dict[str, Text]) -> str:
    """The whole HTML file."""
    say = sayer(lang)
    told = say(words.EVALUATED, id=found.model, file=found.file, label=found.label, rows=found.rows, left=found.left)
    parts = [
        f"<h1>{say(words.EVALUATION)}</h1><p>{told}</p>", cautions(found.cautions, say),
        f"<h2>{say(words.FIGURES)}</h2>", worth_table([("", found.measured.worth)], say),
        f"<p><small>{say(words.FIGURES_NOTE)} {costs_words(found.costs, say)}</small></p>",
        pictures(found.measured, say),
        segments(found.measured, say, lambda name: labels[name].of(lang) if name in labels else name),
    ]  # fmt: skip
    return page(say(words.EVALUATION), parts, lang)
