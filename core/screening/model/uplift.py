"""Whom a call helps: T- and X-learner (Künzel 2019) over a campaign that held out a control group by chance.

Speaks of no effect where chance did not decide who was called: who accepts an offer may have stayed without it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model import scorecard
from core.screening.model.columns import Column, Kind, matrix, seen
from core.screening.model.figures import Figure, Ranked, interval
from core.screening.model.labels import no_column
from core.screening.model.learning import Step
from core.screening.model.naming import Naming, plain_word
from core.screening.model.preparing import Asked, Ready, prepare
from core.screening.model.qini import Curve, effect_of
from core.screening.model.reading import Flags, Floats, Listed, Whole, blank
from core.screening.model.trees import fitted_to

FEWEST = 50
"""of each group"""
_NOT_BY_CHANCE = 0.53
"""AUC, at its lower bound, by which columns tell who was called"""
_POINTS = 50


class Uplift(Struct, frozen=True, kw_only=True):
    file: str
    called: int
    held_out: int
    effect: Figure
    """percentage points by which fewer left of those called"""
    t_qini: Figure
    """customers kept for each 1,000 called, above what calling at random keeps"""
    x_qini: Figure
    curve: list[tuple[float, float]]
    """of the X-learner: share of customers, customers kept for each 1,000"""

    @property
    def gains(self) -> bool:
        """Whether calling those whom a call helps first beats calling anybody. The X-learner's word counts, which was
        settled before any list was seen: of two one is sooner right by chance."""
        return self.x_qini.low > 0


def uplift(
    listed: Listed, naming: Naming, asked: Asked, *, treatment: str, randomised: bool, step: Step
) -> Uplift:  # fmt: skip
    """Raises InputError where nobody says that chance decided who was called, or the columns show that it did not."""
    if not randomised:
        raise _not_said()
    if treatment not in listed.frame:
        raise no_column(treatment, list(listed.frame.columns))
    known = ~blank(listed.frame[treatment])
    whole = Listed(listed.frame[known].reset_index(drop=True), listed.file, listed.sha256)
    ready = prepare(whole, naming, Asked(label=asked.label, time="none", customer=asked.customer,
                                         drop=(*asked.drop, treatment), keep=asked.keep))  # fmt: skip
    answered = ~blank(whole.frame[ready.roles.label])
    called = _called(whole, treatment, naming)[answered]
    columns = [seen(name, ready.frame[name], ready.moment) for name in ready.names]
    figures = matrix(columns, ready.frame, ready.moment)
    _refuse_chosen(ready, columns, figures, called)
    effects = _effects(ready, columns, figures, called, step)
    curves = [Curve(called, ready.left, effects[:, at]) for at in (0, 1)]
    qinis = [interval(one.coefficient, ready.clusters) for one in curves]
    share, kept = curves[1].points(np.ones(len(called)))
    at = np.linspace(0, len(share) - 1, _POINTS + 1).astype(int)
    return Uplift(
        file=listed.file, called=int(called.sum()), held_out=int((~called).sum()),
        effect=interval(effect_of(called, ready.left), ready.clusters), t_qini=qinis[0], x_qini=qinis[1],
        curve=[(float(share[one]), float(kept[one])) for one in at],
    )  # fmt: skip


def _effects(ready: Ready, columns: Sequence[Column], figures: Floats, called: Flags, step: Step) -> Floats:
    """By how much a call is thought to lower each customer's chance of leaving, by a model that did not see the
    customer: of the T-learner, and of the X-learner."""
    out = np.zeros((len(called), 2))
    words = [at for at, column in enumerate(columns) if column.kind is Kind.WORD]
    left = ready.left.astype(np.float64)
    for done, part in enumerate(ready.split.parts, 1):
        learn = np.concatenate([part.train, part.calibrate])
        out[part.test] = _fold(figures, left, called, learn, part.test, words)
        step(done, len(ready.split.parts))
    return out


def _fold(figures: Floats, left: Floats, called: Flags, learn: Whole, test: Whole, words: Sequence[int]) -> Floats:
    ours, held = learn[called[learn]], learn[~called[learn]]

    def fit(places: Whole, target: Floats) -> Any:
        return fitted_to(figures[places], target, words)

    with_call, without = fit(ours, left[ours]), fit(held, left[held])
    t_effect = without.predict(figures[test]) - with_call.predict(figures[test])
    from_called = fit(ours, without.predict(figures[ours]) - left[ours])
    from_held = fit(held, left[held] - with_call.predict(figures[held]))
    share = len(ours) / len(learn)
    x_effect = share * from_held.predict(figures[test]) + (1 - share) * from_called.predict(figures[test])
    return np.column_stack([t_effect, x_effect])


def _called(listed: Listed, treatment: str, naming: Naming) -> Flags:
    plain = listed.frame[treatment].map(plain_word)
    if listed.frame[treatment].dtype.kind == "b":
        plain = listed.frame[treatment].astype(int).astype(str)
    called = plain.isin(naming.called_words).to_numpy(dtype=bool)
    held = plain.isin(naming.held_out_words).to_numpy(dtype=bool)
    if not (called | held).all() or min(called.sum(), held.sum()) < FEWEST:
        raise InputError(
            title=Text("没有可用的对照组", "There is no control group to go by"),
            message=Text(
                f"“{treatment}”里外呼 {int(called.sum())} 位，对照 {int(held.sum())} 位，看不懂的"
                f" {int((~called & ~held).sum())} 位；两组各至少 {FEWEST} 位。",
                f"“{treatment}” says called of {int(called.sum())}, held out of {int(held.sum())}, and what is not"
                f" understood of {int((~called & ~held).sum())}; each group has to have {FEWEST} at least.",
            ),
            next_step=Text("请写成 是/否，或 1/0。没有对照组就说不出外呼的效果。",
                           "Write yes/no or 1/0. Without a control group nothing is said of what calls did."),
        )  # fmt: skip
    return called


def _refuse_chosen(ready: Ready, columns: Sequence[Column], figures: Floats, called: Flags) -> None:
    told = np.zeros(len(called))
    for part in ready.split.parts:
        learn = np.concatenate([part.train, part.calibrate])
        card = scorecard.drawn_up(columns, figures[learn], called[learn])
        told[part.test] = scorecard.scores(card, columns, figures[part.test])
    tested = ready.split.tested()
    own = np.unique(ready.clusters[tested], return_inverse=True)[1].astype(np.int64)
    found = interval(Ranked(called[tested], told[tested]).auc, own)
    if found.low > _NOT_BY_CHANCE:
        raise InputError(
            title=Text("对照组不是随机留的", "The control group was not held out by chance"),
            message=Text(
                f"凭其他列就能猜出谁被外呼（AUC {found.value:.2f}），两组本来就不同。",
                f"Other columns tell who was called (AUC {found.value:.2f}): the groups differed from the start.",
            ),
            next_step=Text("不说效果。请用随机留对照的活动，或去掉外呼之后才有的列（--drop）。",
                           "No effect is told. Use a campaign with a random control group, or leave out columns that"
                           " came after the call (--drop)."),
        )  # fmt: skip


def _not_said() -> InputError:
    return InputError(
        title=Text("没有说明对照组是随机的", "Nobody said that chance chose the control group"),
        message=Text(
            "不是随机留的对照，分不清是外呼留住的，还是本来就会留下的。",
            "Where chance did not choose, nobody can tell whom calls kept from who would have stayed.",
        ),
        next_step=Text("确实随机请加 --randomised；否则这里不说效果。",
                       "If chance chose, say --randomised; otherwise no effect is told here."),
    )  # fmt: skip
