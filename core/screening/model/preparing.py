"""A list made ready: who left, when, of which customer; which columns are learnt from, and why others are not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from msgspec import Struct

from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.cells import numbers
from core.screening.model.columns import Kind, kind_of
from core.screening.model.knowing import Knows, knowing
from core.screening.model.labels import Roles, answers, labels_in, moments, no_column, read_labels, roles_of
from core.screening.model.mixed import Mixed, mixed
from core.screening.model.naming import Naming
from core.screening.model.no_days import NoDays, no_days
from core.screening.model.reading import Flags, Floats, Listed, Whole, blank
from core.screening.model.splitting import Split, keys_of, split
from core.screening.model.twice import Repeated, held, on_both_sides, repeated

FEWEST = 30
"""leavers, and stayers: of fewer nothing is learnt"""
_UNIQUE = 0.5


class LeftOut(Struct, frozen=True):
    """A column that is not learnt from."""

    column: str
    why: Text


class Asked(Struct, frozen=True, kw_only=True):
    """What whoever trains said of the list; empty where it is to be found."""

    label: str = ""
    time: str = ""
    customer: str = ""
    keep: tuple[str, ...] = ()
    """columns that are learnt from though they seem to know the answer"""
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    listed: Listed
    frame: pd.DataFrame
    """rows of which it is known who left"""
    roles: Roles
    left: Flags
    moment: Floats
    names: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    knows: tuple[Knows, ...]
    clusters: Whole
    """by row, of which customer it is, from 0"""
    split: Split
    unanswered: int
    """rows that do not say who left, passed over"""
    undated: int
    """rows that say it and have no day, passed over"""
    no_days: tuple[NoDays, ...]
    mixed: tuple[Mixed, ...]
    contradicted: tuple[tuple[str, int], ...]
    """other columns that say who left, and on how many rows they say otherwise; none where the label was named"""
    twice: int
    """rows of the proof that also stand, word for word, in what was learnt from"""
    repeated: Repeated


def prepare(listed: Listed, naming: Naming, asked: Asked) -> Ready:
    """Raises InputError where the list says too little to learn from."""
    for name in (*asked.keep, *asked.drop):
        if name not in listed.frame:
            raise no_column(name, list(listed.frame.columns))
    roles = roles_of(listed.frame, naming, label=asked.label, time=asked.time, customer=asked.customer)
    left, known = read_labels(listed.frame[roles.label], naming)
    moment = moments(listed.frame, roles)
    answered = int(known.sum())
    known &= np.isfinite(moment) if roles.time else np.ones(len(known), dtype=bool)
    frame = listed.frame[known].reset_index(drop=True)
    left, moment = left[known], moment[known]
    _refuse_few(left)
    names, out = _usable(frame, roles, naming, asked)
    said = held(frame, names, roles)
    keys = keys_of(frame[roles.customer]) if roles.customer else said
    others = [one for one in labels_in(frame, naming) if one != roles.label]
    knows = knowing(frame, names, left, moment, keys % np.uint64(2) == 0, naming, asked.keep, others)
    gone = {one.column for one in knows if not one.kept}
    chosen = tuple(one for one in names if one not in gone)
    if not chosen:
        raise _nothing_left()
    parts = split(moment, keys)
    for part in parts.parts:
        sides = [left[one] for one in (part.train, part.calibrate, part.test)]
        if parts.by_time:
            _refuse_one_sided(*sides)
        # Folds set each other's chances.
        elif any(map(_one_sided, sides[::2] if parts.folded else sides)):
            raise _one_sided_by_hash(roles.customer, len(np.unique(keys)))
    clusters = np.unique(keys, return_inverse=True)[1].astype(np.int64) if roles.customer else np.arange(len(frame))
    return Ready(
        listed=listed, frame=frame, roles=roles, left=left, moment=moment, names=chosen, left_out=tuple(out),
        knows=tuple(knows), clusters=clusters, split=parts, twice=on_both_sides(parts, said),
        repeated=repeated(frame, roles, moment, left),
        unanswered=len(known) - answered, undated=answered - int(known.sum()),
        contradicted=() if asked.label else tuple(_contradicted(frame, others, left, naming)),
        no_days=tuple(no_days(listed.frame, [roles.time, *chosen] if roles.time else chosen)),
        mixed=tuple(mixed(listed.frame, chosen)),
    )  # fmt: skip


def _usable(frame: pd.DataFrame, roles: Roles, naming: Naming, asked: Asked) -> tuple[list[str], list[LeftOut]]:
    names: list[str] = []
    out: list[LeftOut] = []
    for name in map(str, frame.columns):
        if name in (roles.label, roles.time, roles.customer):
            continue
        why = Text("按要求不用", "as was asked") if name in asked.drop else _unfit(name, frame[name], naming)
        if why is None or (name in asked.keep and name not in asked.drop):
            names.append(name)
        else:
            out.append(LeftOut(name, why))
    return names, out


def _unfit(name: str, values: "pd.Series[str]", naming: Naming) -> Text | None:
    if naming.personal.meet(name) or naming.customer.meet(name):
        return Text("指向某个人或某一行", "it names a person or a row")
    filled = values[~blank(values)]
    different = filled.nunique()
    if different == 0:
        return Text("全部为空", "it is empty")
    if different == 1 and len(filled) == len(values):
        return Text("只有一个取值", "it has a single value")
    worded = not np.isfinite(numbers(filled)[0]).mean() > _UNIQUE
    if worded and different > _UNIQUE * len(filled) and len(filled) > FEWEST and not _daily(filled):
        return Text("几乎每行都不同", "it differs on nearly every row")
    return None


def _contradicted(
    frame: pd.DataFrame, others: Sequence[str], left: Flags, naming: Naming
) -> Iterator[tuple[str, int]]:  # fmt: skip
    for name in others:
        theirs, known = answers(frame[name], naming)
        if rows := int((known & (theirs != left)).sum()):
            yield name, rows


def _daily(values: "pd.Series[str]") -> bool:
    return kind_of(str(values.name), values)[0] is Kind.DAY


def _refuse_few(left: Flags) -> None:
    few = min(int(left.sum()), int((~left).sum()))
    if few < FEWEST:
        raise InputError(
            title=Text("样本太少", "Too few to learn from"),
            message=Text(
                f"离网 {int(left.sum())} 位，在网 {int((~left).sum())} 位；每种至少要 {FEWEST} 位。",
                f"{int(left.sum())} left and {int((~left).sum())} stayed; at least {FEWEST} of each are needed.",
            ),
            next_step=Text("请收集更长时间的名单，或用规则筛选。", "Gather a longer time, or screen by rules."),
        )


def _refuse_one_sided(train: Flags, between: Flags, test: Flags) -> None:
    """By time; `between`: what sets the chances."""
    for part, zh, en in ((train, "较早的", "earlier"), (between, "中间的", "middle"), (test, "较晚的", "later")):
        if _one_sided(part):
            raise InputError(
                title=Text("一边没有两种客户", "One side lacks leavers or stayers"),
                message=Text(
                    f"{zh}客户里只有一种结果，无法检验。",
                    f"The {en} customers all had one result: nothing can be proved.",
                ),
                next_step=Text("请给出每月都有离网和在网客户的名单，或用 --time none。",
                               "Give a list with both in every month, or say --time none."),
            )  # fmt: skip


def _one_sided(part: Flags) -> bool:
    return not part.any() or bool(part.all())


def _one_sided_by_hash(customer: str, different: int) -> InputError:
    """`customer`: the column by whose values rows were parted; without one they went by what they hold."""
    if customer:
        message = Text(
            f"“{customer}”只有 {different} 个不同的编号，按客户分开后有一边只有一种结果，无法检验。",
            f"“{customer}” holds {different} different ids: parted by customer, one side has one result alone, and"
            " nothing can be proved.",
        )
        next_step = Text(
            "请用 --customer 指明客户编号列；没有就用 --customer none。",
            "Name the column of customers' ids with --customer, or say --customer none.",
        )
    else:
        message = Text(
            f"只有 {different} 行内容不同，分开后有一边只有一种结果，无法检验。",
            f"Rows say {different} different things: parted by what they say, one side has one result alone, and"
            " nothing can be proved.",
        )
        next_step = Text("请给出更长的名单。", "Give a longer list.")
    return InputError(
        title=Text("一边没有两种客户", "One side lacks leavers or stayers"), message=message, next_step=next_step
    )  # fmt: skip


def _nothing_left() -> InputError:
    return InputError(
        title=Text("没有可学的列", "No column to learn from"),
        message=Text("各列不是空的，就是已知答案的。", "Every column is empty, or seems to know the answer."),
        next_step=Text("请核对名单；确实可用的列用 --keep 指明。",
                       "Look at the list; name what may be used with --keep."),
    )  # fmt: skip
