"""From a list on which chance decided who was called to an uplift model with all that is to be known of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.text import Text
from core.screening.model.cautioning import of_knowing, of_repeated
from core.screening.model.labels import moments
from core.screening.model.learning import Step
from core.screening.model.met import last_of, met_in
from core.screening.model.record import Caution, CautionKind
from core.screening.model.training import engine
from core.screening.model.uplift import Trial, Uplift, proved
from core.screening.model.uplift_record import UpliftRecord, UpliftSource
from core.screening.model.uplift_words import verdict
from core.screening.model.xlearner import learnt


@dataclass(frozen=True, slots=True)
class UpliftTrained:
    record: UpliftRecord
    called: str
    held: str
    """LightGBM's own text"""
    met: str
    """of whom it learnt, as `met_in` gives it"""


def train_uplift(
    made: Trial, *, treatment: str, model_id: str, at: datetime, by: str, step: Step, campaigns: Sequence[str] = (),
    within_days: int = 0,
) -> UpliftTrained:  # fmt: skip
    """What is kept learnt from every row; what it is worth is told by learners that did not see whom they judge."""
    ready, found = made.ready, proved(made, step)
    _t, kept = learnt(made.figures, ready.left, made.called, made.words)
    parts = len(ready.split.parts)
    step(parts + 1, parts + 1)
    called, held = kept.from_called.model_to_string(), kept.from_held.model_to_string()
    aside = {treatment, made.roles.time}
    record = UpliftRecord(
        id=model_id, made_at=at, by=by, roles=made.roles, treatment=treatment, columns=made.columns,
        left_out=[one for one in ready.left_out if one.column not in aside],
        source=UpliftSource(
            file=ready.listed.file, sha256=ready.listed.sha256, rows=len(made.called), left=int(ready.left.sum()),
            campaigns=list(campaigns), within_days=within_days,
            last_day=last_of(moments(ready.frame, made.roles)), sampled_of=ready.listed.of,
        ),
        importance=[float(one) for one in kept.importance()], found=found, share=kept.share,
        cautions=sorted([*_no_gain(found), *of_knowing(ready), *of_repeated(ready)], key=lambda one: not one.grave),
        called_sha256=hashlib.sha256(called.encode()).hexdigest(),
        held_sha256=hashlib.sha256(held.encode()).hexdigest(), engine=engine(),
    )  # fmt: skip
    return UpliftTrained(record, called, held, met_in(ready.frame[made.roles.customer]) if made.roles.customer else "")


def _no_gain(found: Uplift) -> list[Caution]:
    if found.gains:
        return []
    said, qini = verdict(found.x_qini), found.x_qini
    if qini.high < 0:
        why = Text("区间全在 0 以下", "an interval below 0")
    else:
        why = Text("区间含 0", "an interval that holds 0")
    words = Text(
        f"{said.zh}X-learner 的 Qini 为 {qini.value:.2f}（{qini.low:.2f} … {qini.high:.2f}），{why.zh}："
        "不要按它排先后。",
        f"{said.en} The X-learner's Qini is {qini.value:.2f} ({qini.low:.2f} … {qini.high:.2f}), {why.en}: call nobody"
        " first because of it.",
    )
    return [Caution(kind=CautionKind.NO_GAIN, words=words)]
