"""Whom a call helps: T- and X-learner over a campaign that held out a control group by chance, and what they are worth
on customers whom they did not see.

Speaks of no effect where chance did not decide who was called: who accepts an offer may have stayed without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from msgspec import Struct, structs

from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model import scorecard
from core.screening.model.columns import Column, Kind, matrix, seen
from core.screening.model.figures import Figure, Ranked, interval
from core.screening.model.labels import NO_COLUMN, Roles, moments, no_column, roles_of
from core.screening.model.learning import Step
from core.screening.model.naming import Naming, plain_word
from core.screening.model.preparing import Asked, Ready, prepare
from core.screening.model.qini import Curve, effect_of
from core.screening.model.reading import Flags, Floats, Listed, blank
from core.screening.model.xlearner import learnt

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


@dataclass(frozen=True, slots=True)
class Trial:
    """A list on which chance decided who was called, made ready: rows of which it is known who left."""

    ready: Ready
    roles: Roles
    columns: list[Column]
    figures: Floats
    """one row a customer, by `columns`"""
    called: Flags

    def customers(self, rows: Flags) -> int:
        """How many customers these rows are of."""
        return len(np.unique(self.ready.clusters[rows]))

    @property
    def words(self) -> list[int]:
        """Places of the columns that hold words."""
        return [at for at, column in enumerate(self.columns) if column.kind is Kind.WORD]


def trial(listed: Listed, naming: Naming, asked: Asked, *, treatment: str, randomised: bool) -> Trial:
    """Raises InputError where nobody says that chance decided who was called, or the columns show that it did not."""
    if not randomised:
        raise _not_said()
    if treatment not in listed.frame:
        raise no_column(treatment, list(listed.frame.columns))
    known = ~blank(listed.frame[treatment])
    whole = structs.replace(listed, frame=listed.frame[known].reset_index(drop=True))
    roles = roles_of(whole.frame, naming, label=asked.label, time=asked.time, customer=asked.customer)
    # When a row was true dates its days; who is learnt from and who proves it is decided by a hash all the same: whom
    # chance drew is alike at all times.
    aside = (treatment, *([roles.time] if roles.time else []))
    ready = prepare(
        whole, naming, structs.replace(asked, time=NO_COLUMN, drop=(*asked.drop, *aside))
    )  # fmt: skip
    answered = ~blank(whole.frame[ready.roles.label])
    called = _called(whole, treatment, naming)[answered]
    moment = moments(ready.frame, roles)
    columns = [seen(name, ready.frame[name], moment) for name in ready.names]
    figures = matrix(columns, ready.frame, moment)
    _refuse_chosen(ready, columns, figures, called)
    return Trial(ready, structs.replace(ready.roles, time=roles.time), columns, figures, called)


def uplift(
    listed: Listed, naming: Naming, asked: Asked, *, treatment: str, randomised: bool, step: Step
) -> Uplift:  # fmt: skip
    """As `trial` and `proved`."""
    return proved(trial(listed, naming, asked, treatment=treatment, randomised=randomised), step)


def proved(made: Trial, step: Step) -> Uplift:
    """What the learners are worth: each customer's effect is told by one that did not see the customer."""
    ready, called, tested = made.ready, made.called, made.ready.split.tested()
    effects = _effects(made, step)[tested]
    curves = [Curve(called[tested], ready.left[tested], effects[:, at]) for at in (0, 1)]
    clusters = np.unique(ready.clusters[tested], return_inverse=True)[1].astype(np.int64)
    return Uplift(
        file=ready.listed.file, called=made.customers(called), held_out=made.customers(~called),
        effect=interval(effect_of(called, ready.left), ready.clusters),
        t_qini=interval(curves[0].coefficient, clusters), x_qini=interval(curves[1].coefficient, clusters),
        curve=drawn(curves[1], len(tested)),
    )  # fmt: skip


def drawn(curve: Curve, rows: int) -> list[tuple[float, float]]:
    """Points of it, for a picture."""
    share, kept = curve.points(np.ones(rows))
    at = np.linspace(0, len(share) - 1, _POINTS + 1).astype(int)
    return [(float(share[one]), float(kept[one])) for one in at]


def _effects(made: Trial, step: Step) -> Floats:
    """By how much a call is thought to lower each customer's chance of leaving, by a model that did not see the
    customer: of the T-learner, and of the X-learner. Of rows that prove nothing 0."""
    out = np.zeros((len(made.called), 2))
    parts = made.ready.split.parts
    for done, part in enumerate(parts, 1):
        rows = np.concatenate([part.train, part.calibrate])
        both = learnt(made.figures[rows], made.ready.left[rows], made.called[rows], made.words)
        out[part.test] = np.column_stack([one.effects(made.figures[part.test]) for one in both])
        step(done, len(parts) + 1)
    return out


def _called(listed: Listed, treatment: str, naming: Naming) -> Flags:
    plain = listed.frame[treatment].map(plain_word)
    if listed.frame[treatment].dtype.kind == "b":
        plain = listed.frame[treatment].astype(int).astype(str)
    called = plain.isin(naming.called_words).to_numpy(dtype=bool)
    held = plain.isin(naming.held_out_words).to_numpy(dtype=bool)
    strange = listed.frame[treatment][~(called | held)]
    if len(strange):
        raise _strange(treatment, strange)
    if min(called.sum(), held.sum()) < FEWEST:
        raise InputError(
            title=Text("没有可用的对照组", "There is no control group to go by"),
            message=Text(
                f"“{treatment}”里外呼 {int(called.sum())} 位，对照 {int(held.sum())} 位；两组各至少 {FEWEST} 位。",
                f"“{treatment}” says called of {int(called.sum())} and held out of {int(held.sum())}; each group has to"
                f" have {FEWEST} at least.",
            ),
            next_step=Text("没有对照组就说不出外呼的效果。",
                           "Without a control group nothing is said of what calls did."),
        )  # fmt: skip
    return called


def _strange(treatment: str, values: "pd.Series[str]") -> InputError:
    examples = sorted(set(values.astype(str)))[:3]
    zh, en = "、".join(f"“{one}”" for one in examples), ", ".join(f"“{one}”" for one in examples)
    return InputError(
        title=Text("谁被外呼看不懂", "Who was called is not understood"),
        message=Text(
            f"“{treatment}”里有 {zh}，共 {len(values)} 行。", f"“{treatment}” holds {en}, on {len(values)} rows."
        ),
        next_step=Text("请写成 是/否，或 1/0；说不清的留空，不会算进来。",
                       "Write yes/no or 1/0; leave blank what nobody knows: it does not count."),
    )  # fmt: skip


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
